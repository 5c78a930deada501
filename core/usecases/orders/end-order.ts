import { holdingPosting } from '../../ledger/holding.ts';
import { revise } from '../../lifecycle/record.ts';
import type { Transition } from '../../lifecycle/transition.ts';
import { type Order, type OrderStatus, orderTransitions } from '../../orders/order.ts';
import { quotasOf } from '../../policy/quotas.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change } from '../../ports/store.ts';
import { ok } from '../../result.ts';
import { orderFor } from './stored-order.ts';
import { leaving } from './waiting.ts';

export interface EndOrder {
  readonly orderId: string;
  readonly reason: string;
}

type By = Pick<Command, 'at' | 'actor'>;

/**
 * The changes that end an unsigned order and give back everything it had reserved (clauses 六, 五-(一), 五-(三)); its place
 * in the waiting list is given up by whoever calls, for all orders of a transaction together.
 */
export function endOrder(
  order: Order,
  transition: Transition<OrderStatus>,
  command: By,
  reason?: string,
): { ended: Order; changes: Change[] } {
  const { waiting: _, ...unwaiting } = order;
  const ended = revise<Order>(unwaiting, command.at, {
    status: transition.to,
    ...(reason ? { endReason: reason } : {}),
  });
  const changes: Change[] = [
    {
      do: 'update',
      entity: 'order',
      value: ended,
      from: transition.from,
      audit: { action: transition.name, ...(reason ? { note: reason } : {}) },
    },
  ];
  return { ended, changes: [...changes, ...giveBack(order, `led_release_${order.id}`, command)] };
}

/**
 * What an order held of its plan's year is free again there, while it goes on waiting for money of the next (clause
 * 一-(二)). Once for each year, whoever comes first: the year's close, or the next year's plan.
 */
export const giveBackOfYear = (order: Order, by: By): Change[] =>
  giveBack(order, `led_release_${order.id}_${order.planYear}`, by);

/** What an unsigned order has reserved is free again; nothing where it has reserved nothing. */
function giveBack(order: Order, id: string, { at, actor }: By): Change[] {
  if (!order.reservation || order.reservation.amount === 0) return [];
  const posting = holdingPosting({
    id,
    year: order.planYear,
    at,
    reason: 'release',
    reference: { entity: 'order', id: order.id },
    orderId: order.id,
    actor: actor.sub,
    before: { account: 'reserved', parts: order.reservation.parts },
    uscc: order.enterpriseUscc,
    quotas: order.policy && quotasOf(order.policy.parameters, order),
    // Only giving back: the cap itself is not asked.
    cap: 0,
  });
  return [{ do: 'post', posting }];
}

const makeEndOrder =
  (transition: Transition<OrderStatus>) =>
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<EndOrder, Order> =>
  async ({ orderId, reason }, command) => {
    const order = await orderFor(reads, orderId, command, transition);
    if (!order.ok) return order;
    const { ended, changes } = endOrder(order.value, transition, command, reason);
    return ok({ result: ended, changes: [...changes, ...(await leaving(reads, [order.value], command.at))] });
  };

/** The provider declines an order that was not signed. */
export const makeDeclineOrder = makeEndOrder(orderTransitions.decline);
/** The enterprise cancels an order that it has not signed. */
export const makeCancelOrder = makeEndOrder(orderTransitions.cancel);
