import { bankSerialKey, contradictions, type Evidence, filesOf, invoiceKey } from '../../claims/evidence.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { type Issue, ok, type Result, refuseAll } from '../../result.ts';

/**
 * Refuses evidence that cannot count: an invoice or bank serial of another item (clause 五-(三)), a file that is not
 * the provider's own, accepted and of the right purpose. Gives the changes that take invoices, serials and files for
 * this item, for good. A file that another item brought before is a finding, not a refusal.
 */
export async function takeEvidence(
  reads: Reads,
  evidence: Evidence,
  owner: { readonly itemId: string; readonly providerId: string; readonly orderContractDocumentId: string },
): Promise<Result<Change[]>> {
  const issues: Issue[] = contradictions(evidence);
  const changes: Change[] = [];

  const things = papersOf(evidence);
  const owners = await Promise.all(things.map(({ kind, key }) => reads.uniqueOwner(kind, key)));
  things.forEach(({ kind, key, rule, pointer }, i) => {
    if (owners[i] === undefined) changes.push({ do: 'claim-unique', kind, key, owner: owner.itemId, rule });
    else if (owners[i] !== owner.itemId) issues.push({ pointer, rule });
  });

  const files = filesOf(evidence);
  const documents = new Map(
    (
      await reads.getMany(
        'document',
        files.map(({ documentId }) => ({ id: documentId })),
      )
    ).map((d) => [d.id, d]),
  );
  const hashes = new Set<string>();
  for (const { pointer, documentId, purpose } of files) {
    const document = documents.get(documentId);
    const own =
      document?.organisationId === owner.providerId ||
      (purpose === 'contract' && documentId === owner.orderContractDocumentId);
    if (document && own && document.status === 'accepted' && document.purpose === purpose) hashes.add(document.sha256);
    else issues.push({ pointer, rule: 'evidence-document-unusable', values: { purpose } });
  }
  const refused = refuseAll(issues);
  if (!refused.ok) return refused;

  const hashOwners = await Promise.all([...hashes].map((hash) => reads.uniqueOwner('evidence-document', hash)));
  [...hashes].forEach((key, i) => {
    if (hashOwners[i] !== undefined) return;
    // Another item that takes it at this moment makes it a finding when this is decided again.
    changes.push({ do: 'claim-unique', kind: 'evidence-document', key, owner: owner.itemId, rule: 'try-again' });
  });
  return ok(changes);
}

/** The papers of an item that count once, ever: invoices and bank serials. */
const papersOf = ({ invoices, transfers }: Pick<Evidence, 'invoices' | 'transfers'>) => [
  ...invoices.map((invoice, i) => ({
    kind: 'invoice' as const,
    key: invoiceKey(invoice),
    rule: 'invoice-already-used' as const,
    pointer: `/invoices/${i}/number`,
  })),
  ...transfers.map(({ serial }, i) => ({
    kind: 'bank-serial' as const,
    key: bankSerialKey(serial),
    rule: 'bank-serial-already-used' as const,
    pointer: `/transfers/${i}/serial`,
  })),
];

/**
 * Gives back papers of an open item that its provider replaced or withdrew: a mistyped number, which never counted for
 * money, must not bar the item it belongs to (clause 五-(三)).
 */
export function releasePapers(
  itemId: string,
  before: Pick<Evidence, 'invoices' | 'transfers'>,
  after: Pick<Evidence, 'invoices' | 'transfers'> = { invoices: [], transfers: [] },
): Change[] {
  const kept = new Set(papersOf(after).map(({ kind, key }) => `${kind} ${key}`));
  return papersOf(before)
    .filter(({ kind, key }) => !kept.has(`${kind} ${key}`))
    .map(({ kind, key }) => ({ do: 'release-unique', kind, key, owner: itemId }));
}
