import fc from 'fast-check';

/** The part of JSON Schema that the OpenAPI document uses. Anything else is refused: it would be generated wrongly. */
export interface Schema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'null';
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
}

/**
 * What a schema takes. Texts that are known to mean something (ids of records there are, numbers with their check
 * digits) come from `known` wherever they fit, so that requests get past the first look.
 */
export function valuesOf(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const of = (inner: Schema) => valuesOf(inner, known);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches) return fc.oneof(...branches.map(of));
  switch (schema.type) {
    case 'string':
      return textsOf(schema, known);
    case 'integer':
    case 'number':
      return fc.integer({
        min: schema.minimum ?? (schema.exclusiveMinimum === undefined ? -1000 : schema.exclusiveMinimum + 1),
        max: Math.min(schema.maximum ?? 1_000_000, Number.MAX_SAFE_INTEGER),
      });
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const { minItems = 0, maxItems = minItems + 3, items = {} } = schema;
      return fc.array(of(items), { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) });
    }
    case 'object': {
      const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
      const fields = Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, of(inner)]));
      const named = fc.record(fields, { requiredKeys: [...required] });
      if (typeof additionalProperties !== 'object') return named;
      // A name is told back where it is not known, so no text that is personal becomes one.
      const names = textsOf({ type: 'string', ...propertyNames }, []);
      const others = fc.dictionary(names, of(additionalProperties), { maxKeys: 3 });
      return fc.tuple(others, named).map(([other, own]) => ({ ...other, ...(own as object) }));
    }
    default:
      return fc.jsonValue();
  }
}

/** What people write: Chinese, Mongolian, Latin, and what could be taken for a formula, a tag or an expression. */
const letters = fc.constantFrom(...'云服务券草原工业有限公司ᠮᠣᠩᠭᠣᠯ aZ09-_.,:;!?"\'<>&=+@#$%{}[]()/\\|~`^*😀é');

function textsOf(schema: Schema, known: readonly string[]): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 40, format } = schema;
  const patterns = [schema, ...(schema.allOf ?? [])].flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern]));
  const expressions = patterns.map((pattern) => new RegExp(pattern, 'u'));
  const fits = (text: string) =>
    text.length >= minLength &&
    text.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY) &&
    (minLength === 0 || text.trim().length >= minLength) &&
    (format !== 'date' || isDate(text)) &&
    expressions.every((expression) => expression.test(text));
  const fitting = known.filter(fits);
  const [first] = patterns;
  const made =
    format === 'date'
      ? fc.integer({ min: 17_900, max: 22_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10))
      : first === undefined || first.startsWith('^[^') || first.startsWith('^(?:[\\n') || first === '^\\/'
        ? fc
            .string({ unit: letters, minLength, maxLength: Math.min(maxLength, 40) })
            .map((text) => (first === '^\\/' ? `/${text}` : text))
        : fc.stringMatching(new RegExp(first.replace(/\(\?![^)]*\)/g, '')));
  const filtered = made.filter(fits);
  return fitting.length > 0
    ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: filtered })
    : filtered;
}

const isDate = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

const GONE = Symbol('gone');

/** What is put in the place of something, to be wrong or at least odd. */
const odd: readonly unknown[] = [
  GONE,
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  'x'.repeat(5_000),
  'a\u0000b',
  'a\u202eb',
  'a\ud800b',
  '../../x',
  'ORDER#1',
  ':v0',
  '#n0',
  '{{x}}',
  "' OR '1'='1",
  '=HYPERLINK("http://x")',
  '<img src=x onerror=alert(1)>',
  '__proto__',
  '99999999999999999999',
  '-0.01',
  '1e3',
  'NaN',
  '9999-12-31',
  '0000-00-00',
  [],
  {},
  [[[[]]]],
  { __proto__: null, constructor: 1 },
];

/** A copy of a value in which one place is something else, or gone, or has a field too much. */
export const withOneThingOdd = (value: unknown): fc.Arbitrary<unknown> => {
  const places = placesOf(value);
  return fc
    .tuple(fc.nat(places.length - 1), fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...odd) }, fc.constant('more')))
    .map(([index, put]) => changed(value, places[index] ?? [], put));
};

function placesOf(value: unknown): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner).map((place) => [name, ...place]))];
}

function changed(value: unknown, [name, ...rest]: readonly string[], put: unknown): unknown {
  if (name === undefined)
    return put === 'more' && isRecord(value) ? { ...value, unexpected: 1 } : put === GONE ? undefined : put;
  if (Array.isArray(value)) {
    return value.flatMap((inner, index) => {
      if (String(index) !== name) return [inner];
      const after = changed(inner, rest, put);
      return after === undefined ? [] : [after];
    });
  }
  if (!isRecord(value)) return value;
  const { [name]: inner, ...others } = value;
  const after = changed(inner, rest, put);
  return after === undefined ? others : { ...others, [name]: after };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
