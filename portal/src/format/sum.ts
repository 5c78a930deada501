const AMOUNT = /^-?\d{1,13}(?:\.\d{1,2})?$/;

/** Fen of an amount as people type it or the API answers it; undefined while it is none. */
function fenOf(yuan: string): bigint | undefined {
  const text = yuan.trim();
  if (!AMOUNT.test(text)) return undefined;
  const [whole = '0', decimals = ''] = text.replace('-', '').split('.');
  const fen = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'));
  return text.startsWith('-') ? -fen : fen;
}

const yuanOf = (fen: bigint): string => {
  const size = fen < 0n ? -fen : fen;
  return `${fen < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
};

/** What amounts add up to, in whole fen; undefined while one of them is no amount. */
export function sumOf(amounts: readonly string[]): string | undefined {
  const parts = amounts.map(fenOf);
  return parts.includes(undefined) ? undefined : yuanOf(parts.reduce<bigint>((sum, part) => sum + (part ?? 0n), 0n));
}

/** An amount less others. */
export const lessOf = (from: string, ...less: readonly string[]): string | undefined =>
  sumOf([from, ...less.map((amount) => (amount.startsWith('-') ? amount.slice(1) : `-${amount.trim()}`))]);
