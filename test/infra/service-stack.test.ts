import { describe, expect, it } from 'vitest';
import { countedEntities } from '../../core/progress/figures.ts';
import { WAITING_TOO_LONG } from '../../functions/deadlines/sweep.ts';
import { functionNames } from '../../lib/permissions.ts';
import { ofType, type Resource, type Resources, resourcesOf, statementsByRole, synthesize } from '../support/stacks.ts';

const dev = resourcesOf(synthesize('dev').service);
const production = resourcesOf(synthesize('prod').service);
const named = (resources: Resources, type: string, property: string) =>
  new Map(ofType(resources, type).map(([, resource]) => [String(resource.Properties[property]), resource]));
const functions = named(dev, 'AWS::Lambda::Function', 'FunctionName');
const machines = named(dev, 'AWS::StepFunctions::StateMachine', 'StateMachineName');
const one = (type: string): Resource => {
  const [found, ...more] = ofType(dev, type);
  if (!found || more.length > 0) throw new Error(`not one ${type}`);
  return found[1];
};

describe('functions', () => {
  it('run Node 24 with the memory and the time that their kind needs', () => {
    const special: Record<string, [megabytes: number, seconds: number]> = {
      deadlines: [512, 300],
      'documents-api': [1536, 20],
      'simulations-api': [1769, 29],
    };
    for (const name of functionNames) {
      const { Runtime, MemorySize, Timeout } = functions.get(`dengyun-dev-${name}`)?.Properties ?? {};
      const [megabytes, seconds] = special[name] ?? [512, name.endsWith('-api') ? 10 : 60];
      expect([name, Runtime, MemorySize, Timeout]).toEqual([name, 'nodejs24.x', megabytes, seconds]);
    }
  });

  it('know the table, and buckets only where documents are handled', () => {
    for (const [name, { Properties }] of functions) {
      const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
      expect(Variables.TABLE_NAME).toBeDefined();
      const buckets = Object.keys(Variables).filter((variable) => variable.endsWith('_BUCKET'));
      expect(buckets).toEqual(name.endsWith('documents-api') ? ['EVIDENCE_BUCKET', 'IDENTITY_BUCKET'] : []);
    }
  });

  it('log to groups of their own that end after a year, and after three in production', () => {
    const groups = (resources: Resources) => ofType(resources, 'AWS::Logs::LogGroup').map(([, group]) => group);
    for (const { Properties, DeletionPolicy } of groups(dev)) {
      expect([Properties.RetentionInDays, DeletionPolicy]).toEqual([365, 'Delete']);
    }
    for (const { Properties, DeletionPolicy } of groups(production)) {
      expect([Properties.RetentionInDays, DeletionPolicy]).toEqual([1096, 'Retain']);
    }
    for (const { Properties } of functions.values()) expect(Properties.LoggingConfig).toHaveProperty('LogGroup');
  });
});

describe('state machines', () => {
  it('call the steps that their definition leaves open, and nothing else', () => {
    expect(machines.size).toBeGreaterThan(0);
    const statements = statementsByRole(dev);
    for (const [name, { Properties }] of machines) {
      const { StepsFunctionArn } = Properties.DefinitionSubstitutions as Record<string, unknown>;
      const [role] = (Properties.RoleArn as { 'Fn::GetAtt': [string] })['Fn::GetAtt'];
      const invoked = (statements.get(role) ?? []).filter(({ Action }) => String(Action).includes('lambda:'));
      expect([name, invoked.map(({ Action, Resource }) => [Action, Resource])]).toEqual([
        name,
        [['lambda:InvokeFunction', StepsFunctionArn]],
      ]);
    }
  });

  it('log errors without their data', () => {
    for (const { Properties } of machines.values()) {
      expect(Properties.LoggingConfiguration).toMatchObject({ Level: 'ERROR', IncludeExecutionData: false });
    }
  });

  it('are known to the relay and the inbox by name', () => {
    for (const name of ['outbox-relay', 'inbox-api']) {
      const environment = functions.get(`dengyun-dev-${name}`)?.Properties.Environment;
      for (const machine of machines.keys()) {
        const workflow = machine.replace('dengyun-dev-', '').replaceAll('-', '_').toUpperCase();
        expect(environment).toHaveProperty(`Variables.WORKFLOW_${workflow}_ARN`);
      }
    }
  });
});

/** The one mapping of the table's stream to this function. */
const mappingOf = (target: string) => {
  const [found, ...more] = ofType(dev, 'AWS::Lambda::EventSourceMapping').filter(([, { Properties }]) =>
    JSON.stringify((Properties as { FunctionName: unknown }).FunctionName).includes(target),
  );
  if (!found || more.length > 0) throw new Error(`not one mapping to ${target}`);
  return found[1].Properties;
};

describe('the stream to the waiting list', () => {
  const mapping = mappingOf('FollowUp');

  it('carries money that came free, changes of a list, and everything that progress counts', () => {
    const { Filters } = mapping.FilterCriteria as { Filters: { Pattern: string }[] };
    expect(Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['posting'] }, frees: { BOOL: [true] } } } },
      { dynamodb: { NewImage: { type: { S: ['waitingList'] } } } },
      { dynamodb: { NewImage: { type: { S: ['planVersion'] } } } },
      { dynamodb: { NewImage: { type: { S: [...countedEntities] } } } },
    ]);
  });

  it('is repeated when it fails, and kept in the end', () => {
    expect(mapping.MaximumRetryAttempts).toBeGreaterThan(0);
    expect(JSON.stringify(mapping.DestinationConfig)).toContain('DeadLetters');
  });
});

describe('the outbox stream', () => {
  const mapping = mappingOf('OutboxRelay');

  it('carries new outbox items only', () => {
    const { Filters } = mapping.FilterCriteria as { Filters: { Pattern: string }[] };
    expect(Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: ['outbox'] } } } },
    ]);
  });

  it('sets a record aside that keeps failing, and lets the rest flow', () => {
    expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(mapping.BisectBatchOnFunctionError).toBe(true);
    expect(mapping.MaximumRetryAttempts).toBeGreaterThan(0);
    expect(JSON.stringify(mapping.DestinationConfig)).toContain('DeadLetters');
    expect(mapping.StartingPosition).toBe('TRIM_HORIZON');
  });

  it('keeps what was set aside for two weeks, encrypted', () => {
    const { Properties } = one('AWS::SQS::Queue');
    expect(Properties).toMatchObject({ MessageRetentionPeriod: 14 * 86_400, SqsManagedSseEnabled: true });
  });
});

/** The one schedule that calls this function. */
const schedule = (target: string) => {
  const [found, ...more] = ofType(dev, 'AWS::Scheduler::Schedule').filter(([, { Properties }]) =>
    JSON.stringify((Properties as { Target: { Arn: unknown } }).Target.Arn).includes(target),
  );
  if (!found || more.length > 0) throw new Error(`not one schedule of ${target}`);
  return found[1].Properties;
};

describe('the daily sweep', () => {
  it('runs five minutes into each day of Shanghai, and what fails is kept', () => {
    const Properties = schedule('Deadlines');
    expect(Properties).toMatchObject({
      ScheduleExpression: 'cron(5 0 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
    });
    const { Target } = Properties as { Target: Record<string, unknown> };
    expect(JSON.stringify(Target.DeadLetterConfig)).toContain('DeadLetters');
  });
});

describe('the year-end', () => {
  it('begins with a dry run on 1 January at 00:05 in Shanghai, and what fails is kept', () => {
    const Properties = schedule('YearEndSteps');
    expect(Properties).toMatchObject({
      ScheduleExpression: 'cron(5 0 1 1 ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
    });
    const { Target } = Properties as { Target: Record<string, unknown> };
    expect(JSON.stringify(Target.Input)).toContain('survey-last-year');
    expect(JSON.stringify(Target.DeadLetterConfig)).toContain('DeadLetters');
  });
});

describe('alarms', () => {
  const alarms = ofType(dev, 'AWS::CloudWatch::Alarm');

  it('say what breaks for whom and what to do, each in words of its own', () => {
    const texts = alarms.map(([, { Properties }]) => JSON.stringify(Properties.AlarmDescription));
    for (const text of texts) {
      expect(text.length).toBeGreaterThan(80);
      expect(text.match(/[.;] ?/g)?.length ?? 0).toBeGreaterThanOrEqual(2);
    }
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('tell somebody', () => {
    for (const [, { Properties }] of alarms) expect(JSON.stringify(Properties.AlarmActions)).toContain('AlarmTopic');
    const told = resourcesOf(synthesize('dev', { alarmEmail: 'operator@example.org' }).service);
    expect(ofType(told, 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties.Endpoint)).toEqual([
      'operator@example.org',
    ]);
  });

  it('watch every function, every machine, the stream, the queue, the gateway and the table', () => {
    const metrics = alarms.map(
      ([, { Properties }]) => `${String(Properties.Namespace)} ${String(Properties.MetricName)}`,
    );
    const count = (metric: string) => metrics.filter((each) => each === metric).length;
    expect(count('AWS/Lambda Errors')).toBe(functionNames.length);
    expect(count('AWS/Lambda Throttles')).toBe(functionNames.length);
    expect(count('AWS/Lambda IteratorAge')).toBe(1);
    expect(count('AWS/States ExecutionsFailed')).toBe(machines.size);
    expect(count('AWS/States ExecutionsTimedOut')).toBe(machines.size);
    expect(count('AWS/SQS ApproximateNumberOfMessagesVisible')).toBe(1);
    expect(count('AWS/ApiGateway 5xx')).toBe(1);
    expect(count('AWS/DynamoDB ReadThrottleEvents')).toBe(1);
    expect(count('AWS/DynamoDB WriteThrottleEvents')).toBe(1);
  });

  it('watch cases that wait longer than expected, by the line that the daily sweep writes', () => {
    const filter = one('AWS::Logs::MetricFilter').Properties;
    expect(filter.FilterPattern).toContain(`"${WAITING_TOO_LONG}"`);
    expect(JSON.stringify(filter.LogGroupName)).toContain('DeadlinesLog');
    const [{ MetricNamespace, MetricName, MetricValue }] = filter.MetricTransformations as [Record<string, string>];
    expect(MetricValue).toBe('$.count');
    const watching = alarms.filter(([, { Properties }]) => Properties.Namespace === MetricNamespace);
    expect(watching.map(([, { Properties }]) => Properties.MetricName)).toEqual([MetricName]);
  });
});
