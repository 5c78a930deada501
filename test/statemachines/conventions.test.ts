import { readdirSync, readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { type WorkflowName, workflowNames } from '../../core/ports/events.ts';
import { certificationReviewSteps } from '../../statemachines/certification-review.contracts.ts';
import { claimAuditSteps } from '../../statemachines/claim-audit.contracts.ts';
import { objectionHandlingSteps } from '../../statemachines/objection-handling.contracts.ts';
import { offeringReviewSteps } from '../../statemachines/offering-review.contracts.ts';
import { payoutSteps } from '../../statemachines/payout.contracts.ts';
import { publicityWindowSteps } from '../../statemachines/publicity-window.contracts.ts';
import { yearEndSteps } from '../../statemachines/year-end.contracts.ts';
import { pathsOf } from '../support/workflow-paths.ts';

const folder = new URL('../../statemachines/', import.meta.url);

const contracts: Record<
  WorkflowName,
  Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>
> = {
  'certification-review': certificationReviewSteps,
  'offering-review': offeringReviewSteps,
  'claim-audit': claimAuditSteps,
  'publicity-window': publicityWindowSteps,
  'objection-handling': objectionHandlingSteps,
  payout: payoutSteps,
  'year-end': yearEndSteps,
};

interface Choice {
  readonly Variable: string;
  readonly StringEquals: string;
  readonly Next: string;
}
interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Parameters?: { readonly FunctionName: string; readonly Payload: Readonly<Record<string, string>> };
  readonly OutputPath?: string;
  readonly ResultPath?: string;
  readonly Retry?: unknown;
  readonly Choices?: readonly Choice[];
  readonly Default?: string;
  readonly Next?: string;
  readonly TimestampPath?: string;
}
interface Definition {
  readonly Comment?: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const textOf = (workflow: WorkflowName) => readFileSync(new URL(`${workflow}.asl.json`, folder), 'utf8');

/** By the name of the error: a rule refused; storage or the service was away; others were busy, or the process died. */
const RETRY = [
  { ErrorEquals: ['RetryNone'], MaxAttempts: 0 },
  {
    ErrorEquals: [
      'RetryUnlimited',
      'Lambda.TooManyRequestsException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
    ],
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxDelaySeconds: 300,
    MaxAttempts: 99_999_999,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: ['RetryLimited', 'Lambda.Unknown', 'Runtime.ExitError', 'Sandbox.Timedout'],
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxAttempts: 6,
    JitterStrategy: 'FULL',
  },
];

const PAYLOAD = {
  'execution.$': '$$.Execution.Name',
  'state.$': '$$.State.Name',
  'entered.$': '$$.State.EnteredTime',
  'input.$': '$',
};
const WITH_TOKEN = { ...PAYLOAD, 'token.$': '$$.Task.Token' };

const INVOKE = `arn:\${Partition}:states:::lambda:invoke`;

test('every file of a state machine is a workflow with steps, a contract and a page; beside them stand only their ARNs', () => {
  const files = readdirSync(folder).filter((file) => file !== 'arns.ts');
  const expected = workflowNames.flatMap((name) => [`${name}.asl.json`, `${name}.contracts.ts`, `${name}.md`]);
  expect(files.sort()).toEqual(expected.sort());
});

describe.each(workflowNames)('the state machine %s', (workflow) => {
  const text = textOf(workflow);
  const definition: Definition = JSON.parse(text);
  const states = Object.entries(definition.States);
  const tasks = states.filter(([, { Type }]) => Type === 'Task');
  const waiting = ({ Resource }: State) => Resource?.endsWith('.waitForTaskToken') ?? false;

  test.each(['aws', 'aws-cn'])('is valid Amazon States Language in the partition %s', (partition) => {
    const values: Record<string, string> = {
      Partition: partition,
      StepsFunctionArn: `arn:${partition}:lambda:cn-north-1:000000000000:function:steps`,
    };
    const filled = text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
    expect(filled).not.toContain('${');
    const validated = validate(JSON.parse(filled));
    expect([validated.isValid, validated.errorsText()]).toEqual([true, '']);
  });

  test('has states of the kinds for order, waiting and choice only, and speaks JSONPath', () => {
    expect(states.map(([, { Type }]) => Type).filter((kind) => !kinds.includes(kind))).toEqual([]);
    expect(text).not.toMatch(/"(QueryLanguage|Catch|Assign|Arguments|Output|TimeoutSeconds|HeartbeatSeconds)"/);
    expect(definition.Comment).toMatch(/clause/);
  });

  test.each(tasks)('%s calls a step of the contract with the whole envelope and nothing else', (_, state) => {
    const { step = '', ...rest } = state.Parameters?.Payload ?? {};
    expect(Object.keys(contracts[workflow])).toContain(step);
    expect(state.Parameters?.FunctionName).toBe(`\${StepsFunctionArn}`);
    expect(state.Resource).toBe(waiting(state) ? `${INVOKE}.waitForTaskToken` : INVOKE);
    expect(rest).toEqual(waiting(state) ? WITH_TOKEN : PAYLOAD);
    // A step says all that comes next; a person's decision is added to what was known.
    expect([state.OutputPath, state.ResultPath]).toEqual(
      waiting(state) ? [undefined, '$.decision'] : ['$.Payload', undefined],
    );
  });

  test.each(tasks)('%s retries by the same three blocks as every task', (_, { Retry }) => {
    expect(Retry).toEqual(RETRY);
  });

  test('every step of the contract is called', () => {
    const called = new Set(tasks.map(([, { Parameters }]) => Parameters?.Payload.step));
    expect(called).toEqual(new Set(Object.keys(contracts[workflow])));
  });

  test('waits to moments that a step has computed, and a step looks again on waking', () => {
    for (const [, { TimestampPath, Next = '', ...rest }] of states.filter(([, { Type }]) => Type === 'Wait')) {
      expect(TimestampPath).toMatch(/^\$\.\w+$/);
      expect(Object.keys(rest)).toEqual(['Type']);
      expect(definition.States[Next]?.Type).toBe('Task');
    }
    expect(text).not.toMatch(/"Seconds(Path)?":|"Timestamp":/);
  });

  test('chooses by equality of one field that a step or a person has given, with a default', () => {
    for (const [, { Choices = [], Default }] of states.filter(([, { Type }]) => Type === 'Choice')) {
      expect(Default).toBeDefined();
      expect(new Set(Choices.map(({ Variable }) => Variable)).size).toBe(1);
      for (const choice of Choices) {
        expect(Object.keys(choice).sort()).toEqual(['Next', 'StringEquals', 'Variable']);
        expect(choice.Variable).toMatch(/^\$\.(next|decision\.outcome)$/);
      }
    }
  });

  test('every state is reached from the start', () => {
    const reached = new Set<string>();
    const visit = (name: string) => {
      const state = definition.States[name];
      if (!state || reached.has(name)) return;
      reached.add(name);
      const next = [state.Next, state.Default, ...(state.Choices ?? []).map(({ Next }) => Next)];
      for (const each of next) if (each) visit(each);
    };
    visit(definition.StartAt);
    expect([...reached].sort()).toEqual(Object.keys(definition.States).sort());
  });

  test('every final state is on its page, and no other', () => {
    const onPage = new Set(pathsOf(workflow).flatMap(({ exits }) => exits));
    const final = states.filter(([, { Type }]) => Type === 'Succeed' || Type === 'Fail').map(([name]) => name);
    expect([...onPage].sort()).toEqual(final.sort());
  });
});

const kinds = ['Task', 'Choice', 'Wait', 'Succeed'];
