import type { Actor } from '../../actors/actor.ts';
import { maySeeDocument, showsIdentity } from '../../documents/access.ts';
import type { Document } from '../../documents/document.ts';
import { LINK_TIME } from '../../documents/limits.ts';
import { placeOf } from '../../documents/place.ts';
import { revise } from '../../lifecycle/record.ts';
import type { CommandUseCase, QueryUseCase } from '../../ports/context.ts';
import type { ContentLink, DocumentPorts, Objects } from '../../ports/objects.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** A document that the actor may see. */
export async function visibleDocument(
  reads: Pick<Reads, 'get'>,
  documentId: string,
  actor: Actor,
): Promise<Result<Document>> {
  const document = await reads.get('document', { id: documentId });
  return document && maySeeDocument(actor, document) ? ok(document) : refuse('not-found');
}

/** Opens a document's content; images of identity cards only through `makeOpenLink` (clause 四). */
export const makeReadContent =
  (ports: Pick<DocumentPorts, 'reads' | 'objects'>): QueryUseCase<{ documentId: string }, ContentLink> =>
  async ({ documentId }, actor) => {
    const visible = await visibleDocument(ports.reads, documentId, actor);
    if (!visible.ok) return visible;
    if (showsIdentity(visible.value)) return refuse('document-link-recorded');
    return linkTo(ports.objects, visible.value);
  };

/** Opens a document's content and leaves in its trail who did and when: the access log of identity images (clause 四). */
export const makeOpenLink =
  (ports: Pick<DocumentPorts, 'reads' | 'objects'>): CommandUseCase<{ documentId: string }, ContentLink> =>
  async ({ documentId }, command) => {
    const visible = await visibleDocument(ports.reads, documentId, command.actor);
    if (!visible.ok) return visible;
    const document = visible.value;
    const link = await linkTo(ports.objects, document);
    if (!link.ok) return link;
    return ok({
      result: link.value,
      changes: [
        {
          do: 'update',
          entity: 'document',
          value: revise(document, command.at, {}),
          from: ['accepted'],
          audit: { action: 'open-link' },
        },
      ],
    });
  };

async function linkTo(objects: Objects, document: Document): Promise<Result<ContentLink>> {
  if (document.status !== 'accepted') return refuse('document-not-accepted');
  const { fileName, contentType } = document;
  return ok(await objects.presignGet({ place: placeOf(document), fileName, contentType, validFor: LINK_TIME }));
}
