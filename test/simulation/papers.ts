import { createHash } from 'node:crypto';
import type { DocumentPurpose } from '../../core/documents/document.ts';
import { born } from '../../core/lifecycle/record.ts';
import type { Change } from '../../core/ports/store.ts';
import { idsOf } from '../../functions/_runtime/ids.ts';
import type { Party } from './prepared.ts';

/** Brings another paper of a kind: an upload that was accepted and is not used yet. Gives its id. */
export type Papers = (purpose: DocumentPurpose) => Promise<string>;

/** The papers of an organisation, each uploaded when somebody needs it; `deposit` puts them on record. */
export function papersOf(
  seed: number,
  { organisation }: Party,
  deposit: (changes: readonly Change[]) => Promise<void>,
  now: () => number,
): Papers {
  let brought = 0;
  return async (purpose) => {
    brought += 1;
    const id = idsOf(`papers ${seed} ${organisation.id} ${brought}`)('doc');
    const document = {
      id,
      ...born(now()),
      organisationId: organisation.id,
      uploadedBy: 'before',
      purpose,
      fileName: 'scan.pdf',
      contentType: 'application/pdf',
      size: 1000,
      sha256: createHash('sha256').update(id).digest('hex'),
      objectKey: id,
      status: 'accepted',
    } as const;
    await deposit([{ do: 'create', entity: 'document', value: document }]);
    return id;
  };
}
