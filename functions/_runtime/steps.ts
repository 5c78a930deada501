import * as z from 'zod';
import { systemActor } from '../../core/actors/actor.ts';
import type { StepCommand } from '../../core/ports/context.ts';
import type { Decision } from '../../core/ports/store.ts';
import type { Result } from '../../core/result.ts';
import { type Rule, rules } from '../../core/rules/index.ts';
import type { Store } from '../../storage/store.ts';
import { isTransient } from '../../storage/transient.ts';
import { decideAndCommit } from './commit.ts';
import { idsOf, sha256 } from './ids.ts';
import { log } from './log.ts';

/** What every step is told by its state machine, beside its own input. */
const envelopeSchema = z.object({
  step: z.string(),
  /** `$$.Execution.Name`. */
  execution: z.string(),
  /** `$$.State.Name` and `$$.State.EnteredTime`: a retry has the same, another visit of a loop has not. */
  state: z.string(),
  entered: z.string(),
  /** Only in steps that wait for a person: `$$.Task.Token`, new with each retry. */
  token: z.string().optional(),
  input: z.unknown(),
});

/** A step of a workflow: its contract and its use case. Its effect happens once, however often it is called. */
export interface Step {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  run(input: unknown, command: StepCommand): Promise<Result<Decision<unknown>>>;
}

export const defineStep = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  run: (input: z.output<I>, command: StepCommand) => Promise<Result<Decision<z.input<O>>>>,
): Step => ({ input, output, run: (given, command) => run(given as z.output<I>, command) });

/**
 * A failed step by the name of what to do about it: the same three blocks stand in every state machine. `RetryNone`: a
 * rule refused, trying again changes nothing. `RetryLimited`: others were busy; a process that died is tried as often.
 * `RetryUnlimited`: the storage was.
 */
export class StepFailed extends Error {
  constructor(name: 'RetryNone' | 'RetryLimited' | 'RetryUnlimited', cause: string) {
    super(cause);
    this.name = name;
  }
}

/** Storage that is busy or away is tried again without end; anything else stops the execution and raises an alarm. */
const asStepFailure = (error: unknown): unknown =>
  isTransient(error) ? new StepFailed('RetryUnlimited', error.name) : error;

/** Serves the steps of one workflow. */
export function createSteps(
  workflow: string,
  dependencies: { store: Store; now: () => number; steps: Readonly<Record<string, Step>> },
) {
  const serve = async (event: unknown, context: { awsRequestId: string }): Promise<unknown> => {
    const envelope = envelopeSchema.parse(event);
    const step = dependencies.steps[envelope.step];
    if (!step) throw new StepFailed('RetryNone', `unknown step ${envelope.step}`);
    const input = step.input.parse(envelope.input);
    const seed = sha256([workflow, envelope.execution, envelope.state, envelope.entered].join('|'));
    // A step that waits runs again with a new token; every other step has its answer for good.
    const earlier = envelope.token === undefined ? await dependencies.store.answered(seed) : undefined;
    if (earlier) return JSON.parse(earlier.body);
    const actor = systemActor(workflow);
    const at = dependencies.now();
    const command = (): StepCommand => ({
      actor,
      at,
      newId: idsOf(seed),
      execution: envelope.execution,
      ...(envelope.token === undefined ? {} : { token: envelope.token }),
    });
    const committed = await decideAndCommit(
      dependencies.store,
      { actor, at, requestId: context.awsRequestId },
      () => step.run(input, command()),
      envelope.token === undefined
        ? (result) => ({
            hash: seed,
            requestHash: envelope.step,
            status: 200,
            headers: {},
            body: JSON.stringify(step.output.parse(result) ?? null),
          })
        : undefined,
    );
    if (!committed.ok) {
      // The same visit of the state, called twice at once: the other call did it.
      const meanwhile = envelope.token === undefined ? await dependencies.store.answered(seed) : undefined;
      if (meanwhile) return JSON.parse(meanwhile.body);
      const { kind }: Rule = rules[committed.failure.rule];
      log('warn', 'step refused', { execution: envelope.execution, step: envelope.step, code: committed.failure.rule });
      throw new StepFailed(kind === 'busy' ? 'RetryLimited' : 'RetryNone', committed.failure.rule);
    }
    log('info', 'step', { execution: envelope.execution, step: envelope.step });
    return 'answered' in committed.value
      ? JSON.parse(committed.value.answered.body)
      : step.output.parse(committed.value.result);
  };
  return (event: unknown, context: { awsRequestId: string }): Promise<unknown> =>
    serve(event, context).catch((error: unknown) => {
      throw asStepFailure(error);
    });
}
