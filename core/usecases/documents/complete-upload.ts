import type { Actor } from '../../actors/actor.ts';
import { type Document, documentTransitions } from '../../documents/document.ts';
import { type ContentFacts, judgeContent } from '../../documents/inspection.ts';
import { UPLOAD_TIME, uploadLimits } from '../../documents/limits.ts';
import { placeOf } from '../../documents/place.ts';
import { revise } from '../../lifecycle/record.ts';
import type { CommandUseCase } from '../../ports/context.ts';
import type { DocumentPorts, StoredObject } from '../../ports/objects.ts';
import { type Failure, ok, refuse } from '../../result.ts';

/**
 * Looks at what was uploaded and accepts or refuses it, for good: the object cannot change any more, because its form
 * allows one content only. Completing again gives the same answer (clauses 三-(一), 四).
 */
export const makeCompleteUpload =
  (ports: DocumentPorts): CommandUseCase<{ documentId: string }, Document> =>
  async ({ documentId }, command) => {
    const document = await ports.reads.get('document', { id: documentId });
    if (!document || !isUploader(command.actor, document)) return refuse('not-found');
    if (document.status !== 'requested') return ok({ result: document, changes: [] });

    const stored = await ports.objects.read(placeOf(document), uploadLimits(document).mostBytes);
    if (!stored) {
      const over = command.at > document.createdAt + UPLOAD_TIME;
      return refuse(over ? 'document-upload-expired' : 'document-not-uploaded');
    }
    const facts = await factsOf(ports, stored);
    const judged = judgeContent(document, facts);
    const transition = judged.ok ? documentTransitions.accept : documentTransitions.refuse;
    const inspected = revise<Document>(document, command.at, {
      status: transition.to,
      ...(facts.image ? { width: facts.image.width, height: facts.image.height } : {}),
      ...(judged.ok ? {} : { refusal: { rule: judged.failure.rule, ...figures(judged.failure) } }),
    });
    return ok({
      result: inspected,
      changes: [
        {
          do: 'update',
          entity: 'document',
          value: inspected,
          from: transition.from,
          audit: { action: transition.name, ...(judged.ok ? {} : { reasonCode: judged.failure.rule }) },
        },
      ],
    });
  };

/** Members complete what belongs to their organisation, the public what belongs to none. */
const isUploader = (actor: Actor, document: Document): boolean =>
  actor.role === 'person' ? document.organisationId === undefined : actor.organisationId === document.organisationId;

const factsOf = async (ports: DocumentPorts, { size, bytes }: StoredObject): Promise<ContentFacts> =>
  bytes ? ports.inspect(bytes) : { size, sha256: '', type: 'unknown' };

const figures = ({ values }: Failure) => (values ? { values } : {});
