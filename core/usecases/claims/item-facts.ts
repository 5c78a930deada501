import { businessDateOf } from '../../calendar/business-date.ts';
import type { ClaimItem } from '../../claims/claim.ts';
import { filesOf } from '../../claims/evidence.ts';
import { findingsOf, overlapsWith } from '../../claims/findings.ts';
import { fen } from '../../money/money.ts';
import { parametersOf } from '../../policy/current-plan.ts';
import type { Reads } from '../../ports/store.ts';
import type { Finding } from '../../registry/certification.ts';
import { topUpTotal } from '../../topups/top-up.ts';
import { subsidisedServices } from '../orders/subsidised-services.ts';

/** The automatic findings of an item on what is known now. Throws when records are gone that nothing may delete. */
export async function findingsNow(reads: Reads, item: ClaimItem, at: number): Promise<Finding[]> {
  const [voucher, order, enterprise, provider, parameters] = await Promise.all([
    reads.get('voucher', { id: item.voucherId }),
    reads.get('order', { id: item.orderId }),
    reads.get('organisation', { id: item.enterpriseId }),
    reads.get('organisation', { id: item.providerId }),
    parametersOf(reads, item.year, at),
  ]);
  const contract = order?.contract;
  if (!voucher || !order || !contract || !enterprise || !provider)
    throw new Error(`claim item ${item.id} lost its records`);
  const [offering, files, services] = await Promise.all([
    reads.get('offeringVersion', { offeringId: order.offeringId, number: order.offeringNumber }),
    filesNow(reads, item),
    subsidisedServices(reads, item.enterpriseId),
  ]);
  if (!offering) throw new Error(`claim item ${item.id} lost its offering`);
  return findingsOf({
    evidence: item,
    enterprise,
    provider,
    face: fen(voucher.face),
    localTopUps: topUpTotal(voucher.localTopUps),
    contractSha256: voucher.contractSha256,
    order,
    contract,
    marketPrice: fen(offering.marketPrice.price),
    parameters,
    files,
    overlaps: overlapsWith(voucher.number, contract, services),
    today: businessDateOf(at),
  });
}

async function filesNow(reads: Reads, item: ClaimItem) {
  const wanted = filesOf(item);
  const documents = await reads.getMany(
    'document',
    wanted.map(({ documentId }) => ({ id: documentId })),
  );
  const hashes = new Map(documents.map(({ id, sha256 }) => [id, sha256]));
  return Promise.all(
    wanted.map(async ({ pointer, documentId }) => {
      const sha256 = hashes.get(documentId) ?? '';
      const owner = await reads.uniqueOwner('evidence-document', sha256);
      return { pointer, sha256, usedElsewhere: owner !== undefined && owner !== item.id };
    }),
  );
}
