import { businessDateOf } from '../../calendar/business-date.ts';
import { type Claim, type ClaimItem, claimItemTransitions } from '../../claims/claim.ts';
import { type Evidence, itemIdOf } from '../../claims/evidence.ts';
import { born, revise } from '../../lifecycle/record.ts';
import { add, fen } from '../../money/money.ts';
import type { Contract, Order } from '../../orders/order.ts';
import { type Voucher, voucherTransitions } from '../../orders/voucher.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { takeEvidence } from './check-evidence.ts';
import { findingsNow } from './item-facts.ts';
import { visibleClaim } from './read-claim.ts';

export type EvidenceInput = Omit<Evidence, 'contractDocumentId'> & {
  /** The signed contract of the order unless another file is given. */
  readonly contractDocumentId?: string;
};

export interface AddItem {
  readonly claimId: string;
  readonly voucherId: string;
  readonly evidence: EvidenceInput;
}

/**
 * Puts a used voucher with its evidence into a draft claim (clause 七-(一)). The voucher is claimed in the same
 * transaction, so that it is in one claim only.
 */
export const makeAddItem =
  ({ reads }: Ports): CommandUseCase<AddItem, ClaimItem> =>
  async ({ claimId, voucherId, evidence }, command) => {
    const visible = await visibleClaim(reads, claimId, command.actor);
    if (!visible.ok) return visible;
    const claim = visible.value;
    if (claim.status !== 'draft') return refuse('wrong-state', { values: { state: claim.status, allowed: 'draft' } });
    const claimable = await claimableVoucher(reads, voucherId, claim, command.at);
    if (!claimable.ok) return claimable;
    const { voucher, order, contract } = claimable.value;

    const id = itemIdOf(voucher.id);
    const given: Evidence = { ...evidence, contractDocumentId: evidence.contractDocumentId ?? contract.documentId };
    const taken = await takeEvidence(reads, given, {
      itemId: id,
      providerId: claim.providerId,
      orderContractDocumentId: contract.documentId,
    });
    if (!taken.ok) return taken;

    // A voucher that was taken out before comes back to its own item.
    const earlier = await reads.get('claimItem', { claimId, id });
    const drafted: ClaimItem = {
      claimId,
      id,
      ...born(command.at),
      ...(earlier ? { version: earlier.version + 1, createdAt: earlier.createdAt } : {}),
      status: 'draft',
      providerId: claim.providerId,
      voucherId: voucher.id,
      voucherNumber: voucher.number,
      orderId: order.id,
      enterpriseId: voucher.enterpriseId,
      enterpriseName: voucher.enterpriseName,
      enterpriseUscc: voucher.enterpriseUscc,
      year: voucher.year,
      activeAt: voucher.activeAt,
      asked: voucher.face,
      ...given,
      findings: [],
    };
    const item = { ...drafted, findings: await findingsNow(reads, drafted, command.at) };
    const { restore } = claimItemTransitions;
    const itemChange: Change = earlier
      ? { do: 'update', entity: 'claimItem', value: item, from: restore.from, audit: { action: restore.name } }
      : { do: 'create', entity: 'claimItem', value: item };
    return ok({
      result: item,
      changes: [
        itemChange,
        {
          do: 'update',
          entity: 'claim',
          value: revise(claim, command.at, {
            itemCount: claim.itemCount + 1,
            asked: add(fen(claim.asked), fen(item.asked)),
          }),
          from: ['draft'],
          audit: { action: 'add-item', note: voucher.number },
        },
        {
          do: 'update',
          entity: 'voucher',
          value: revise(voucher, command.at, { status: voucherTransitions.claim.to, claimId, claimItemId: id }),
          from: voucherTransitions.claim.from,
          audit: { action: voucherTransitions.claim.name },
        },
        ...taken.value,
      ],
    });
  };

/** The provider's own voucher with its order, used, of this or an earlier year, and still valid. */
async function claimableVoucher(
  reads: Reads,
  voucherId: string,
  claim: Claim,
  at: number,
): Promise<Result<{ voucher: Voucher; order: Order; contract: Contract }>> {
  const voucher = await reads.get('voucher', { id: voucherId });
  if (!voucher || voucher.providerId !== claim.providerId) {
    return refuse('not-found', { issues: [{ pointer: '/voucherId', rule: 'not-found' }] });
  }
  if (!voucherTransitions.claim.from.includes(voucher.status)) {
    return refuse('voucher-not-claimable', { values: { state: voucher.status } });
  }
  if (voucher.year > claim.year) {
    return refuse('voucher-of-later-year', { values: { voucherYear: voucher.year, year: claim.year } });
  }
  if (businessDateOf(at) > voucher.expiresOn) {
    return refuse('voucher-past-validity', { values: { expiresOn: voucher.expiresOn } });
  }
  const order = await reads.get('order', { id: voucher.orderId });
  if (!order?.contract) throw new Error(`voucher ${voucher.id} has no contract`);
  return ok({ voucher, order, contract: order.contract });
}
