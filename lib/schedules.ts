import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration, type Stack, TimeZone } from 'aws-cdk-lib/core';
import type { Configuration } from './configuration.ts';
import type { Functions } from './functions.ts';

/** Five minutes into each year, the one that ended is counted and reported for its close; money moves only on approval. */
export function surveyYearEnd(
  stack: Stack,
  configuration: Configuration,
  functions: Functions,
  deadLetters: IQueue,
): void {
  new Schedule(stack, 'YearEndSurvey', {
    scheduleName: `dengyun-${configuration.stage}-year-end`,
    description: 'Dry run of the close of the year that ended',
    schedule: ScheduleExpression.cron({
      minute: '5',
      hour: '0',
      day: '1',
      month: '1',
      timeZone: TimeZone.ASIA_SHANGHAI,
    }),
    target: new LambdaInvoke(functions['year-end-steps'].function, {
      input: ScheduleTargetInput.fromObject({
        step: 'survey-last-year',
        execution: 'schedule',
        state: 'Schedule',
        entered: '<aws.scheduler.scheduled-time>',
        input: {},
      }),
      retryAttempts: 10,
      maxEventAge: Duration.hours(12),
      deadLetterQueue: deadLetters,
    }),
  });
}

/** Each day, after the deadlines have set money free: whatever no event told the waiting list of. */
export function serveWaitingLists(
  stack: Stack,
  configuration: Configuration,
  functions: Functions,
  deadLetters: IQueue,
): void {
  new Schedule(stack, 'DailyServing', {
    scheduleName: `dengyun-${configuration.stage}-waiting-list`,
    description: 'Places of the waiting list that no event served, and those of the year that ended',
    schedule: ScheduleExpression.cron({ minute: '15', hour: '0', timeZone: TimeZone.ASIA_SHANGHAI }),
    target: new LambdaInvoke(functions['follow-up'].function, {
      input: ScheduleTargetInput.fromObject({ scheduledFor: '<aws.scheduler.scheduled-time>' }),
      retryAttempts: 10,
      maxEventAge: Duration.hours(12),
      deadLetterQueue: deadLetters,
    }),
  });
}

/** Five minutes into each business day, what fell due the day before is swept. */
export function sweepDeadlines(
  stack: Stack,
  configuration: Configuration,
  functions: Functions,
  deadLetters: IQueue,
): void {
  new Schedule(stack, 'DailySweep', {
    scheduleName: `dengyun-${configuration.stage}-deadlines`,
    description: 'Overdue tasks, lapsed reservations, expired vouchers',
    schedule: ScheduleExpression.cron({ minute: '5', hour: '0', timeZone: TimeZone.ASIA_SHANGHAI }),
    target: new LambdaInvoke(functions.deadlines.function, {
      input: ScheduleTargetInput.fromObject({ scheduledFor: '<aws.scheduler.scheduled-time>' }),
      retryAttempts: 10,
      maxEventAge: Duration.hours(12),
      deadLetterQueue: deadLetters,
    }),
  });
}
