import { shareDocument } from '../../documents/share.ts';
import { revise } from '../../lifecycle/record.ts';
import { type ContractOffer, drawUpContract } from '../../orders/contract.ts';
import { type Order, orderTransitions } from '../../orders/order.ts';
import { parametersOf } from '../../policy/current-plan.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok } from '../../result.ts';
import { certifiedProvider } from './parties.ts';
import { freeContractNumber, orderFor, withinReservation } from './stored-order.ts';

export interface AnswerOrder extends ContractOffer {
  readonly orderId: string;
}

/** The provider answers an order with the contract; until the enterprise signs, it may answer again (clause 六). */
export const makeAnswerOrder =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<AnswerOrder, Order> =>
  async ({ orderId, ...offer }, command) => {
    const transition = orderTransitions.answer;
    const found = await orderFor(reads, orderId, command, transition);
    if (!found.ok) return found;
    const order = found.value;
    const open = withinReservation(order, command.at);
    if (!open.ok) return open;
    const provider = await certifiedProvider(reads, order.providerId);
    if (!provider.ok) return provider;
    const { longestContractDays } = await parametersOf(reads, order.planYear);
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
    const answered = revise(order, command.at, { status: transition.to, contract: contract.value });
    return ok({
      result: answered,
      changes: [
        { do: 'update', entity: 'order', value: answered, from: transition.from, audit: { action: transition.name } },
        // The enterprise reads what it will sign.
        ...(document ? shareDocument(document, order.enterpriseId, command.at) : []),
      ],
    });
  };
