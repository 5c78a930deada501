import type { ClaimItem, ClaimItemStatus, ClaimStatus } from '../../claims/claim.ts';
import type { Evidence } from '../../claims/evidence.ts';
import { revise } from '../../lifecycle/record.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';
import type { EvidenceInput } from './add-item.ts';
import { releasePapers, takeEvidence } from './check-evidence.ts';
import { findingsNow } from './item-facts.ts';
import { visibleItem } from './read-claim.ts';

export interface ChangeItem {
  readonly claimId: string;
  readonly itemId: string;
  readonly evidence: EvidenceInput;
}

const openClaims: readonly ClaimStatus[] = ['draft', 'returned'];
const openItems: readonly ClaimItemStatus[] = ['draft', 'returned'];

/** Replaces the evidence of an item; after a return only the items that were sent back are open (clause 七-(一)). */
export const makeChangeItem =
  ({ reads }: Ports): CommandUseCase<ChangeItem, ClaimItem> =>
  async ({ evidence, ...ids }, command) => {
    const visible = await visibleItem(reads, ids, command.actor);
    if (!visible.ok) return visible;
    const { claim, item } = visible.value;
    if (!openClaims.includes(claim.status)) {
      return refuse('wrong-state', { values: { state: claim.status, allowed: openClaims.join('、') } });
    }
    if (!openItems.includes(item.status)) {
      return refuse('wrong-state', { values: { state: item.status, allowed: openItems.join('、') } });
    }
    const seen = seenBy(command, item);
    if (!seen.ok) return seen;
    const order = await reads.get('order', { id: item.orderId });
    if (!order?.contract) throw new Error(`claim item ${item.id} has no contract`);
    const given: Evidence = {
      ...evidence,
      contractDocumentId: evidence.contractDocumentId ?? order.contract.documentId,
    };
    const taken = await takeEvidence(reads, given, {
      itemId: item.id,
      providerId: claim.providerId,
      orderContractDocumentId: order.contract.documentId,
    });
    if (!taken.ok) return taken;
    const { usage: _replaced, ...rest } = item;
    const changed = revise<ClaimItem>(rest, command.at, {
      ...given,
      ...(item.status === 'returned' ? { correctedAt: command.at } : {}),
    });
    const value = { ...changed, findings: await findingsNow(reads, changed, command.at) };
    return ok({
      result: value,
      changes: [
        { do: 'update', entity: 'claimItem', value, from: openItems, audit: { action: 'change' } },
        // Filing at the same moment would take in something else than what was filed.
        { do: 'check', entity: 'claim', id: { id: claim.id }, version: claim.version },
        ...taken.value,
        ...releasePapers(item.id, item, given),
      ],
    });
  };
