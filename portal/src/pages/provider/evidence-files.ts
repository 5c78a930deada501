import type { FieldError } from '../../../../contracts/field-errors.ts';
import { damagedFile, fileErrors } from '../../../../contracts/uploads.ts';
import type { Bilingual } from '../../language/language.tsx';
import { fitted, isPicture, lookAt } from '../../upload/picture.ts';
import { sendFile } from '../../upload/send.ts';
import { fileKey, type NamedFile } from './import-rows.ts';

/** A file that cannot be evidence, for what it is or for what is in it. */
export class UnusableFile extends Error {
  readonly file: string;
  readonly says: Bilingual;
  constructor(file: string, says: Bilingual) {
    super(file);
    this.file = file;
    this.says = says;
  }
}

const plain = (name: string): string => name.normalize('NFC').trim().toLowerCase();
const withoutEnding = (name: string): string => plain(name).replace(/\.(?:pdf|jpe?g|png)$/, '');

/** The chosen file that a name is of; a name may be without its ending where only one file has it. */
export function fileNamed(name: string, files: readonly File[]): File | undefined {
  const exact = files.find((file) => plain(file.name) === plain(name));
  const like = files.filter((file) => withoutEnding(file.name) === withoutEnding(name));
  return exact ?? (like.length === 1 ? like[0] : undefined);
}

/** As it will be sent, or why it cannot be. */
async function prepared(purpose: NamedFile['purpose'], original: File): Promise<File> {
  const refuse = ([error]: readonly FieldError[]) => {
    if (error) throw new UnusableFile(original.name, { zh: error.detail, en: error.detailEn });
  };
  const image = isPicture(original);
  const file = image ? await fitted(original, purpose) : original;
  const picture = image ? await lookAt(file, purpose) : undefined;
  refuse(fileErrors(purpose, { contentType: file.type, size: file.size, ...(picture ? { pixels: picture } : {}) }, ''));
  if (image && !picture) refuse([damagedFile('')]);
  return file;
}

/** Which of the named files cannot be sent, before anything is. */
export async function unusableAmong(named: readonly NamedFile[], files: readonly File[]): Promise<UnusableFile[]> {
  const found: UnusableFile[] = [];
  for (const { name, purpose } of named) {
    const file = fileNamed(name, files);
    if (!file) continue;
    try {
      await prepared(purpose, file);
    } catch (error) {
      if (!(error instanceof UnusableFile)) throw error;
      found.push(error);
    }
  }
  return found;
}

/** Sends files when they are needed, each once for a purpose; answers the id of its document. */
export class EvidenceFiles {
  private readonly files: readonly File[];
  private readonly organisationId: string;
  private readonly sent = new Map<string, string>();

  constructor(files: readonly File[], organisationId: string) {
    this.files = files;
    this.organisationId = organisationId;
  }

  async send(named: readonly NamedFile[], signal: AbortSignal): Promise<(file: NamedFile) => string> {
    for (const one of named) {
      if (this.sent.has(fileKey(one))) continue;
      const file = fileNamed(one.name, this.files);
      if (!file) throw new Error(`not chosen: ${one.name}`);
      const document = await sendFile({
        purpose: one.purpose,
        file: await prepared(one.purpose, file),
        organisationId: this.organisationId,
        signal,
        progress: () => undefined,
      });
      if (document.status !== 'accepted') {
        throw new UnusableFile(one.name, document.refusal ?? { zh: document.fileName, en: document.fileName });
      }
      this.sent.set(fileKey(one), document.id);
    }
    return (file) => this.sent.get(fileKey(file)) ?? '';
  }
}
