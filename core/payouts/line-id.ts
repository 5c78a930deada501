import { createHash } from 'node:crypto';

/**
 * The n-th line of a provider in a payment order. It is a function of all three, so that a step that runs again makes no
 * second one; and it is met in no other order, as long as there are orders: a bank may know a payment by it and refuse one
 * that it has seen before.
 */
export const lineId = (payoutId: string, providerId: string, n: number): string =>
  `pln_${numberOf(`${payoutId}|${providerId}`)}_${n}`;

/** 26 digits and letters that a text decides: 134 bits of its hash. */
const numberOf = (text: string): string =>
  BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
    .toString(36)
    .slice(-26)
    .padStart(26, '0')
    .toUpperCase();
