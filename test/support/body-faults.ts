/** The part of JSON Schema that contracts use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** A body with one thing wrong in it, and where a good answer points. */
export interface Fault {
  readonly name: string;
  readonly body: unknown;
  readonly pointer: string;
}

/** Sent where it does not belong; no answer repeats it, because what people send may be personal. */
export const MARKER = 'sent-by-mistake';
/** Longer than any text that a contract takes. */
export const OVER_LONG = MARKER.repeat(300);
/** How money is written; every amount of every contract has this pattern. */
const AMOUNT = '^(0|[1-9]\\d{0,10})(\\.\\d{1,2})?$';
const wrongAmounts = ['-1.00', '1.005', '1e3', ' 1.00', '１.００', '', '0x10', 'NaN', '99999999999999.00'];

/** Every fault that can be made of a body at every place of it. */
export function faultsOf(schema: JsonSchema, sample: unknown): Fault[] {
  const at = (path: readonly string[], value: unknown, name: string, pointer = path): Fault => ({
    name: `${name} at /${path.join('/')}`,
    body: replaced(sample, path, value),
    pointer: pointer.map((part) => `/${part}`).join(''),
  });

  const faults = (node: JsonSchema, value: unknown, path: readonly string[]): Fault[] => {
    const found = path.length === 0 ? [] : [at(path, otherType(value), 'wrong type'), at(path, null, 'null')];
    if (typeof value === 'string') return [...found, ...textFaults(node, path)];
    if (typeof value === 'number') {
      return [...found, ...[-1, 1.5, 1e300].map((number) => at(path, number, `number ${number}`))];
    }
    if (Array.isArray(value)) return [...found, ...listFaults(node, value, path)];
    if (isRecord(value)) return [...found, ...objectFaults(node, value, path)];
    return found;
  };

  const textFaults = (node: JsonSchema, path: readonly string[]) => [
    at(path, OVER_LONG, 'over-long text'),
    ...(node.minLength ? [at(path, '', 'empty text'), at(path, ' \t ', 'blank text')] : []),
    ...(node.pattern === AMOUNT ? wrongAmounts.map((amount) => at(path, amount, `amount "${amount}"`)) : []),
  ];

  const listFaults = (node: JsonSchema, value: readonly unknown[], path: readonly string[]) => [
    ...value.flatMap((item, index) => faults(branchOf(node.items ?? {}, item), item, [...path, String(index)])),
    ...(node.minItems ? [at(path, [], 'empty list')] : []),
    // Every list has an end.
    at(path, Array(300).fill(value[0] ?? null), 'over-long list'),
  ];

  const objectFaults = (node: JsonSchema, value: Readonly<Record<string, unknown>>, path: readonly string[]) => {
    const inside = Object.entries(value).flatMap(([name, part]) => {
      const of = node.properties?.[name] ?? anyProperty(node);
      return faults(branchOf(of, part), part, [...path, name]);
    });
    if (!node.properties) return inside;
    return [
      ...inside,
      ...(node.required ?? []).map((name) => at([...path, name], undefined, 'missing')),
      at([...path, 'unexpected'], MARKER, 'unknown field'),
    ];
  };

  return faults(branchOf(schema, sample), sample, []);
}

/** Places of a schema that none of the samples shows. */
export function unseenPlaces(schema: JsonSchema, samples: readonly unknown[]): string[] {
  const seen = new Set<JsonSchema>();
  const look = (node: JsonSchema, value: unknown): void => {
    seen.add(node);
    if (Array.isArray(value)) for (const item of value) look(branchOf(node.items ?? {}, item), item);
    else if (isRecord(value)) {
      for (const [name, part] of Object.entries(value)) {
        look(branchOf(node.properties?.[name] ?? anyProperty(node), part), part);
      }
    }
  };
  for (const sample of samples) look(branchOf(schema, sample), sample);

  const all = (node: JsonSchema, path: string): string[] => {
    const branches = node.oneOf ?? node.anyOf;
    if (branches) return branches.flatMap((branch, index) => all(branch, `${path}<${index}>`));
    return [
      ...(seen.has(node) ? [] : [path]),
      ...Object.entries(node.properties ?? {}).flatMap(([name, part]) => all(part, `${path}/${name}`)),
      ...(node.items ? all(node.items, `${path}/*`) : []),
    ];
  };
  return all(schema, '');
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const anyProperty = ({ additionalProperties }: JsonSchema): JsonSchema =>
  typeof additionalProperties === 'object' ? additionalProperties : {};

/** The alternative of a union that a value belongs to, by its literal fields. */
function branchOf(node: JsonSchema, value: unknown): JsonSchema {
  const branches = node.oneOf ?? node.anyOf;
  if (!branches) return node;
  const fits = branches.find((branch) =>
    Object.entries(branch.properties ?? {}).every(
      ([name, part]) => part.const === undefined || (isRecord(value) && value[name] === part.const),
    ),
  );
  return fits ?? node;
}

const otherType = (value: unknown): unknown => (typeof value === 'string' ? [MARKER] : MARKER);

/** A copy of a body with the value at a place replaced; `undefined` takes it out. */
function replaced(body: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(body))
    return body.map((item, index) => (String(index) === name ? replaced(item, rest, value) : item));
  if (!isRecord(body)) return body;
  const { [name]: old, ...others } = body;
  const put = replaced(old, rest, value);
  return put === undefined ? others : { ...others, [name]: put };
}
