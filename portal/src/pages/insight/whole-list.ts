import { useEffect } from 'react';
import type { AnyRouteContract } from '../../../../contracts/route.ts';
import { useList } from '../../api/queries.ts';

/** A list that is short by its nature, whole: its pages are asked for one after the other. `data` once all are there. */
export function useWholeList<R extends AnyRouteContract>(
  contract: R,
  reading: NonNullable<Parameters<typeof useList<R>>[1]>,
  when = true,
) {
  const list = useList<R>(contract, { ...reading, query: { ...reading.query, limit: 100 } as never }, when);
  const { hasNextPage, isFetchingNextPage, error, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !error) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, error, fetchNextPage]);
  return { data: list.data && !hasNextPage ? list.items : undefined, error, refetch: list.refetch };
}
