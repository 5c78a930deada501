import {
  choiceReader,
  type DataFlow,
  dataFlow,
  pathReader,
  type Reader,
  resultPlacer,
  templateReader,
} from './data-flow.ts';
import type { Catcher, Definition, State } from './definition.ts';
import type { Json } from './json.ts';

/** What a Task state calls, and whether it waits for more than the answer of the call. */
export type TaskKind =
  | { service: 'function'; functionArn: string }
  | { service: 'lambda'; pattern: 'request' | 'token' }
  | { service: 'states'; pattern: 'request' | 'sync' | 'sync-json' };

export interface CompiledState {
  readonly name: string;
  readonly definition: State;
  readonly flow: DataFlow;
  readonly placeError: ReadonlyMap<Catcher, (raw: Json, error: Json) => Promise<Json>>;
  readonly task?: TaskKind;
  readonly choose?: ReturnType<typeof choiceReader>;
  /** The fields that are read by a path, by their name without `Path`. */
  readonly paths: Readonly<Record<string, Reader>>;
  readonly itemSelector?: Reader;
  /** The branches of a Parallel state; for a Map state, its item processor alone. */
  readonly branches: readonly CompiledMachine[];
}

/** A definition made ready once, so that starting an execution parses nothing. */
export interface CompiledMachine {
  readonly startAt: string;
  readonly timeoutSeconds: number | undefined;
  readonly states: ReadonlyMap<string, CompiledState>;
}

/** @throws Error for a Task resource that does not exist here, and for templates that cannot be filled faithfully. */
export function compile(definition: Definition): CompiledMachine {
  return {
    startAt: definition.StartAt,
    timeoutSeconds: definition.TimeoutSeconds,
    states: new Map(Object.entries(definition.States).map(([name, state]) => [name, compileState(name, state)])),
  };
}

const PATH_FIELDS = [
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'SecondsPath',
  'TimestampPath',
  'ErrorPath',
  'CausePath',
  'ItemsPath',
  'MaxConcurrencyPath',
] as const;

function compileState(name: string, definition: State): CompiledState {
  const paths: Record<string, Reader> = {};
  for (const field of PATH_FIELDS) {
    const path = definition[field];
    if (path !== undefined) paths[field.slice(0, -'Path'.length)] = pathReader(path);
  }
  // The older name of a Map's ItemSelector is Parameters.
  const itemSelector = definition.Type === 'Map' ? (definition.ItemSelector ?? definition.Parameters) : undefined;
  const processor = definition.ItemProcessor ?? definition.Iterator;
  return {
    name,
    definition,
    flow: dataFlow(definition),
    placeError: new Map((definition.Catch ?? []).map((catcher) => [catcher, resultPlacer(catcher.ResultPath)])),
    paths,
    branches: (processor ? [processor] : (definition.Branches ?? [])).map(compile),
    ...(definition.Type === 'Task' && { task: taskKind(name, definition.Resource ?? '') }),
    ...(definition.Type === 'Choice' && { choose: choiceReader(definition) }),
    ...(itemSelector !== undefined && { itemSelector: templateReader(itemSelector) }),
  };
}

function taskKind(state: string, resource: string): TaskKind {
  if (/^arn:[\w-]+:lambda:[\w-]*:\d*:function:/.test(resource)) return { service: 'function', functionArn: resource };
  const integration = /^arn:[\w-]+:states:[\w-]*:\d*:(.+)$/.exec(resource)?.[1];
  switch (integration) {
    case 'lambda:invoke':
      return { service: 'lambda', pattern: 'request' };
    case 'lambda:invoke.waitForTaskToken':
      return { service: 'lambda', pattern: 'token' };
    case 'states:startExecution':
      return { service: 'states', pattern: 'request' };
    case 'states:startExecution.sync':
      return { service: 'states', pattern: 'sync' };
    case 'states:startExecution.sync:2':
      return { service: 'states', pattern: 'sync-json' };
    default:
      throw new Error(`state ${state}: the resource ${resource} does not exist here`);
  }
}
