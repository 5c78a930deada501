/** A JSON value: what flows through a state machine. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type JsonObject = { [key: string]: Json };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The service's limit on every input, output and task result, in bytes of UTF-8. */
export const DATA_LIMIT_BYTES = 256 * 1024;

/** Whether the text is within the service's limit. */
export const fits = (text: string) => Buffer.byteLength(text) <= DATA_LIMIT_BYTES;

/** A value as it looks after crossing a wire: detached from its maker, without `undefined`, functions or dates. */
export const detached = (value: unknown): { value: Json; text: string } => {
  const text = JSON.stringify(value ?? null) ?? 'null';
  return { value: JSON.parse(text), text };
};
