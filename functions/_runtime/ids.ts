import { createHash } from 'node:crypto';

/** Crockford's alphabet, without letters that people confuse. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Ids as a function of their cause: the n-th id of a command with this seed. Unguessable because the seed holds a
 * subject and a key of the client's choice, hashed to 130 bits; the same again when the command is repeated.
 */
export function idsOf(seed: string): (prefix: string) => string {
  let count = 0;
  return (prefix) => {
    count += 1;
    const bytes = createHash('sha256').update(`${seed}|${prefix}|${count}`).digest();
    return `${prefix}_${Array.from(bytes.subarray(0, 26), (byte) => ALPHABET[byte % 32]).join('')}`;
  };
}
