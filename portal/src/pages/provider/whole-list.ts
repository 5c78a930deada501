import { useEffect } from 'react';
import type { AnyRouteContract } from '../../../../contracts/route.ts';
import type { Call } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';

type Reading<R extends AnyRouteContract> = Pick<Call<R>, 'params' | 'query' | 'organisationId'>;

/** Every page of a list, one after the other: of what is chosen from or added up, a part is not enough. */
export function useWholeList<R extends AnyRouteContract>(contract: R, reading: Reading<R>, when = true) {
  const list = useList(contract, reading, when);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const isWhole = list.data !== undefined && !hasNextPage;
  return { data: isWhole ? list.items : undefined, error: list.error, refetch: list.refetch };
}
