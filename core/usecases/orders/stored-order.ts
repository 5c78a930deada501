import { type Actor, type Belongs, maySee } from '../../actors/actor.ts';
import { businessDateOf } from '../../calendar/business-date.ts';
import { allow, type Transition } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { contractNumberKey } from '../../orders/contract.ts';
import type { Order, OrderStatus } from '../../orders/order.ts';
import type { Voucher } from '../../orders/voucher.ts';
import type { Command } from '../../ports/context.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** An order and, once it is signed with one, its voucher. */
export interface OrderWithVoucher {
  readonly order: Order;
  readonly voucher?: Voucher;
}

/** Both parties and the enterprise's jurisdiction may see an order, and its voucher. */
export const belongsToParties = (record: Pick<Order, 'enterpriseId' | 'providerId' | 'jurisdiction'>): Belongs => ({
  organisations: [record.enterpriseId, record.providerId],
  jurisdiction: record.jurisdiction,
});

/** An order as the actor may see it; `not-found` otherwise. */
export async function visibleOrder(reads: Pick<Reads, 'get'>, id: string, actor: Actor): Promise<Result<Order>> {
  const order = await reads.get('order', { id });
  return order && maySee(actor, belongsToParties(order)) ? ok(order) : refuse('not-found');
}

/** An order that the actor sees in its current version and whose state allows the transition. */
export async function orderFor(
  reads: Pick<Reads, 'get'>,
  id: string,
  command: Command,
  transition: Transition<OrderStatus>,
): Promise<Result<Order>> {
  const order = await visibleOrder(reads, id, command.actor);
  if (!order.ok) return order;
  const seen = seenBy(command, order.value);
  if (!seen.ok) return seen;
  const allowed = allow(transition, order.value.status);
  return allowed.ok ? order : allowed;
}

/** Refuses with `reservation-ended` from the day after the last of the reservation, swept up or not (clause 六). */
export function withinReservation(order: Pick<Order, 'reservedUntil'>, at: number): Result<void> {
  const { reservedUntil } = order;
  return reservedUntil !== undefined && businessDateOf(at) > reservedUntil
    ? refuse('reservation-ended', { values: { until: reservedUntil } })
    : ok(undefined);
}

/**
 * Refuses a contract number that counts for another order (clause 五-(三)). A true answer early; that it counts once
 * holds by the condition of the signature's own write.
 */
export async function freeContractNumber(
  reads: Pick<Reads, 'uniqueOwner'>,
  order: Pick<Order, 'id' | 'providerId'>,
  number: string,
): Promise<Result<void>> {
  const owner = await reads.uniqueOwner('contract-number', contractNumberKey(order.providerId, number));
  return owner === undefined || owner === order.id
    ? ok(undefined)
    : refuse('contract-number-used', { issues: [{ pointer: '/contractNumber', rule: 'contract-number-used' }] });
}
