import * as z from 'zod';

/**
 * What those of the staff who took part were called then, by subject: a subject may be an opaque id of the issuer, and two
 * signatures are only seen to be of two people when both can be read.
 */
export const namesSchema = z.record(z.string(), z.string());
export type Names = z.infer<typeof namesSchema>;

/** The names with that of whoever takes part now. */
export const named = (
  names: Names | undefined,
  { sub, name }: { readonly sub: string; readonly name?: string | undefined },
): Names => (name === undefined ? { ...names } : { ...names, [sub]: name });
