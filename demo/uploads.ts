import { createHash } from 'node:crypto';
import { documentsRoutes } from '../contracts/documents.ts';
import type { DocumentPurpose } from '../core/documents/document.ts';
import type { Person } from './client.ts';
import { sampleImage, samplePdf } from './samples/index.ts';
import { untilAnswered } from './until-answered.ts';

/** A file that somebody uploads. */
export interface Upload {
  readonly purpose: DocumentPurpose;
  readonly fileName: string;
  readonly contentType: 'image/png' | 'image/jpeg' | 'application/pdf';
  readonly bytes: Uint8Array;
}

/** Purposes that are scans, as small as they may be; everything else is a PDF. */
const scans: Partial<Record<DocumentPurpose, { width: number; height: number }>> = {
  'business-licence': { width: 1132, height: 800 },
  'id-card-front': { width: 760, height: 480 },
  'id-card-back': { width: 760, height: 480 },
};

/** A legible sample; another text gives another file. */
export function sampleFor(purpose: DocumentPurpose, text: string): Upload {
  const size = scans[purpose];
  if (!size)
    return {
      purpose,
      fileName: `${text}.pdf`,
      contentType: 'application/pdf',
      bytes: samplePdf([text, '登云演示文件']),
    };
  const seed = createHash('sha256').update(text).digest().readUInt32BE(0);
  return {
    purpose,
    fileName: `${text}.png`,
    contentType: 'image/png',
    // To make and to read one takes a quarter of what a photograph takes.
    bytes: sampleImage({ kind: 'png', ...size, seed }),
  };
}

/** Announces a file, sends it to the object store by the presigned form, and has its content checked. Returns its id. */
export async function uploadDocument(
  person: Person,
  { purpose, fileName, contentType, bytes }: Upload,
): Promise<string> {
  const { id, upload } = await person.do(documentsRoutes.requestUpload, {
    body: {
      purpose,
      fileName,
      contentType,
      size: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  });
  const form = new FormData();
  for (const [name, value] of Object.entries<string>(upload.fields)) form.append(name, value);
  form.append('file', new Blob([Buffer.from(bytes)], { type: contentType }), fileName);
  const stored = await untilAnswered(() => fetch(upload.url, { method: 'POST', body: form }));
  if (!stored.ok) throw new Error(`upload of ${fileName}: ${stored.status} ${await stored.text()}`);
  const checked = await person.do(documentsRoutes.completeUpload, { params: { documentId: id } });
  if (checked.status !== 'accepted') throw new Error(`${fileName} was refused: ${JSON.stringify(checked.refusal)}`);
  return id;
}
