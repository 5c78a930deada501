import { fen, formatYuan } from '../../core/money/money.ts';

/** Whole fen, as the API answers them: yuan with two decimals. */
export const money = (amount: number): string => formatYuan(fen(amount));
