import type { ContentType, DocumentPurpose } from '../core/documents/document.ts';
import {
  announcementIssues,
  imageIssue,
  MOST_PIXELS,
  type UploadLimits,
  uploadLimits,
} from '../core/documents/limits.ts';
import type { Issue } from '../core/result.ts';
import type { FieldError } from './field-errors.ts';
import { issueError } from './sentences.ts';

export type { ContentType, DocumentPurpose } from '../core/documents/document.ts';

/** A file as somebody chose it, before it is sent. */
export interface ChosenFile {
  /** As the browser names it: of any type, or none. */
  readonly contentType: string;
  readonly size: number;
  /** Of an image that could be opened. */
  readonly pixels?: { readonly width: number; readonly height: number };
}

/** Limits of a purpose for members of an organisation (clauses 三-(一), 四), and what is never decoded. */
export const limitsOf = (purpose: DocumentPurpose): UploadLimits & { readonly mostPixels: number } => ({
  ...uploadLimits({ purpose, organisationId: '' }),
  mostPixels: MOST_PIXELS,
});

/** What would be refused of a file, in the sentences of the API, before anything is sent; at the pointer of its field. */
export function fileErrors(purpose: DocumentPurpose, file: ChosenFile, pointer: string): FieldError[] {
  const limits = limitsOf(purpose);
  const announced = { contentType: file.contentType as ContentType, size: file.size };
  const issues: Omit<Issue, 'pointer'>[] =
    file.size === 0 ? [{ rule: 'document-empty' }] : announcementIssues(announced, limits);
  const ofImage = file.pixels && imageIssue(file.pixels, limits);
  return [...issues, ...(ofImage ? [ofImage] : [])].slice(0, 1).map((issue) => issueError({ ...issue, pointer }));
}

/** What an image that cannot be opened is refused with. */
export const damagedFile = (pointer: string): FieldError => issueError({ pointer, rule: 'document-not-decodable' });
