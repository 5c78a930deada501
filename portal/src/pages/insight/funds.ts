import { useQueries } from '@tanstack/react-query';
import { planRoutes } from '../../../../contracts/plan.ts';
import { type Answer, call } from '../../api/client.ts';

export type Fund = Answer<typeof planRoutes.readFund>;

/** The funds of several years, as the ledger has them. */
export function useFunds(years: readonly number[]) {
  const funds = useQueries({
    queries: years.map((year) => ({
      queryKey: [planRoutes.readFund.operation, { params: { year: String(year) } }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(planRoutes.readFund, { params: { year: String(year) }, signal }),
    })),
  });
  return {
    data: funds.every(({ data }) => data !== undefined)
      ? funds.flatMap(({ data }) => (data ? [data] : [])).toSorted((a, b) => a.year - b.year)
      : undefined,
    error: funds.find(({ error }) => error)?.error,
    refetch: () => {
      for (const fund of funds) if (fund.error) fund.refetch();
    },
  };
}
