import { ServiceError } from './errors.ts';

/** What a list is ordered by, first field first. Negate a number to have the greatest first. */
export type SortKey = readonly (number | string)[];

/**
 * Orders a list and gives one page of it. The token holds the key of the last item of the page before, so that nothing
 * is shown twice or left out because items came or went in between.
 *
 * @throws ServiceError InvalidToken
 */
export function pageOf<T>(
  list: readonly T[],
  key: (item: T) => SortKey,
  size: number,
  token: string | undefined,
): { items: T[]; next: { nextToken?: string } } {
  const last = token === undefined ? undefined : readToken(token);
  const following = list
    .map((item) => ({ item, key: key(item) }))
    .filter((entry) => last === undefined || compare(entry.key, last) > 0)
    .sort((a, b) => compare(a.key, b.key));
  const page = following.slice(0, size);
  const end = page.at(-1);
  const more = following.length > size && end !== undefined;
  return {
    items: page.map(({ item }) => item),
    next: more ? { nextToken: Buffer.from(JSON.stringify(end.key)).toString('base64url') } : {},
  };
}

function readToken(token: string): SortKey {
  try {
    const key: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(key)) return key;
  } catch {
    // Not one of ours: answered below.
  }
  throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
}

function compare(a: SortKey, b: SortKey): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
