import { addDays, businessDate } from '../../calendar/business-date.ts';
import { categoryOf } from '../../catalogue/kinds.ts';
import { holdingPosting } from '../../ledger/holding.ts';
import { born, revise } from '../../lifecycle/record.ts';
import { contractNumberKey } from '../../orders/contract.ts';
import { type Contract, type Order, orderTransitions } from '../../orders/order.ts';
import { checkSameService } from '../../orders/same-service.ts';
import type { Voucher } from '../../orders/voucher.ts';
import { voucherNumber } from '../../orders/voucher-number.ts';
import { quotasOf } from '../../policy/quotas.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change } from '../../ports/store.ts';
import { ok, refuse } from '../../result.ts';
import { refuseNothingLeft } from '../../subsidy/nothing-left.ts';
import { grantTopUps } from '../../topups/movements.ts';
import { certifiedEnterprise, certifiedProvider } from './parties.ts';
import { recordServices } from './service-history.ts';
import { type Signing, signingOf } from './signing.ts';
import { freeContractNumber, type OrderWithVoucher, orderFor, withinReservation } from './stored-order.ts';
import { leaving, onList } from './waiting.ts';

export interface SignOrder {
  readonly orderId: string;
}

/**
 * The enterprise signs the contract, and the system generates the voucher: one transaction that checks and takes fund,
 * spec amount, spec count, yearly cap, the contract's number and the days of each service together (clauses 六, 一-(二),
 * 五-(一), 五-(三)). The reservation becomes the voucher; what it doesn't need is released, and if the fee grew, more is
 * taken as far as the limits allow. Whoever signs while it waits takes what it was given so far, and leaves the waiting
 * list. The voucher's priority is the time of this command.
 */
export const makeSignOrder =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<SignOrder, OrderWithVoucher> =>
  async ({ orderId }, command) => {
    const transition = orderTransitions.sign;
    const found = await orderFor(reads, orderId, command, transition);
    if (!found.ok) return found;
    const order = found.value;
    const { contract } = order;
    if (!contract)
      return refuse('wrong-state', { values: { state: order.status, allowed: transition.from.join('、') } });
    const open = withinReservation(order, command.at);
    if (!open.ok) return open;
    // What doesn't depend on each other is asked for at once, and travels in one read.
    const [free, enterprise, provider, signing] = await Promise.all([
      freeContractNumber(reads, order, contract.number),
      certifiedEnterprise(reads, command.actor),
      certifiedProvider(reads, order.providerId),
      signingOf(reads, order, contract, command.at),
    ]);
    if (!free.ok) return free;
    if (!enterprise.ok) return enterprise;
    if (!provider.ok) return provider;
    if (!signing.ok) return signing;

    const fields: { -readonly [K in keyof Order]?: Order[K] } = { status: transition.to, signedAt: command.at };
    const changes: Change[] = [
      // Certified still when this is written (clause 二-(一): checked again at issue).
      { do: 'check', entity: 'organisation', id: { id: enterprise.value.id }, version: enterprise.value.version },
      {
        do: 'claim-unique',
        kind: 'contract-number',
        key: contractNumberKey(order.providerId, contract.number),
        owner: order.id,
        rule: 'contract-number-used',
      },
    ];
    let voucher: Voucher | undefined;
    if (signing.value.voucher) {
      const { policy, entitlement, services, wanted, serviceDays, list } = signing.value;
      const findings = checkSameService(services.live, wanted, policy.parameters.renewalOfSameService);
      if (!findings.ok) return findings;
      if (entitlement.amount === 0) return refuseNothingLeft(entitlement, order.planYear);
      voucher = issue(order, contract, signing.value, command);
      fields.voucherId = voucher.id;
      fields.findings = findings.value;
      if (serviceDays.size > 0) fields.serviceDays = [...serviceDays].map(([kind, days]) => ({ kind, ...days }));
      changes.push({ do: 'create', entity: 'voucher', value: voucher });
      const categories = entitlement.parts.map(({ category }) => category);
      const subsidised = wanted.kinds.filter((kind) => categories.includes(categoryOf(kind)));
      changes.push(recordServices(services, voucher, subsidised, wanted, command.at));
      // What it takes beside its own reservation is nothing that anybody waits for.
      if (list && !order.waiting) changes.push(onList(list));
      changes.push(...grantTopUps(voucher, signing.value.scheme, command));
      changes.push({
        do: 'post',
        pastWaitingList: list !== undefined,
        posting: holdingPosting({
          id: `led_issue_${voucher.id}`,
          year: voucher.year,
          at: command.at,
          reason: 'issue',
          reference: { entity: 'voucher', id: voucher.id },
          orderId: order.id,
          actor: command.actor.sub,
          before: { account: 'reserved', parts: order.reservation?.parts ?? [] },
          after: { account: 'active', parts: entitlement.parts },
          uscc: order.enterpriseUscc,
          quotas: voucher.quotas,
          cap: policy.parameters.yearlyCap,
        }),
      });
    }
    const { waiting: _, ...unwaiting } = order;
    const signed = revise<Order>(unwaiting, command.at, fields);
    changes.push(...(await leaving(reads, [order], command.at)));
    changes.push({
      do: 'update',
      entity: 'order',
      value: signed,
      from: transition.from,
      audit: { action: transition.name },
    });
    return ok({ result: { order: signed, ...(voucher ? { voucher } : {}) }, changes });
  };

/** The voucher of a signed contract: named, bound to order, provider, contract file and year (clause 一-(二)). */
function issue(
  order: Order,
  contract: Contract,
  { policy, entitlement, localTopUps }: Extract<Signing, { voucher: true }>,
  command: Command,
): Voucher {
  const id = command.newId('vch');
  const quotas = quotasOf(policy.parameters, order);
  return {
    id,
    ...born(command.at),
    status: 'active',
    number: voucherNumber(id, order.planYear, entitlement.parts),
    year: order.planYear,
    policyVersion: policy.policyVersion,
    enterpriseId: order.enterpriseId,
    enterpriseName: order.enterpriseName,
    enterpriseUscc: order.enterpriseUscc,
    jurisdiction: order.jurisdiction,
    providerId: order.providerId,
    providerName: order.providerName,
    orderId: order.id,
    contractSha256: contract.sha256,
    face: entitlement.amount,
    issuedFace: entitlement.amount,
    parts: entitlement.parts,
    activeAt: command.at,
    expiresOn: addDays(businessDate(contract.endsOn), policy.parameters.voucherValidityDays),
    receipt: entitlement.trace,
    ...(quotas ? { quotas } : {}),
    ...(localTopUps.length > 0 ? { localTopUps: [...localTopUps] } : {}),
  };
}
