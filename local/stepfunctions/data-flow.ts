import { ExecutionError, type RunOptions, StateMachine } from 'aws-local-stepfunctions';
import type { State } from './definition.ts';
import { StateFailure } from './errors.ts';
import { CONTEXT_FIELD, ownContext, prepareTemplate } from './intrinsics.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/**
 * How data flows through one state. JSONPath, payload templates, intrinsic functions and choice rules are interpreted
 * by `aws-local-stepfunctions`, which is given one small machine per question; order, time, retries, tokens and
 * durability are not its business here, because it knows one real clock and forgets everything on exit.
 */
export type Reader = (input: Json, context: JsonObject) => Promise<Json>;

type LibraryDefinition = ConstructorParameters<typeof StateMachine>[0];
type LibraryJson = Parameters<StateMachine['run']>[0];

/** Runs a small machine. @throws StateFailure with the States.* error that the library reports. */
async function ask(machine: StateMachine, input: Json, context: JsonObject, overrides?: RunOptions['overrides']) {
  try {
    const { result } = machine.run(input as LibraryJson, {
      context: { [CONTEXT_FIELD]: context },
      ...(overrides && { overrides }),
    });
    return (await result) as Json;
  } catch (thrown) {
    const cause = thrown instanceof ExecutionError && thrown.cause instanceof Error ? thrown.cause : thrown;
    const error = cause instanceof Error && cause.name.startsWith('States.') ? cause.name : 'States.Runtime';
    throw new StateFailure(error, cause instanceof Error ? cause.message : String(cause));
  }
}

const machine = (state: object, others: object = {}) =>
  new StateMachine({ StartAt: 'Ask', States: { Ask: state, ...others } } as LibraryDefinition, {
    validationOptions: { noValidate: true },
  });

/** What fills a payload template (`Parameters`, `ResultSelector`, `ItemSelector`). */
export function templateReader(template: Json): Reader {
  const prepared = prepareTemplate(template);
  const filler = machine({ Type: 'Pass', Parameters: prepared.template, End: true });
  return async (input, context) => {
    const hiddenContext = prepared.hide(context);
    const filled = await ask(filler, prepared.hide(input), isObject(hiddenContext) ? hiddenContext : {});
    return prepared.finish(filled, input);
  };
}

/** What reads a JSONPath or, in fields that allow it, calls an intrinsic function. */
export function pathReader(path: string): Reader {
  if (path === '$') return async (input) => input;
  const read = templateReader({ 'value.$': path });
  return async (input, context) => {
    const filled = await read(input, context);
    return isObject(filled) ? (filled.value ?? null) : null;
  };
}

/** InputPath or OutputPath: absent is everything, null is an empty object. */
function filterReader(path: string | null | undefined): Reader {
  if (path === null) return async () => ({});
  return pathReader(path ?? '$');
}

/** Puts a result into the state's raw input as a ResultPath says. */
export function resultPlacer(path: string | null | undefined): (raw: Json, result: Json) => Promise<Json> {
  if (path === undefined || path === '$') return async (_raw, result) => result;
  if (path === null) return async (raw) => raw;
  // The library only understands a leading `$.`, also before a bracket.
  const placer = machine({ Type: 'Task', Resource: 'result', ResultPath: path.replace(/^\$\[/, '$.['), End: true });
  return (raw, result) => ask(placer, raw, {}, { taskResourceLocalHandlers: { Ask: () => result as LibraryJson } });
}

export interface DataFlow {
  /** InputPath. */
  selected: Reader;
  /** InputPath, then Parameters. */
  effective: Reader;
  /** ResultSelector, ResultPath, OutputPath: the output of the state from its raw input and its result. */
  output(raw: Json, result: Json, context: JsonObject): Promise<Json>;
}

export function dataFlow(state: State): DataFlow {
  const selected = filterReader(state.InputPath);
  const parameters = state.Parameters === undefined ? undefined : templateReader(state.Parameters);
  const selector = state.ResultSelector === undefined ? undefined : templateReader(state.ResultSelector);
  const place = resultPlacer(state.ResultPath);
  const filter = filterReader(state.OutputPath);
  return {
    selected,
    async effective(input, context) {
      const chosen = await selected(input, context);
      return parameters ? parameters(chosen, context) : chosen;
    },
    async output(raw, result, context) {
      const shaped = selector ? await selector(result, context) : result;
      return filter(await place(raw, shaped), context);
    },
  };
}

const TYPE_TESTS = ['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'];

/** A choice rule for the library, which takes a type test against `false` for one that never holds. */
function choiceRule(rule: Json): Json {
  if (Array.isArray(rule)) return rule.map(choiceRule);
  if (!isObject(rule)) return rule;
  const negated = TYPE_TESTS.find((test) => rule[test] === false);
  if (negated !== undefined) {
    const { [negated]: _, Next, ...others } = rule;
    const test = choiceRule({ ...others, [negated]: true });
    return Next === undefined ? { Not: test } : { Not: test, Next };
  }
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]) => [
      key,
      typeof value === 'string' && (key === 'Variable' || key.endsWith('Path')) ? ownContext(value) : choiceRule(value),
    ]),
  );
}

/** The name of the state that a Choice state leads to. @throws StateFailure `States.NoChoiceMatched`. */
export function choiceReader(state: State): (selected: Json, context: JsonObject) => Promise<string> {
  const rules = state.Choices ?? [];
  const exits: Record<string, object> = {};
  const exit = (key: string, target: string) => {
    exits[key] = { Type: 'Pass', Result: target, End: true };
    return key;
  };
  const chooser = machine(
    {
      Type: 'Choice',
      Choices: rules.map((rule, index) => {
        const { Next, ...test } = rule;
        return { ...(choiceRule(test) as JsonObject), Next: exit(`rule ${index}`, Next) };
      }),
      ...(state.Default !== undefined && { Default: exit('default', state.Default) }),
    },
    exits,
  );
  return async (selected, context) => String(await ask(chooser, selected, context));
}
