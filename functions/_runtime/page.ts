export { pageArguments } from '../../core/ports/pages.ts';

/** A page of answers from a page of entities. */
export const toPage =
  <T, A>(toAnswer: (item: T) => A) =>
  ({ items, next }: { readonly items: readonly T[]; readonly next?: string }) => ({
    items: items.map(toAnswer),
    ...(next ? { next } : {}),
  });
