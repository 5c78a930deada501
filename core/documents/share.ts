import { revise } from '../lifecycle/record.ts';
import type { Change } from '../ports/store.ts';
import type { Document } from './document.ts';

/** Lets the other party of a contract read a document; nothing when it may already. */
export function shareDocument(document: Document, organisationId: string, at: number): Change[] {
  const { sharedWith = [] } = document;
  if (sharedWith.includes(organisationId)) return [];
  return [
    {
      do: 'update',
      entity: 'document',
      value: revise(document, at, { sharedWith: [...sharedWith, organisationId] }),
      from: ['accepted'],
      audit: { action: 'share', note: organisationId },
    },
  ];
}
