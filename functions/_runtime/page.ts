/** A page of answers from a page of entities. */
export const toPage =
  <T, A>(toAnswer: (item: T) => A) =>
  ({ items, next }: { readonly items: readonly T[]; readonly next?: string }) => ({
    items: items.map(toAnswer),
    ...(next ? { next } : {}),
  });

/** The paging part of a query, as the store takes it. */
export const pageArguments = ({ limit, cursor }: { limit: number; cursor?: string | undefined }) => ({
  limit,
  ...(cursor ? { cursor } : {}),
});
