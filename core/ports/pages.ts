import type { Page } from './store.ts';

/** Size and cursor of a page, as the store takes them. */
export const pageArguments = ({ limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined }) => ({
  limit,
  ...(cursor ? { cursor } : {}),
});

/** Entities a page holds when all pages are read. */
const LARGEST_PAGE = 100;

/** Everything a list holds, page by page: for lists that belong to one entity, never for those of a year. */
export async function everyPage<T>(
  list: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(pageArguments({ limit: LARGEST_PAGE, cursor }));
    all.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return all;
}
