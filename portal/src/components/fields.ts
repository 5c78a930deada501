/**
 * What is typed into a form: by the JSON pointer of each field in the body, as errors name it. A name that is no pointer is of the
 * form alone.
 */
export type Fields = Readonly<Record<string, string>>;

/** How many entries a list has stands beside them: `/lines#`. */
const countKey = (list: string) => `${list}#`;
export const countOf = (fields: Fields, list: string): number => Number(fields[countKey(list)] ?? 0);

/** Pointers of a list's entries: `/lines/0`, `/lines/1`. */
export const entriesOf = (fields: Fields, list: string): readonly string[] =>
  Array.from({ length: countOf(fields, list) }, (_, i) => `${list}/${i}`);

/** Values of an entry, by name, as fields of its place. */
const placed = (entry: string, values: Fields): Fields =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${entry}/${name}`, value]));

/** A list as fields, with its count. */
export const listed = (list: string, entries: readonly Fields[]): Fields =>
  Object.assign(
    { [countKey(list)]: String(entries.length) },
    ...entries.map((entry, i) => placed(`${list}/${i}`, entry)),
  );

/** The changes that add an entry at the end of a list. */
export const entryAdded = (fields: Fields, list: string, values: Fields): Fields => ({
  ...placed(`${list}/${countOf(fields, list)}`, values),
  [countKey(list)]: String(countOf(fields, list) + 1),
});

/** The changes that take an entry out: those behind it move up, what stood last is empty. */
export function entryRemoved(fields: Fields, list: string, at: number): Fields {
  const count = countOf(fields, list);
  const valuesOf = (index: number): Fields =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([pointer, value]) =>
        pointer.startsWith(`${list}/${index}/`) ? [[pointer.slice(`${list}/${index}/`.length), value]] : [],
      ),
    );
  const moved = Array.from({ length: count - at - 1 }, (_, i) => placed(`${list}/${at + i}`, valuesOf(at + i + 1)));
  const emptied = Object.fromEntries(
    Object.keys(valuesOf(count - 1)).map((name) => [`${list}/${count - 1}/${name}`, '']),
  );
  return Object.assign({}, emptied, ...moved, { [countKey(list)]: String(count - 1) });
}

type Node = { [name: string]: unknown } | unknown[];

/**
 * The body that fields describe. What was left empty is left out, its part of the body is not: so that the contract names
 * the field that is missing, and not the part.
 */
export function assemble(fields: Fields): Readonly<Record<string, unknown>> {
  const body: { [name: string]: unknown } = {};
  for (const [pointer, text] of Object.entries(fields)) {
    if (pointer.endsWith('#')) {
      ensure(body, pointer.slice(1, -1).split('/'), true);
      continue;
    }
    const path = pointer.slice(1).split('/');
    if (!pointer.startsWith('/') || isBeyond(fields, path)) continue;
    const name = path.pop() ?? '';
    const parent = ensure(body, path, false);
    if (text.trim() !== '') Object.assign(parent, { [name]: text.trim() });
  }
  return body;
}

/** Behind the end of its list: left there when entries were taken out. */
const isBeyond = (fields: Fields, path: readonly string[]): boolean =>
  path.some((part, i) => {
    const count = fields[countKey(`/${path.slice(0, i).join('/')}`)];
    return count !== undefined && Number(part) >= Number(count);
  });

function ensure(body: Node, path: readonly string[], isList: boolean): Node {
  let node = body;
  path.forEach((part, i) => {
    const next = path[i + 1];
    const fresh: Node = next === undefined ? (isList ? [] : {}) : /^\d+$/.test(next) ? [] : {};
    const at = Reflect.get(node, part) ?? fresh;
    Reflect.set(node, part, at);
    node = at as Node;
  });
  return node;
}
