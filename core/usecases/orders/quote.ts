import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import type { OfferingVersion } from '../../catalogue/offering.ts';
import { type Fen, fen, LARGEST_READABLE } from '../../money/money.ts';
import type { PinnedPolicy, VoucherChoice } from '../../orders/order.ts';
import { openPlan } from '../../policy/current-plan.ts';
import type { Plan } from '../../policy/plan.ts';
import type { Reads } from '../../ports/store.ts';
import type { Organisation } from '../../registry/organisation.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { type Entitled, entitleNow, type Parties, pin } from './limits.ts';

export interface QuoteRequest {
  readonly enterprise: Organisation;
  readonly version: OfferingVersion;
  readonly quantity: number;
  readonly choice: VoucherChoice;
  /** Epoch ms. */
  readonly at: number;
}

/** What an order would come to now, by its estimated fee. */
export interface Quote extends Entitled {
  readonly fee: Fen;
  readonly plan: Plan;
  readonly policy: PinnedPolicy;
}

/** Price × quantity of the pinned version. Refuses with `fee-too-large`. */
export function estimateFee(version: OfferingVersion, quantity: number): Result<Fen> {
  const fee = version.price * quantity;
  return fee <= LARGEST_READABLE ? ok(fen(fee)) : refuse('fee-too-large');
}

/** The entitlement of an order on its estimated fee (clause 六), under the plan of this year. */
export async function quote(reads: Reads, request: QuoteRequest): Promise<Result<Quote>> {
  const { enterprise, version, quantity, choice, at } = request;
  const fee = estimateFee(version, quantity);
  if (!fee.ok) return fee;
  const plan = await openPlan(reads, yearOf(businessDateOf(at)), at);
  if (!plan.ok) return plan;
  if (!version.voucherSupported && choice.use !== 'none') return refuse('offering-without-vouchers');
  const policy = pin(plan.value);
  const lines = [{ kind: version.kind, fee: fee.value }];
  const entitled = await entitleNow(reads, plan.value.year, partiesOf(enterprise, version), policy, { lines, choice });
  return ok({ fee: fee.value, plan: plan.value, policy, ...entitled });
}

const partiesOf = ({ uscc, jurisdiction }: Organisation, { providerId }: OfferingVersion): Parties => ({
  enterpriseUscc: uscc,
  jurisdiction,
  providerId,
});
