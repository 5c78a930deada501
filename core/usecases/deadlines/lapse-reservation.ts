import { businessDateOf } from '../../calendar/business-date.ts';
import { allow } from '../../lifecycle/transition.ts';
import { orderTransitions } from '../../orders/order.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok } from '../../result.ts';
import { endOrder } from '../orders/end-order.ts';
import { leaving } from '../orders/waiting.ts';

/** Whether something fell due and was ended; `false`: it no longer is what the list said. */
export type Swept = boolean;

/** Ends an order whose reservation is over and gives back what it held (clause 六). */
export const makeLapseReservation =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<{ id: string }, Swept> =>
  async ({ id }, command) => {
    const transition = orderTransitions.lapse;
    const order = await reads.get('order', { id });
    const due = order?.reservedUntil !== undefined && order.reservedUntil < businessDateOf(command.at);
    if (!order || !due || !allow(transition, order.status).ok) return ok({ result: false, changes: [] });
    const { changes } = endOrder(order, transition, command);
    return ok({ result: true, changes: [...changes, ...(await leaving(reads, [order], command.at))] });
  };
