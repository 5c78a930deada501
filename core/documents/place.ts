import type { ObjectPlace } from '../ports/objects.ts';
import { showsIdentity } from './access.ts';
import type { Document } from './document.ts';

/** Where a document's content lies. */
export const placeOf = (document: Pick<Document, 'purpose' | 'objectKey'>): ObjectPlace => ({
  store: showsIdentity(document) ? 'identity' : 'evidence',
  key: document.objectKey,
});
