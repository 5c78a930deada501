import type { Actor } from '../../actors/actor.ts';
import { ZERO } from '../../money/money.ts';
import type { VoucherChoice } from '../../orders/order.ts';
import type { Ports } from '../../ports/context.ts';
import { ok, type Result } from '../../result.ts';
import { type FundingStack, fundingStack } from '../../subsidy/funding.ts';
import { type TopUp, topUpTotal } from '../../topups/top-up.ts';
import { schemeOf, topUpsNow } from '../topups/top-ups-now.ts';
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
  /** What local policies would add (clause 一-(三)). */
  readonly localTopUps: readonly TopUp[];
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
    const { fee, plan, policy, entitlement } = quoted.value;
    const { jurisdiction, uscc } = enterprise.value;
    const scheme = await schemeOf(reads, { jurisdiction, planYear: plan.year });
    const localTopUps = await topUpsNow(reads, scheme, uscc, {
      lines: [{ kind: version.value.kind, fee }],
      parts: entitlement.parts,
      ownShareFloor: policy.parameters.ownShareFloor,
    });
    const funding = fundingStack(fee, ZERO, entitlement.amount, topUpTotal(localTopUps));
    return ok({ ...quoted.value, offeringId, offeringNumber: version.value.number, localTopUps, funding });
  };
