import { type Fen, parseYuan, ZERO } from '../core/money/money.ts';

/** Money of an answer; what is overdrawn after a cut has nothing left. */
export function fenOf(text: string): Fen {
  const parsed = parseYuan(text);
  return parsed.ok ? parsed.value : ZERO;
}
