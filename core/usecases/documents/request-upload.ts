import type { Document } from '../../documents/document.ts';
import { announcementIssues, UPLOAD_TIME, uploadLimits } from '../../documents/limits.ts';
import { placeOf } from '../../documents/place.ts';
import { born } from '../../lifecycle/record.ts';
import type { Command, CommandUseCase } from '../../ports/context.ts';
import type { DocumentPorts, UploadForm } from '../../ports/objects.ts';
import type { Decision } from '../../ports/store.ts';
import { ok, type Result, refuseAll } from '../../result.ts';
import { ownOrganisation } from '../registry/read-organisation.ts';

/** What the uploader says of the file before sending it. */
export type Announcement = Pick<Document, 'purpose' | 'fileName' | 'contentType' | 'size' | 'sha256'>;

export interface RequestedUpload {
  readonly document: Document;
  readonly upload: UploadForm;
}

/** A member announces a file of its organisation and gets the form that uploads exactly that file (clauses 三-(一), 四). */
export const makeRequestUpload =
  (ports: Pick<DocumentPorts, 'reads' | 'objects'>): CommandUseCase<Announcement, RequestedUpload> =>
  async (announced, command) => {
    const organisation = await ownOrganisation(ports.reads, command.actor);
    if (!organisation.ok) return organisation;
    const { id: organisationId, jurisdiction } = organisation.value;
    return announce(ports, { ...announced, organisationId, jurisdiction }, command);
  };

/** Somebody without an account announces evidence for an objection (clause 七-(一)). */
export const makeRequestPublicUpload =
  (ports: Pick<DocumentPorts, 'objects'>): CommandUseCase<Omit<Announcement, 'purpose'>, RequestedUpload> =>
  (announced, command) =>
    announce(ports, { ...announced, purpose: 'objection-evidence' }, command);

async function announce(
  { objects }: Pick<DocumentPorts, 'objects'>,
  announced: Announcement & Pick<Document, 'organisationId' | 'jurisdiction'>,
  command: Command,
): Promise<Result<Decision<RequestedUpload>>> {
  const allowed = refuseAll(announcementIssues(announced, uploadLimits(announced)));
  if (!allowed.ok) return allowed;
  const id = command.newId('doc');
  const document: Document = {
    id,
    ...born(command.at),
    ...announced,
    uploadedBy: command.actor.sub,
    objectKey: `${id}/${announced.sha256}`,
    status: 'requested',
  };
  const upload = await objects.presignPost({
    place: placeOf(document),
    contentType: document.contentType,
    size: document.size,
    sha256: document.sha256,
    validFor: UPLOAD_TIME,
  });
  return ok({ result: { document, upload }, changes: [{ do: 'create', entity: 'document', value: document }] });
}
