import { lastDayOf } from '../../calendar/business-date.ts';
import { shareDocument } from '../../documents/share.ts';
import { revise } from '../../lifecycle/record.ts';
import { type ContractOffer, drawUpContract } from '../../orders/contract.ts';
import { type Order, orderTransitions } from '../../orders/order.ts';
import { parametersOf } from '../../policy/current-plan.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';
import { certifiedProvider } from './parties.ts';
import { freeContractNumber, orderFor, withinReservation } from './stored-order.ts';
import { leaving } from './waiting.ts';

export interface AnswerOrder extends ContractOffer {
  readonly orderId: string;
  /** Whether the provider holds its offer for as long as the order waits for money; asked only of one that waits. */
  readonly agreesToWait?: boolean | undefined;
}

/**
 * The provider answers an order with the contract; until the enterprise signs, it may answer again (clause 六). An order
 * in the waiting list goes on waiting only if the provider agrees, since it bears the risk of an offer held open.
 */
export const makeAnswerOrder =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<AnswerOrder, Order> =>
  async ({ orderId, agreesToWait, ...offer }, command) => {
    const transition = orderTransitions.answer;
    const found = await orderFor(reads, orderId, command, transition);
    if (!found.ok) return found;
    const order = found.value;
    const open = withinReservation(order, command.at);
    if (!open.ok) return open;
    const provider = await certifiedProvider(reads, order.providerId);
    if (!provider.ok) return provider;
    // An order keeps the version it was placed under.
    const { longestContractDays } = await parametersOf(reads, order.planYear, order.createdAt);
    const document = await reads.get('document', { id: offer.documentId });
    const contract = drawUpContract(offer, {
      orderedKind: order.kind,
      providerId: order.providerId,
      document,
      longestDays: longestContractDays,
      at: command.at,
    });
    if (!contract.ok) return contract;
    const free = await freeContractNumber(reads, order, offer.number);
    if (!free.ok) return free;
    if (order.waiting && agreesToWait === undefined) {
      return refuse('waiting-agreement-required', {
        issues: [{ pointer: '/agreesToWait', rule: 'waiting-agreement-required' }],
      });
    }
    const answered = revise<Order>(
      order.waiting ? waitingOn(order, agreesToWait === true, command.at) : order,
      command.at,
      { status: transition.to, contract: contract.value },
    );
    return ok({
      result: answered,
      changes: [
        { do: 'update', entity: 'order', value: answered, from: transition.from, audit: { action: transition.name } },
        ...(order.waiting && !answered.waiting ? await leaving(reads, [order], command.at) : []),
        // The enterprise reads what it will sign.
        ...(document ? shareDocument(document, order.enterpriseId, command.at) : []),
      ],
    });
  };

/** An order that waits for as long as it takes, or that keeps what it was given so far and waits no longer. */
function waitingOn({ waiting, reservedUntil, ...order }: Order, agreed: boolean, at: number): Order {
  if (waiting && agreed) return { ...order, waiting: { ...waiting, agreedAt: at } };
  return { ...order, reservedUntil: reservedUntil ?? lastDayOf(order.planYear) };
}
