import type { AnyRouteContract } from '../../../contracts/route.ts';
import { queryClient } from './queries.ts';

/** Reads these routes anew wherever they are shown; resolves when what is shown is new. Without routes: everything. */
export const refresh = (...contracts: readonly AnyRouteContract[]): Promise<unknown> =>
  contracts.length === 0
    ? queryClient.invalidateQueries()
    : Promise.all(contracts.map(({ operation }) => queryClient.invalidateQueries({ queryKey: [operation] })));
