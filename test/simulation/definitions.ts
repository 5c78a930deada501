import { type WorkflowName, workflowNames } from '../../core/ports/events.ts';
import { deployedDefinition } from '../support/workflow-bench.ts';

let known: Promise<Readonly<Record<WorkflowName, unknown>>> | undefined;

/** The state machines as they are deployed; read once, for all runs. */
export function definitions(): Promise<Readonly<Record<WorkflowName, unknown>>> {
  known ??= Promise.all(workflowNames.map(async (name) => [name, await deployedDefinition(name)] as const)).then(
    (read) => Object.fromEntries(read) as Record<WorkflowName, unknown>,
  );
  return known;
}
