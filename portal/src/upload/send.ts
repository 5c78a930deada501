import { documentsRoutes } from '../../../contracts/documents.ts';
import type { ContentType, DocumentPurpose } from '../../../contracts/uploads.ts';
import { type Answer, call } from '../api/client.ts';
import { Unreachable } from '../api/failures.ts';

export type StoredDocument = Answer<typeof documentsRoutes.completeUpload>;

interface Sending {
  readonly purpose: DocumentPurpose;
  readonly file: File;
  readonly organisationId: string | undefined;
  readonly signal: AbortSignal;
  /** How much has left, 0 to 1. */
  readonly progress: (share: number) => void;
}

const CONTENT_TYPES: Readonly<Record<string, ContentType>> = {
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'application/pdf': 'application/pdf',
};

/**
 * Announces a file, sends it to the object store by the form that was answered, and has its content checked. Returns the
 * document, accepted or refused for its content; throws as `call` does, or an AbortError.
 */
export async function sendFile({ purpose, file, organisationId, signal, progress }: Sending): Promise<StoredDocument> {
  const contentType = CONTENT_TYPES[file.type];
  if (!contentType) throw new Error(`not to be sent: ${file.type}`);
  const acting = organisationId === undefined ? {} : { organisationId };
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  const { id, upload } = await call(documentsRoutes.requestUpload, {
    ...acting,
    signal,
    body: { purpose, fileName: nameOf(file), contentType, size: file.size, sha256: hex(digest) },
  });
  await post(upload, file, signal, progress);
  return call(documentsRoutes.completeUpload, { ...acting, signal, params: { documentId: id } });
}

/** A name as the API takes it: what a path could be made of is none of it. */
const nameOf = ({ name }: File): string =>
  name
    .replace(/[/\\\p{Cc}]/gu, ' ')
    .trim()
    .slice(-200) || 'file';

const hex = (digest: ArrayBuffer): string =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Posts the form; only this kind of request tells how far it is. */
function post(
  form: { readonly url: string; readonly fields: Readonly<Record<string, string>> },
  file: File,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<void> {
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
  body.append('file', file);
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort);
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () =>
      request.status < 300 ? resolve() : reject(new Unreachable(request.status)),
    );
    request.addEventListener('error', () => reject(new Unreachable()));
    request.addEventListener('abort', () => reject(new DOMException('the upload was stopped', 'AbortError')));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    request.open('POST', form.url);
    request.send(body);
  });
}
