import { type InfiniteData, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AnyRouteContract } from '../../../contracts/route.ts';
import { type Answer, type Call, call } from './client.ts';
import { ApiProblem, isPassing } from './failures.ts';

const MOST_RETRIES = 3;

/** Reads are asked again when the connection or the system failed; refusals are final. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < MOST_RETRIES && isPassing(error),
      retryDelay: (failures, error) =>
        error instanceof ApiProblem && error.retryAfter ? error.retryAfter * 1000 : Math.min(400 * 2 ** failures, 4000),
    },
  },
});

type Reading<R extends AnyRouteContract> = Pick<Call<R>, 'params' | 'query' | 'organisationId'>;

/** What a route answers, kept and asked again as the query client says. `when: false`: not yet. */
export const useRead = <R extends AnyRouteContract>(contract: R, reading: Reading<R> = {}, when = true) =>
  useQuery<Answer<R>>({
    queryKey: [contract.operation, reading],
    queryFn: ({ signal }) => call(contract, { ...reading, signal }),
    enabled: when,
  });

type Page = { readonly items: readonly unknown[]; readonly next?: string | undefined };
type PagedRoute = AnyRouteContract;
type ItemOf<R extends PagedRoute> = Answer<R> extends { items: (infer I)[] } ? I : never;

/** A list page by page: `items` so far, and `more` while there is more. */
export function useList<R extends PagedRoute>(contract: R, reading: Reading<R> = {}, when = true) {
  const list = useInfiniteQuery<Answer<R> & Page, Error, InfiniteData<Answer<R> & Page>, unknown[], string | undefined>(
    {
      queryKey: [contract.operation, 'pages', reading],
      queryFn: ({ pageParam, signal }) =>
        call(contract, { ...reading, ...(pageParam === undefined ? {} : { cursor: pageParam }), signal }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.next,
      enabled: when,
    },
  );
  const items = (list.data?.pages ?? []).flatMap((page) => page.items as ItemOf<R>[]);
  return { ...list, items };
}

/** The same, asked again by itself after as many milliseconds as `pace` says of what was answered; `false`: no more. */
export const useWatched = <R extends AnyRouteContract>(
  contract: R,
  reading: Reading<R>,
  pace: (answer: Answer<R>) => number | false,
) =>
  useQuery<Answer<R>>({
    queryKey: [contract.operation, reading],
    queryFn: ({ signal }) => call(contract, { ...reading, signal }),
    refetchInterval: ({ state }) => (state.data === undefined ? false : pace(state.data)),
  });
