import { type Actor, maySee } from '../../actors/actor.ts';
import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import type { Voucher } from '../../orders/voucher.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import { pageArguments } from '../../ports/pages.ts';
import type { Page, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { type PageOfParty, partyOf } from '../orders/read-orders.ts';
import { belongsToParties } from '../orders/stored-order.ts';

async function visibleVoucher(reads: Pick<Reads, 'get'>, id: string, actor: Actor): Promise<Result<Voucher>> {
  const voucher = await reads.get('voucher', { id });
  return voucher && maySee(actor, belongsToParties(voucher)) ? ok(voucher) : refuse('not-found');
}

/** Vouchers of an enterprise, newest first, or accepted by a provider, in order of use. */
export const makeListVouchers =
  ({ reads }: Pick<Ports, 'reads'>): QueryUseCase<PageOfParty, Page<Voucher>> =>
  async (input, actor) => {
    const party = partyOf(input, actor);
    if (!party.ok) return party;
    const page = pageArguments(input);
    const found =
      'enterpriseId' in party.value
        ? await reads.list('vouchersOfEnterprise', party.value, page)
        : await reads.list('vouchersOfProvider', party.value, page);
    return ok({ ...found, items: found.items.filter((voucher) => maySee(actor, belongsToParties(voucher))) });
  };

export const makeReadVoucher =
  ({ reads }: Pick<Ports, 'reads'>): QueryUseCase<{ voucherId: string }, Voucher> =>
  ({ voucherId }, actor) =>
    visibleVoucher(reads, voucherId, actor);

export interface RegisterPage {
  /** Absent: this year. */
  readonly year?: number | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Epoch ms. */
  readonly at: number;
}

/** The public register of enterprises that obtained vouchers in a year, in order of use (clause 八-(二)). */
export const makeReadRegister =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async ({ year, at, ...page }: RegisterPage): Promise<Result<Page<Voucher>>> =>
    ok(await reads.list('vouchersOfYear', { year: year ?? yearOf(businessDateOf(at)) }, pageArguments(page)));
