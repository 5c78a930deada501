/** An entity as it lies in an item: what has no parts as attributes, all else as one JSON text beside them. */
export interface Packed {
  readonly data: Readonly<Record<string, unknown>>;
  readonly parts?: string;
}

/**
 * Puts everything of an entity that has parts of its own (lines, receipts, a pinned policy) into one text. The storage
 * copies an item into every index and its stream, value by value, and a receipt has a hundred of them. What conditions
 * ask for, such as version, state and lists of names, stays as it is.
 */
export function pack(entity: Readonly<Record<string, unknown>>): Packed {
  const data: Record<string, unknown> = {};
  const parts: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(entity)) (hasParts(value) ? parts : data)[field] = value;
  return Object.keys(parts).length > 0 ? { data, parts: JSON.stringify(parts) } : { data };
}

/** The entity of an item, packed or written before there were packed ones. Undefined data is nothing, as it was. */
export const unpack = ({ data, parts }: Readonly<Record<string, unknown>>): unknown =>
  typeof parts === 'string' ? { ...(data as object), ...JSON.parse(parts) } : data;

/** Whether a condition may ask for it: it stands in the item by itself. */
export const isAttribute = (value: unknown): boolean => !hasParts(value);

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function hasParts(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isObject) : isObject(value);
}

/** A text this long is worth the work of making it short. */
const LONG = 1024;

/** Loaded when it is first needed: it takes 2 to 10 ms, and reading needs it for repeated requests only. */
const zlib = () => process.getBuiltinModule('node:zlib');

/** A long text in a quarter of its bytes; exactly the same text comes back. */
export const shorten = (text: string): string | Uint8Array => (text.length < LONG ? text : zlib().deflateRawSync(text));

export const lengthen = (text: string | Uint8Array): string =>
  typeof text === 'string' ? text : zlib().inflateRawSync(text).toString('utf8');
