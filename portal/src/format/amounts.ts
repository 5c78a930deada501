/** Amounts of answers added and compared in whole fen: text in, text out, never a float. */

/** "-1234.5" as −123450. The text is an amount of an answer, or one that its contract accepted. */
export function fenOf(yuan: string): bigint {
  const [whole = '0', decimals = ''] = yuan.replace('-', '').split('.');
  const fen = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'));
  return yuan.startsWith('-') ? -fen : fen;
}

export function yuanOf(fen: bigint): string {
  const size = fen < 0n ? -fen : fen;
  return `${fen < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

export const total = (amounts: readonly string[]): string => yuanOf(amounts.reduce((sum, one) => sum + fenOf(one), 0n));

export const difference = (from: string, less: string): string => yuanOf(fenOf(from) - fenOf(less));

export const isNothing = (yuan: string): boolean => fenOf(yuan) === 0n;

/** An amount that somebody types is an amount, so that it may be added while it is typed. */
export const isAmount = (text: string): boolean => /^\d{1,11}(\.\d{1,2})?$/.test(text);

const AMOUNT = /^-?\d{1,13}(?:\.\d{1,2})?$/;

/** What amounts add up to as they are typed; undefined while one of them is none. */
export function sumOf(amounts: readonly string[]): string | undefined {
  const texts = amounts.map((amount) => amount.trim());
  return texts.every((text) => AMOUNT.test(text)) ? total(texts) : undefined;
}

/** An amount less others, as they are typed. */
export const lessOf = (from: string, ...less: readonly string[]): string | undefined =>
  sumOf([from, ...less.map((amount) => (amount.startsWith('-') ? amount.slice(1) : `-${amount.trim()}`))]);

/** A ratio as people say it: "0.15" is "15". */
export function percentText(ratio: string): string {
  const [whole = '0', decimals = ''] = ratio.split('.');
  const digits = `${whole}${decimals.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = decimals.slice(2).replace(/0+$/, '');
  return rest ? `${digits}.${rest}` : digits;
}

/** "15" as the ratio "0.15"; what is no percentage stays as it is, and its contract refuses it. */
export function ratioText(percent: string): string {
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(percent)) return percent;
  const [whole = '0', decimals = ''] = percent.split('.');
  const digits = whole.padStart(3, '0');
  const ratio = `${digits.slice(0, -2)}.${digits.slice(-2)}${decimals}`.replace(/\.?0+$/, '');
  return ratio === '' ? '0' : ratio;
}

/** A count that somebody typed as the number it is; anything else stays text, and its contract refuses it. */
export const countOf = (text: string): number | string => (/^\d{1,9}$/.test(text) ? Number(text) : text);
