import type { Json, JsonObject } from './json.ts';
import type { Answer, EndedRecord, JournalRecord, ScopeRecord, StartedRecord } from './records.ts';

/** An event of GetExecutionHistory: AWS's own field names; `timestamp` in seconds since the epoch. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly [details: string]: Json;
}

interface Sketch {
  readonly scope: string;
  readonly type: string;
  readonly details?: readonly [string, JsonObject];
}

/** The history of an execution, derived from its journal. Input and output can be left out, as the service allows. */
export function historyOf(records: readonly JournalRecord[], options: { roleArn: string; includeData: boolean }) {
  const events: HistoryEvent[] = [];
  const lastOf = new Map<string, number>();
  let redrives = 0;
  for (const record of records) {
    if (record.type === 'redriven') redrives += 1;
    for (const { scope, type, details } of sketches(record, options.roleArn, redrives)) {
      const id = events.length + 1;
      events.push({
        id,
        previousEventId: lastOf.get(scope) ?? lastOf.get(parentOf(scope)) ?? 0,
        timestamp: record.at / 1000,
        type,
        ...(details && { [details[0]]: options.includeData ? details[1] : withoutData(details[1]) }),
      });
      lastOf.set(scope, id);
    }
  }
  return events;
}

const parentOf = (scope: string) => scope.slice(0, Math.max(0, scope.lastIndexOf('/')));

function withoutData(details: JsonObject): JsonObject {
  const { input, output, parameters, ...others } = details;
  return others;
}

const whole = { truncated: false };
const text = (value: Json) => JSON.stringify(value);

function sketches(record: JournalRecord, roleArn: string, redriveCount: number): Sketch[] {
  switch (record.type) {
    case 'started':
      return [
        {
          scope: '',
          type: 'ExecutionStarted',
          details: ['executionStartedEventDetails', { input: record.input, inputDetails: whole, roleArn }],
        },
      ];
    case 'ended':
      return [endSketch(record)];
    case 'redriven':
      return [{ scope: '', type: 'ExecutionRedriven', details: ['executionRedrivenEventDetails', { redriveCount }] }];
    default:
      return scopeSketches(record);
  }
}

function endSketch({ status, output, error, cause }: EndedRecord): Sketch {
  const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  switch (status) {
    case 'SUCCEEDED':
      return {
        scope: '',
        type: 'ExecutionSucceeded',
        details: ['executionSucceededEventDetails', { output: output ?? 'null', outputDetails: whole }],
      };
    case 'FAILED':
      return { scope: '', type: 'ExecutionFailed', details: ['executionFailedEventDetails', failure] };
    case 'ABORTED':
      return { scope: '', type: 'ExecutionAborted', details: ['executionAbortedEventDetails', failure] };
    case 'TIMED_OUT':
      return { scope: '', type: 'ExecutionTimedOut', details: ['executionTimedOutEventDetails', failure] };
  }
}

function scopeSketches(record: ScopeRecord): Sketch[] {
  const { scope } = record;
  switch (record.type) {
    case 'entered':
      return [
        {
          scope,
          type: `${record.kind}StateEntered`,
          details: ['stateEnteredEventDetails', { name: record.state, input: text(record.input), inputDetails: whole }],
        },
      ];
    case 'exited':
      return [
        {
          scope,
          type: `${record.kind}StateExited`,
          details: [
            'stateExitedEventDetails',
            { name: record.state, output: text(record.output), outputDetails: whole },
          ],
        },
      ];
    case 'scheduled':
      return scheduledSketches(record);
    case 'submitted': {
      const about = integration(record.resource);
      const output = { output: text(record.result), outputDetails: whole };
      return [{ scope, type: 'TaskSubmitted', details: ['taskSubmittedEventDetails', { ...about, ...output }] }];
    }
    case 'completed': {
      const output = { output: text(record.result), outputDetails: whole };
      const about = integration(record.resource);
      return about
        ? [{ scope, type: 'TaskSucceeded', details: ['taskSucceededEventDetails', { ...about, ...output }] }]
        : [{ scope, type: 'LambdaFunctionSucceeded', details: ['lambdaFunctionSucceededEventDetails', output] }];
    }
    case 'failed': {
      const failure = { error: record.error, cause: record.cause };
      const about = integration(record.resource);
      const ending = record.timedOut ? 'TimedOut' : 'Failed';
      return about
        ? [{ scope, type: `Task${ending}`, details: [`task${ending}EventDetails`, { ...about, ...failure }] }]
        : [{ scope, type: `LambdaFunction${ending}`, details: [`lambdaFunction${ending}EventDetails`, failure] }];
    }
    case 'forked':
      return [
        record.kind === 'Map'
          ? { scope, type: 'MapStateStarted', details: ['mapStateStartedEventDetails', { length: record.branches }] }
          : { scope, type: 'ParallelStateStarted' },
      ];
    case 'joined':
      return [{ scope, type: `${record.kind}State${record.succeeded ? 'Succeeded' : 'Failed'}` }];
    case 'branch-started':
      return record.kind === 'Map' ? [iteration(record, 'Started')] : [];
    case 'branch-ended':
      return record.kind === 'Map' ? [iteration(record, succeeded(record.answer) ? 'Succeeded' : 'Failed')] : [];
    // The service shows none of these: a wait and a retry are seen by the times of their neighbours.
    case 'waiting':
    case 'retrying':
    case 'heartbeat':
    case 'answered':
      return [];
  }
}

const succeeded = (answer: Answer) => 'output' in answer;

const iteration = (record: { scope: string; state: string; index: number }, ending: string): Sketch => ({
  scope: record.scope,
  type: `MapIteration${ending}`,
  details: [`mapIteration${ending}EventDetails`, { name: record.state, index: record.index }],
});

function scheduledSketches(record: Extract<ScopeRecord, { type: 'scheduled' }>): Sketch[] {
  const { scope } = record;
  const about = integration(record.resource);
  const timeout = record.timeoutSeconds !== undefined && { timeoutInSeconds: record.timeoutSeconds };
  if (!about) {
    const details = { resource: record.resource, input: text(record.parameters), inputDetails: whole, ...timeout };
    return [
      { scope, type: 'LambdaFunctionScheduled', details: ['lambdaFunctionScheduledEventDetails', details] },
      { scope, type: 'LambdaFunctionStarted' },
    ];
  }
  const heartbeat = record.heartbeatSeconds !== undefined && { heartbeatInSeconds: record.heartbeatSeconds };
  const details = { ...about, region: record.region, parameters: text(record.parameters), ...timeout, ...heartbeat };
  return [
    { scope, type: 'TaskScheduled', details: ['taskScheduledEventDetails', details] },
    { scope, type: 'TaskStarted', details: ['taskStartedEventDetails', about] },
  ];
}

/** Service and action of an integration's resource ARN; undefined for the ARN of a function. */
function integration(resource: string): { resourceType: string; resource: string } | undefined {
  const [resourceType, action] = /:states:[^:]*:[^:]*:([^:]+):(.+)$/.exec(resource)?.slice(1) ?? [];
  return resourceType && action ? { resourceType, resource: action } : undefined;
}

/** The first record of a journal. @throws Error when the file is not a journal. */
export function headOf(records: readonly JournalRecord[]): StartedRecord {
  const head = records[0];
  if (head?.type !== 'started') throw new Error('a journal does not begin with the start of its execution');
  return head;
}
