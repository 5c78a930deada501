import type { Actor } from '../../actors/actor.ts';
import { ZERO } from '../../money/money.ts';
import type { VoucherChoice } from '../../orders/order.ts';
import type { Ports } from '../../ports/context.ts';
import { ok, type Result } from '../../result.ts';
import { type FundingStack, fundingStack } from '../../subsidy/funding.ts';
import { certifiedEnterprise, certifiedProvider, publishedVersion } from './parties.ts';
import { type Quote, quote } from './quote.ts';

export interface PreviewEntitlement {
  readonly offeringId: string;
  readonly quantity: number;
  readonly choice: VoucherChoice;
  /** Epoch ms. */
  readonly at: number;
}

export interface Preview extends Quote {
  readonly offeringId: string;
  readonly offeringNumber: number;
  readonly funding: FundingStack;
}

/** Shows what an order's voucher would be and why, before anything is ordered (clause 六). Holds nothing. */
export const makePreviewEntitlement =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async ({ offeringId, quantity, choice, at }: PreviewEntitlement, actor: Actor): Promise<Result<Preview>> => {
    const enterprise = await certifiedEnterprise(reads, actor);
    if (!enterprise.ok) return enterprise;
    const version = await publishedVersion(reads, offeringId);
    if (!version.ok) return version;
    const provider = await certifiedProvider(reads, version.value.providerId);
    if (!provider.ok) return provider;
    const quoted = await quote(reads, { enterprise: enterprise.value, version: version.value, quantity, choice, at });
    if (!quoted.ok) return quoted;
    const funding = fundingStack(quoted.value.fee, ZERO, quoted.value.entitlement.amount);
    return ok({ ...quoted.value, offeringId, offeringNumber: version.value.number, funding });
  };
