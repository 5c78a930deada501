import { type Fen, fen } from './money.ts';

/** Of parts in a row, how much of each lies in the stretch of `amount` behind the first `before` fen. */
export const stretch = (parts: readonly number[], before: number, amount: number): Fen[] => {
  let start = 0;
  return parts.map((part) => {
    const from = Math.max(start, before);
    start += part;
    return fen(Math.max(0, Math.min(start, before + amount) - from));
  });
};
