import { isObject, type Json } from './json.ts';

/**
 * Payload templates as `aws-local-stepfunctions` can fill them truly. Two things it gets wrong are worked around here,
 * by changing the template and the data before and after rather than the library:
 * - it removes every backslash from the string that an intrinsic function returns, which breaks the JSON that
 *   `States.JsonToString` makes: that function is taken out of the template and done here;
 * - the same happens to backslashes in the data of the other functions: they are hidden while the library runs.
 * It also writes its own `Execution.Input` and `Execution.StartTime` into the context object, so ours is a part of it.
 */
export interface PreparedTemplate {
  readonly template: Json;
  /** Hides what the library would damage. */
  hide(data: Json): Json;
  /** From what the library made of the input to what the template means. */
  finish(filled: Json, input: Json): Json;
}

/** Where our context object stands within the library's. */
export const CONTEXT_FIELD = 'Own';

const TEXT_OF = /^States\.JsonToString\(\s*((?:\$|States\.).*?)\s*\)$/s;
/** The key under which the argument of a `States.JsonToString` travels through the library. */
const TEXT_KEY = '\u0000text';
/** Stands for `$`, the input itself, which the library takes for missing when it is null, false, 0 or empty. */
const INPUT_KEY = '\u0000input';
/** A private-use character that stands for a backslash while the library runs. */
const HIDDEN_BACKSLASH = '\uE05C';

/** A JSONPath or intrinsic call with `$$` pointing at our context object. */
export const ownContext = (expression: string) => expression.replaceAll('$$', () => `$$.${CONTEXT_FIELD}`);

/** @throws Error for a `States.JsonToString` inside another function, which the library cannot do faithfully. */
export function prepareTemplate(template: Json): PreparedTemplate {
  const notes = { calls: false, parses: false };
  const prepared = prepare(template, notes);
  // States.StringToJson needs to see its backslashes.
  const hides = notes.calls && !notes.parses;
  return {
    template: prepared,
    hide: (data) => (hides ? mapStrings(data, (text) => text.replaceAll('\\', HIDDEN_BACKSLASH)) : data),
    finish(filled, input) {
      const shown = hides ? mapStrings(filled, (text) => text.replaceAll(HIDDEN_BACKSLASH, '\\')) : filled;
      return completed(prepared, shown, input);
    },
  };
}

function prepare(template: Json, notes: { calls: boolean; parses: boolean }): Json {
  if (Array.isArray(template)) return template.map((item) => prepare(item, notes));
  if (!isObject(template)) return template;
  const fields: [string, Json][] = [];
  for (const [key, value] of Object.entries(template)) {
    if (!key.endsWith('.$') || typeof value !== 'string') {
      fields.push([key, prepare(value, notes)]);
      continue;
    }
    if (value === '$') {
      fields.push([key.slice(0, -2), { [INPUT_KEY]: true }]);
      continue;
    }
    const expression = ownContext(value);
    const argument = TEXT_OF.exec(expression)?.[1];
    const rest = argument ?? expression;
    if (rest.includes('States.JsonToString(')) {
      throw new Error(`States.JsonToString inside another function is not run here: ${value}`);
    }
    notes.calls ||= rest.startsWith('States.');
    notes.parses ||= rest.includes('States.StringToJson(');
    if (argument === undefined) fields.push([key, expression]);
    else fields.push([key.slice(0, -2), { [`${TEXT_KEY}.$`]: argument }]);
  }
  return Object.fromEntries(fields);
}

/** Walks the template beside what was made of it, so that no value of the data is ever taken for a call. */
function completed(template: Json, filled: Json, input: Json): Json {
  if (Array.isArray(template) && Array.isArray(filled)) {
    return filled.map((item, index) => completed(template[index] ?? null, item, input));
  }
  if (!isObject(template) || !isObject(filled)) return filled;
  if (INPUT_KEY in template) return input;
  if (`${TEXT_KEY}.$` in template) return JSON.stringify(filled[TEXT_KEY]);
  return Object.fromEntries(
    Object.entries(filled).map(([key, value]) => [
      key,
      key in template ? completed(template[key] ?? null, value, input) : value,
    ]),
  );
}

function mapStrings(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}
