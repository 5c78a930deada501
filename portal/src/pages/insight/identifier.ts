import type { FieldError } from '../../../../contracts/field-errors.ts';

/** An id of ours: its prefix and 26 characters. */
export const isId = (id: string, prefix: string): boolean => new RegExp(`^${prefix}_[0-9A-Z]{26}$`).test(id);

/** What money can be followed by. */
export const isFollowable = (id: string): boolean => isId(id, 'ord') || isId(id, 'vch');

/** A field refused here: nothing is asked by what cannot be an id. */
export const refusal = (pointer: string, sentence: string): readonly FieldError[] => [
  { pointer, code: 'wrong-format', detail: sentence, detailEn: sentence },
];
