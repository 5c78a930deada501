import { type Actor, maySee } from '../../actors/actor.ts';
import { fen } from '../../money/money.ts';
import type { Order } from '../../orders/order.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import { pageArguments } from '../../ports/pages.ts';
import type { Page } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { type FundingStack, fundingStack } from '../../subsidy/funding.ts';
import { topUpTotal } from '../../topups/top-up.ts';
import { type Signing, signingOf } from './signing.ts';
import { belongsToParties, type OrderWithVoucher, visibleOrder } from './stored-order.ts';

/** A page of a list by one party: a member's own organisation; staff name an enterprise or a provider. */
export interface PageOfParty {
  readonly enterpriseId?: string | undefined;
  readonly providerId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export type Party = { readonly enterpriseId: string } | { readonly providerId: string };

/** The party whose list the actor asks for. A member has its own only, whatever it names. */
export function partyOf(input: PageOfParty, actor: Actor): Result<Party> {
  if (actor.role === 'enterprise' || actor.role === 'provider') {
    if (!actor.organisationId) return refuse('organisation-required');
    const named = input.enterpriseId ?? input.providerId;
    if (named !== undefined && named !== actor.organisationId) return refuse('not-found');
    return ok(
      actor.role === 'enterprise' ? { enterpriseId: actor.organisationId } : { providerId: actor.organisationId },
    );
  }
  if ((input.enterpriseId === undefined) === (input.providerId === undefined)) return refuse('party-required');
  return ok(
    input.enterpriseId === undefined ? { providerId: input.providerId ?? '' } : { enterpriseId: input.enterpriseId },
  );
}

/** Orders of a party, newest first. */
export const makeListOrders =
  ({ reads }: Pick<Ports, 'reads'>): QueryUseCase<PageOfParty, Page<Order>> =>
  async (input, actor) => {
    const party = partyOf(input, actor);
    if (!party.ok) return party;
    const page = pageArguments(input);
    const found =
      'enterpriseId' in party.value
        ? await reads.list('ordersOfEnterprise', party.value, page)
        : await reads.list('ordersOfProvider', party.value, page);
    return ok({ ...found, items: found.items.filter((order) => maySee(actor, belongsToParties(order))) });
  };

/** An order with the voucher that its signature generated. */
export const makeReadOrder =
  ({ reads }: Pick<Ports, 'reads'>): QueryUseCase<{ orderId: string }, OrderWithVoucher> =>
  async ({ orderId }, actor) => {
    const order = await visibleOrder(reads, orderId, actor);
    if (!order.ok) return order;
    const { voucherId } = order.value;
    const voucher = voucherId === undefined ? undefined : await reads.get('voucher', { id: voucherId });
    return ok({ order: order.value, ...(voucher ? { voucher } : {}) });
  };

/** What the signature of an answered order would issue, and who then pays what. */
export interface SigningPreview {
  readonly order: Order;
  readonly signing: Signing;
  readonly funding: FundingStack;
}

/** Shows what signing the contract as it is would issue, and why (clause 六). Holds nothing. */
export const makePreviewSigning =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async ({ orderId, at }: { orderId: string; at: number }, actor: Actor): Promise<Result<SigningPreview>> => {
    const order = await visibleOrder(reads, orderId, actor);
    if (!order.ok) return order;
    const { contract, status } = order.value;
    if (status !== 'answered' || !contract)
      return refuse('wrong-state', { values: { state: status, allowed: 'answered' } });
    const signing = await signingOf(reads, order.value, contract, at);
    if (!signing.ok) return signing;
    const voucher = signing.value.voucher ? signing.value.entitlement.amount : fen(0);
    const topUps = signing.value.voucher ? topUpTotal(signing.value.localTopUps) : fen(0);
    return ok({
      order: order.value,
      signing: signing.value,
      funding: fundingStack(contract.listPrice, contract.discount, voucher, topUps),
    });
  };
