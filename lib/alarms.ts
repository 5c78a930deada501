import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import type { Configuration } from './configuration.ts';
import { type Impact, ImpactAlarm } from './constructs/alarm.ts';
import type { Workflow } from './constructs/workflow.ts';
import { constructId, type Functions } from './functions.ts';
import { type FunctionName, functionNames } from './permissions.ts';
import type { stepsOf } from './workflows.ts';

interface AlarmsProps {
  readonly configuration: Configuration;
  readonly functions: Functions;
  readonly workflows: readonly Workflow[];
  readonly api: HttpApi;
  readonly table: Table;
  readonly deadLetters: IQueue;
}

/** What stops when a function fails: the first half of its alarms' sentences. */
const failing: Record<FunctionName, string> = {
  'registry-api': 'Enterprises and providers cannot register or apply for certification.',
  'documents-api': 'Nobody can upload licences, contracts or invoices, so applications and claims wait.',
  'catalogue-api': 'Providers cannot publish or change offerings.',
  'plan-api': 'The departments cannot draft, sign or open the annual plan.',
  'orders-api': 'Enterprises cannot order services, and no vouchers are issued.',
  'claims-api': 'Providers cannot file claims and auditors cannot audit them.',
  'publicity-api': 'Public notices cannot be read and objections cannot be made while their window runs.',
  'payouts-api': 'The departments cannot pay approved claims, and answers of the bank are not recorded.',
  'recoveries-api': 'Money cannot be taken back from providers, and what they repay is not recorded.',
  'inbox-api': 'Staff cannot see or decide their tasks while review time limits run.',
  'simulations-api': 'The departments cannot try out another policy on the orders of a year.',
  'public-api': 'The description of the interface and the rules of the scheme cannot be read.',
  'certification-steps': 'Certifications of enterprises and providers stand still.',
  'offering-steps': 'Reviews of offerings stand still.',
  'claim-steps': 'Audits of claims stand still, so providers are paid late.',
  'publicity-steps': 'Publicity windows neither open nor close, so providers are paid late.',
  'objection-steps': 'Objections to public notices are not handled, and their items stay suspended.',
  'payout-steps': 'Payment orders stand still: approved claims are not paid.',
  'year-end-steps': 'The close of a year stands still: nothing is carried over, and the next plan may lack its money.',
  'outbox-relay': 'Decisions are stored but have no effect: no workflow starts and none goes on.',
  'follow-up':
    'Money that came back is not given to whoever waits for it, and nobody else may take it; progress and dashboards stand still.',
  deadlines: 'Overdue reviews are not escalated, and lapsed reservations keep money from other enterprises.',
};

const standing: Record<keyof typeof stepsOf, string> = {
  'certification-review': 'An applicant waits for a certification that will not go on by itself.',
  'offering-review': 'A provider waits for the review of an offering that will not go on by itself.',
  'claim-audit': 'A provider’s claim is stuck in its audit and will miss the payment round.',
  'publicity-window': 'A public notice will not be closed, so none of its items can be paid.',
  'objection-handling': 'An objection will not be decided, and its item stays suspended.',
  payout: 'A payment order is stuck between approval and bank: some of its lines may be paid and others not.',
  'year-end':
    'A year is closed half-way: some vouchers stand in the next year’s fund, others wait. Nothing is lost; it goes on where it stopped.',
};

const fiveMinutes = { period: Duration.minutes(5) };

/** Everything that can break, each with what it means and what to do first. */
export function raiseAlarms(stack: Stack, props: AlarmsProps): void {
  const { configuration, functions, workflows, api, table, deadLetters } = props;
  const notify = new Topic(stack, 'AlarmTopic', { topicName: `dengyun-${configuration.stage}-alarms` });
  if (configuration.alarmEmail) notify.addSubscription(new EmailSubscription(configuration.alarmEmail));
  const alarm = (id: string, impact: Impact, metric: IMetric, above = 0, periods = 1) =>
    new ImpactAlarm(stack, id, { impact, metric, above, periods, notify });

  for (const name of functionNames) {
    const { function: target } = functions[name];
    const id = constructId(name);
    alarm(
      `${id}Errors`,
      {
        breaks: failing[name],
        whatToDo: `Look for level=error in the log of ${target.functionName}; nothing that was accepted is lost.`,
      },
      target.metricErrors(fiveMinutes),
    );
    alarm(
      `${id}Throttles`,
      {
        breaks: `${failing[name]} Calls are turned away because the account runs too many functions at once.`,
        whatToDo: 'Look which function has the most concurrent executions, then ask for a higher account quota.',
      },
      target.metricThrottles(fiveMinutes),
    );
  }

  alarm(
    'RelayBehind',
    {
      breaks: 'Decisions take effect minutes late: people decide tasks and their matters do not go on.',
      whatToDo:
        'Look in the relay’s log for one record that is tried again and again, and at the state machines’ quotas.',
    },
    functions['outbox-relay'].function.metric('IteratorAge', { ...fiveMinutes, statistic: 'Maximum' }),
    60_000,
  );
  const waiting = new MetricFilter(stack, 'TasksWaiting', {
    logGroup: functions.deadlines.logGroup,
    filterPattern: FilterPattern.stringValue('$.message', '=', 'tasks wait longer than expected'),
    metricNamespace: 'Dengyun',
    metricName: `${configuration.stage}-tasks-waiting`,
    metricValue: '$.count',
  });
  alarm(
    'TasksWaitTooLong',
    {
      breaks:
        'Cases of the last level, or approvals of money, wait longer than expected: their day has passed, and only people end them.',
      whatToDo:
        'Filter the inboxes of the regional officers, the finance officers and the auditors by “overdue”, and have somebody take or take over what stands there.',
    },
    waiting.metric({ period: Duration.days(1), statistic: 'Maximum' }),
  );
  alarm(
    'DeadLettersPresent',
    {
      breaks:
        'An event was given up: one matter will not go on, or one day’s deadlines were not swept, until it is done by hand.',
      whatToDo:
        'Read the message in the queue, mend its cause and send it again within 14 days; every event may be repeated.',
    },
    deadLetters.metricApproximateNumberOfMessagesVisible(fiveMinutes),
  );

  for (const { name, stateMachine } of workflows) {
    const id = constructId(name);
    const breaks = standing[name as keyof typeof stepsOf];
    alarm(
      `${id}Failed`,
      {
        breaks,
        whatToDo: `Open the failed execution of ${stateMachine.stateMachineName}: the state that it failed in names the refused rule; redrive it after mending.`,
      },
      stateMachine.metricFailed(fiveMinutes),
    );
    alarm(
      `${id}TimedOut`,
      {
        breaks: `${breaks} It has run longer than an execution may.`,
        whatToDo: `Find the task that nobody decided in the inbox, then start ${stateMachine.stateMachineName} anew for the same matter.`,
      },
      stateMachine.metricTimedOut(fiveMinutes),
    );
  }

  alarm(
    'ApiFailing',
    {
      breaks: 'People who use the portal get error pages; what they sent was not accepted.',
      whatToDo: 'Find the failing route in the access log and then the same request id in the log of its function.',
    },
    api.metricServerError({ ...fiveMinutes, statistic: 'Sum' }),
    5,
  );
  for (const kind of ['Read', 'Write'] as const) {
    alarm(
      `Table${kind}Throttles`,
      {
        breaks: `The table turns ${kind.toLowerCase()}s away, so everything is slow, and most of all the issuing of vouchers.`,
        whatToDo:
          'Look for a key that everybody uses at once in the table’s contributor insights; on-demand capacity grows by itself within minutes.',
      },
      table.metric(`${kind}ThrottleEvents`, { ...fiveMinutes, statistic: 'Sum' }),
      10,
      2,
    );
  }
}
