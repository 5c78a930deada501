import type { Actor } from '../../actors/actor.ts';
import { type Fen, fen, sum, ZERO } from '../../money/money.ts';
import type { Order } from '../../orders/order.ts';
import { emptyList, type Forecast, forecastOf, missingOf, type WaitingFigures } from '../../orders/waiting-list.ts';
import type { Ports } from '../../ports/context.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { visibleOrder } from './stored-order.ts';

/** Places shown at once: whoever stands farther behind sees its own with its order. */
const MOST_SHOWN = 100;
const PAGE = 100;

/** Where an order stands. */
export interface Standing {
  readonly order: Order;
  /** From 1. */
  readonly position: number;
  /** Fen that those before it still wait for. */
  readonly ahead: Fen;
  readonly missing: Fen;
  readonly forecast: Forecast;
}

export interface ShownList {
  readonly figures: WaitingFigures;
  readonly places: readonly Standing[];
}

interface At {
  /** Epoch ms. */
  readonly at: number;
}

/** Who waits for money of a year, in what order, and when its turn may come (clause 一-(二), open): names nobody. */
export const makeReadWaitingList =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async ({ year, at }: At & { readonly year: number }): Promise<Result<ShownList>> => {
    const plan = await reads.get('plan', { year });
    if (!plan) return refuse('not-found');
    const figures = (await reads.get('waitingList', { year })) ?? emptyList(year, at);
    const { items } = await reads.list('waitingOrders', { year }, { limit: MOST_SHOWN });
    return ok({ figures, places: standings(items, figures, at) });
  };

/** Where the order of one of its parties stands. Refuses with `not-waiting`. */
export const makeReadStanding =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async ({ orderId, at }: At & { readonly orderId: string }, actor: Actor): Promise<Result<Standing>> => {
    const order = await visibleOrder(reads, orderId, actor);
    if (!order.ok) return order;
    if (!order.value.waiting) return refuse('not-waiting');
    const year = order.value.planYear;
    const figures = (await reads.get('waitingList', { year })) ?? emptyList(year, at);
    const before: Order[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await reads.list('waitingOrders', { year }, { limit: PAGE, ...(cursor ? { cursor } : {}) });
      const here = page.items.findIndex(({ id }) => id === orderId);
      before.push(...(here < 0 ? page.items : page.items.slice(0, here)));
      cursor = here < 0 ? page.next : undefined;
    }
    const standing = standings([...before, order.value], figures, at).at(-1);
    return standing ? ok(standing) : refuse('not-waiting');
  };

function standings(orders: readonly Order[], figures: WaitingFigures, at: number): Standing[] {
  let ahead = ZERO;
  return orders.map((order, index) => {
    const missing = missingOf(order);
    const standing = {
      order,
      position: index + 1,
      ahead,
      missing,
      forecast: forecastOf(figures, sum([ahead, missing]), at),
    };
    ahead = fen(ahead + missing);
    return standing;
  });
}
