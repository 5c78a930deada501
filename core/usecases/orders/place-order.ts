import { type BusinessDate, businessDateOf, yearOf } from '../../calendar/business-date.ts';
import { holdingPosting } from '../../ledger/holding.ts';
import { born } from '../../lifecycle/record.ts';
import { formatYuan } from '../../money/money.ts';
import type { Entitlement, Order, VoucherChoice } from '../../orders/order.ts';
import { periodIssues } from '../../orders/period.ts';
import type { Place } from '../../orders/place.ts';
import { reservedUntil } from '../../orders/reservation.ts';
import { checkSameService } from '../../orders/same-service.ts';
import { joins, type WaitingList } from '../../orders/waiting-list.ts';
import { parametersOf } from '../../policy/current-plan.ts';
import { planOn } from '../../policy/plan-version.ts';
import { quotasOf } from '../../policy/quotas.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change } from '../../ports/store.ts';
import { ok, refuse, refuseAll } from '../../result.ts';
import { refuseNothingLeft } from '../../subsidy/nothing-left.ts';
import { atArmsLength, certifiedEnterprise, certifiedProvider, publishedVersion } from './parties.ts';
import { estimateFee, quote } from './quote.ts';
import { knownServices } from './service-history.ts';
import { changeList, onList } from './waiting.ts';

export interface PlaceOrder {
  readonly offeringId: string;
  /** The version the enterprise looked at. */
  readonly offeringNumber: number;
  readonly quantity: number;
  readonly wantedFrom: BusinessDate;
  readonly wantedTo: BusinessDate;
  readonly choice: VoucherChoice;
  /** What is to happen when fund or spec have too little for all of it: take what there is, wait for the rest, or nothing. */
  readonly whenShort: 'smaller' | 'wait' | 'refuse';
}

/**
 * A certified enterprise orders the published version of a certified provider's offering and, if it chose a voucher,
 * has it reserved in the same transaction: money of the fund, amount and count of the spec, yearly cap (clauses 一-(一),
 * 一-(二), 五-(一), 五-(三), 六). The reservation ends after the plan's working days, and with the year. When the money is
 * short it may take a place in the waiting list for the rest, behind everybody who came before.
 */
export const makePlaceOrder =
  ({ reads, calendar }: Ports): CommandUseCase<PlaceOrder, Order> =>
  async (input, command) => {
    const [enterprise, found] = await Promise.all([
      certifiedEnterprise(reads, command.actor),
      publishedVersion(reads, input.offeringId),
    ]);
    if (!enterprise.ok) return enterprise;
    if (!found.ok) return found;
    const version = found.value;
    if (version.number !== input.offeringNumber)
      return refuse('offering-version-superseded', { values: { current: version.number } });
    const today = businessDateOf(command.at);
    const planYear = yearOf(today);
    const [provider, { longestContractDays }] = await Promise.all([
      certifiedProvider(reads, version.providerId),
      parametersOf(reads, planYear, command.at),
    ]);
    if (!provider.ok) return provider;
    const separate = atArmsLength(enterprise.value, provider.value);
    if (!separate.ok) return separate;
    const fee = estimateFee(version, input.quantity);
    if (!fee.ok) return fee;

    const period = refuseAll(periodIssues(input.wantedFrom, input.wantedTo, longestContractDays, '/wantedTo'));
    if (!period.ok) return period;

    const id = command.newId('ord');
    const placed: Order = {
      id,
      ...born(command.at),
      status: 'placed',
      enterpriseId: enterprise.value.id,
      enterpriseName: enterprise.value.name,
      enterpriseUscc: enterprise.value.uscc,
      jurisdiction: enterprise.value.jurisdiction,
      providerId: provider.value.id,
      providerName: provider.value.name,
      offeringId: version.offeringId,
      offeringNumber: version.number,
      offeringName: version.name,
      kind: version.kind,
      category: version.category,
      quantity: input.quantity,
      estimatedFee: fee.value,
      wantedFrom: input.wantedFrom,
      wantedTo: input.wantedTo,
      choice: input.choice,
      planYear,
      policyVersion: 0,
    };
    if (input.choice.use === 'none') {
      const plan = await reads.get('plan', { year: planYear });
      const order = { ...placed, policyVersion: plan ? planOn(plan, today).policyVersion : 0 };
      return ok({ result: order, changes: [{ do: 'create', entity: 'order', value: order }] });
    }

    const quoted = await quote(reads, {
      enterprise: enterprise.value,
      version,
      quantity: input.quantity,
      choice: input.choice,
      at: command.at,
    });
    if (!quoted.ok) return quoted;
    const { plan, policy, entitlement, unlimited, list } = quoted.value;
    const short = entitlement.amount < unlimited.amount;
    if (short && input.whenShort === 'refuse') {
      const values = { now: formatYuan(entitlement.amount), full: formatYuan(unlimited.amount) };
      return refuse('voucher-would-be-smaller', { values });
    }
    const waits = short && input.whenShort === 'wait';
    const waitingList = waits ? (list ?? (await reads.get('waitingList', { year: planYear }))) : undefined;
    if (entitlement.amount === 0 && !waits) {
      return short && list ? refuse('waiting-list-ahead') : refuseNothingLeft(entitlement, planYear);
    }
    // Days are counted when the contract is signed: until then the whole amount is held, whatever will be found.
    const services = await knownServices(reads, placed);
    const findings = checkSameService(
      services.live,
      { kinds: [version.kind], from: input.wantedFrom, to: input.wantedTo },
      policy.parameters.renewalOfSameService,
    );
    if (!findings.ok) return findings;

    const order: Order = {
      ...placed,
      policyVersion: policy.policyVersion,
      policy,
      reservation: entitlement,
      ...(waits ? { waiting: placeFor(unlimited, waitingList, planYear, command.at) } : {}),
      reservedUntil: reservedUntil(today, plan, await calendar()),
      ...(findings.value.length > 0 ? { findings: findings.value } : {}),
    };
    const posting = holdingPosting({
      id: `led_reserve_${id}`,
      year: planYear,
      at: command.at,
      reason: 'reserve',
      reference: { entity: 'order', id },
      orderId: id,
      actor: command.actor.sub,
      after: { account: 'reserved', parts: entitlement.parts },
      uscc: order.enterpriseUscc,
      quotas: quotasOf(policy.parameters, order),
      cap: policy.parameters.yearlyCap,
    });
    const changes: Change[] = [{ do: 'create', entity: 'order', value: order }];
    if (entitlement.amount > 0) changes.push({ do: 'post', posting, pastWaitingList: list !== undefined });
    if (waits) changes.push(...changeList(waitingList, planYear, [joins(order)], command.at));
    else if (list) changes.push(onList(list));
    return ok({ result: order, changes });
  };

/** A place for an order of one kind, so of one spec. */
const placeFor = ({ amount, parts }: Entitlement, list: WaitingList | undefined, year: number, at: number): Place => ({
  since: at,
  year,
  number: (list?.taken ?? 0) + 1,
  specId: parts[0]?.specId ?? '',
  wanted: amount,
});
