import { businessDateOf } from '../../calendar/business-date.ts';
import type { Document } from '../../documents/document.ts';
import { shareDocument } from '../../documents/share.ts';
import { postAcrossYears } from '../../ledger/across-years.ts';
import { holdingPosting } from '../../ledger/holding.ts';
import { revise } from '../../lifecycle/record.ts';
import { type Fen, sum } from '../../money/money.ts';
import { deliveredLines } from '../../orders/delivery.ts';
import {
  type Contract,
  type EntitlementPart,
  type Order,
  orderTransitions,
  type TraceStep,
} from '../../orders/order.ts';
import { validAfterUse } from '../../orders/validity.ts';
import { fundYearOf, type Voucher, voucherTransitions } from '../../orders/voucher.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { entitlementAfterDelivery } from '../../subsidy/entitlement.ts';
import { topUpsAfterDelivery } from '../../topups/compute-top-ups.ts';
import { giveBackTopUps, useTopUps } from '../../topups/movements.ts';
import type { TopUp } from '../../topups/top-up.ts';
import { linesOf } from './signing.ts';
import { type OrderWithVoucher, orderFor } from './stored-order.ts';

/** What the enterprise says of the delivery (clause 六). */
export type ConfirmDelivery = { readonly orderId: string; readonly documentId?: string } & (
  | { readonly outcome: 'full' }
  /** Delivered fee per line of the contract, in its order. */
  | { readonly outcome: 'part'; readonly deliveredFees: readonly Fen[]; readonly reason: string }
  | { readonly outcome: 'not-performed'; readonly reason: string }
);

const transitions = {
  full: orderTransitions.confirmDelivery,
  part: orderTransitions.confirmPartDelivery,
  'not-performed': orderTransitions.reportNotPerformed,
} as const;

/**
 * The enterprise confirms the delivery. In full: the voucher is used. In part: its face is computed again on the
 * delivered fee, and the rest goes back to fund, spec and yearly cap. Not performed: the voucher ends and gives back
 * all that it held, its count too (clauses 六, 五-(一)). A voucher that expired before stays as it is.
 */
export const makeConfirmDelivery =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<ConfirmDelivery, OrderWithVoucher> =>
  async (input, command) => {
    const transition = transitions[input.outcome];
    const found = await orderFor(reads, input.orderId, command, transition);
    if (!found.ok) return found;
    const order = found.value;
    const { contract } = order;
    if (!contract)
      return refuse('wrong-state', { values: { state: order.status, allowed: transition.from.join('、') } });
    const evidence = await checkEvidence(reads, input.documentId, order.enterpriseId);
    if (!evidence.ok) return evidence;
    if (input.outcome !== 'not-performed' && businessDateOf(command.at) < contract.startsOn) {
      return refuse('service-not-started', { values: { from: contract.startsOn } });
    }

    const shared = evidence.value ? shareDocument(evidence.value, order.providerId, command.at) : [];
    const stored = order.voucherId ? await reads.get('voucher', { id: order.voucherId }) : undefined;
    // Past its last day it has expired, swept up or not: a late confirmation must not give it a new one.
    const alive = stored?.status === 'active' && businessDateOf(command.at) <= stored.expiresOn;
    const voucher = alive ? stored : undefined;
    const outcome = outcomeOf(input, order, contract, voucher, command);
    if (!outcome.ok) return outcome;
    const { result, changes } = outcome.value;
    const reason = 'reason' in input ? input.reason : undefined;
    const ended = revise(order, command.at, {
      status: transition.to,
      deliveredAt: command.at,
      ...result.fields,
      ...(input.documentId ? { deliveryDocumentId: input.documentId } : {}),
      ...(reason ? { endReason: reason } : {}),
    });
    const update: Change = {
      do: 'update',
      entity: 'order',
      value: ended,
      from: transition.from,
      audit: { action: transition.name, ...(reason ? { note: reason } : {}) },
    };
    const shown = result.voucher ?? stored;
    return ok({
      result: { order: ended, ...(shown ? { voucher: shown } : {}) },
      changes: [update, ...changes, ...shared],
    });
  };

interface Outcome {
  readonly fields: Pick<Order, 'deliveredFee' | 'deliveredLines'>;
  readonly voucher?: Voucher;
}

function outcomeOf(
  input: ConfirmDelivery,
  order: Order,
  contract: Contract,
  voucher: Voucher | undefined,
  command: Command,
): Result<Decision<Outcome>> {
  switch (input.outcome) {
    case 'full': {
      const fields = { deliveredFee: contract.fee };
      if (!voucher) return ok({ result: { fields }, changes: [] });
      const used = use(voucher, order, command);
      const topUps = useTopUps(voucher, voucher.localTopUps ?? [], command);
      return ok({ result: { fields, voucher: used }, changes: [useVoucher(used), ...topUps] });
    }
    case 'part': {
      const lines = deliveredLines(contract, input.deliveredFees);
      if (!lines.ok) return lines;
      const fees = lines.value.map(({ fee }) => fee);
      const fields = { deliveredFee: sum(fees), deliveredLines: fees };
      if (!voucher || !order.policy) return ok({ result: { fields }, changes: [] });
      const overlapping = new Map(order.serviceDays?.map(({ kind, ...days }) => [kind, days]));
      const counted = linesOf({ lines: lines.value }, overlapping);
      const kept = entitlementAfterDelivery(order.policy, { lines: counted, parts: voucher.parts });
      const receipt = [...voucher.receipt, ...kept.trace];
      const topUps = topUpsAfterDelivery(
        { lines: counted, parts: kept.parts, ownShareFloor: order.policy.parameters.ownShareFloor },
        voucher.localTopUps ?? [],
      );
      const changed =
        kept.amount === 0
          ? voidVoucher(voucher, command, input.reason, receipt)
          : keepPart(voucher, order, command, kept.parts, receipt, topUps);
      return ok({ result: { fields, voucher: changed.voucher }, changes: changed.changes });
    }
    case 'not-performed': {
      if (!voucher) return ok({ result: { fields: {} }, changes: [] });
      const ended = voidVoucher(voucher, command, input.reason, voucher.receipt);
      return ok({ result: { fields: {}, voucher: ended.voucher }, changes: ended.changes });
    }
  }
}

interface ChangedVoucher {
  readonly voucher: Voucher;
  readonly changes: Change[];
}

/** The voucher as used today: claimable at least to the end of the next claim window that opens. */
const use = (voucher: Voucher, { policy }: Order, command: Command): Voucher =>
  revise(voucher, command.at, {
    status: voucherTransitions.use.to,
    ...(policy ? { expiresOn: validAfterUse(businessDateOf(command.at), voucher.expiresOn, policy.parameters) } : {}),
  });

const useVoucher = (used: Voucher): Change => ({
  do: 'update',
  entity: 'voucher',
  value: used,
  from: voucherTransitions.use.from,
  audit: { action: voucherTransitions.use.name },
});

function keepPart(
  voucher: Voucher,
  order: Order,
  command: Command,
  parts: EntitlementPart[],
  receipt: TraceStep[],
  topUps: TopUp[],
): ChangedVoucher {
  const face = sum(parts.map((part) => part.amount));
  const used: Voucher = {
    ...use(voucher, order, command),
    face,
    parts,
    receipt,
    ...(voucher.localTopUps ? { localTopUps: topUps } : {}),
  };
  const local = useTopUps(voucher, topUps, command);
  if (face === voucher.face) return { voucher: used, changes: [useVoucher(used), ...local] };
  return {
    voucher: used,
    changes: [useVoucher(used), ...local, ...settle(voucher, command, 'reduce', parts)],
  };
}

function voidVoucher(voucher: Voucher, command: Command, reason: string, receipt: TraceStep[]): ChangedVoucher {
  const transition = voucherTransitions.void;
  const ended = revise(voucher, command.at, { status: transition.to, endReason: reason, receipt });
  return {
    voucher: ended,
    changes: [
      {
        do: 'update',
        entity: 'voucher',
        value: ended,
        from: transition.from,
        audit: { action: transition.name, note: reason },
      },
      ...settle(voucher, command, 'void', []),
      ...giveBackTopUps(voucher, 'void', command),
    ],
  };
}

const settle = (voucher: Voucher, command: Command, reason: 'reduce' | 'void', kept: readonly EntitlementPart[]) =>
  postAcrossYears(
    holdingPosting({
      id: `led_${reason}_${voucher.id}`,
      year: voucher.year,
      at: command.at,
      reason,
      reference: { entity: 'voucher', id: voucher.id },
      orderId: voucher.orderId,
      actor: command.actor.sub,
      before: { account: 'active', parts: voucher.parts },
      after: { account: 'active', parts: kept },
      uscc: voucher.enterpriseUscc,
      quotas: voucher.quotas,
      // Only giving back: the cap itself is not asked.
      cap: 0,
    }),
    fundYearOf(voucher),
  );

async function checkEvidence(
  reads: Pick<Reads, 'get'>,
  documentId: string | undefined,
  enterpriseId: string,
): Promise<Result<Document | undefined>> {
  if (documentId === undefined) return ok(undefined);
  const document = await reads.get('document', { id: documentId });
  const usable =
    document?.organisationId === enterpriseId &&
    document.purpose === 'delivery-evidence' &&
    document.status === 'accepted';
  return usable
    ? ok(document)
    : refuse('delivery-document-unusable', {
        issues: [{ pointer: '/documentId', rule: 'delivery-document-unusable' }],
      });
}
