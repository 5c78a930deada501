import { ok, type Result, refuse } from '../result.ts';
import type { Document } from './document.ts';
import { imageIssue, LEAST_BYTES, MOST_PIXELS, uploadLimits } from './limits.ts';

/**
 * Least share of an image's pixels that stand out from its most frequent shade. A sparse page of text has some
 * hundredths, the noise of an empty scan next to nothing.
 */
const LEAST_INK = 0.001;

/** What was found in a stored object, before anybody judges it. */
export interface ContentFacts {
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  /** What the content is, whatever it was called: a media type, or `unknown`. */
  readonly type: string;
  /** Pixels as the image's header gives them; absent when it isn't an image or its header can't be read. */
  readonly image?: { readonly width: number; readonly height: number; readonly interlaced: boolean };
  /** What opening it brought to light; absent when it was not opened, because of its type or its pixels. */
  readonly opened?:
    | { readonly as: 'image'; readonly ink: number }
    | { readonly as: 'pdf'; readonly encrypted: boolean; readonly hasPages: boolean }
    | { readonly as: 'damaged' };
}

/** Whether an image may be unpacked into memory at all: asked before decoding, by its header alone. */
export const mayDecode = ({ width, height, interlaced }: NonNullable<ContentFacts['image']>): boolean =>
  width * height <= MOST_PIXELS && !interlaced;

/** Accepts a document by what was found in it, or refuses it with the first rule it breaks (clauses 三-(一), 四). */
export function judgeContent(
  document: Pick<Document, 'purpose' | 'organisationId' | 'contentType' | 'size' | 'sha256'>,
  facts: ContentFacts,
): Result<void> {
  const limits = uploadLimits(document);
  const { mostBytes } = limits;
  const { size, type, image, opened } = facts;
  if (size === 0) return refuse('document-empty');
  if (size > mostBytes) return refuse('document-too-large', { values: { limit: mostBytes / 1024 } });
  if (size !== document.size || facts.sha256 !== document.sha256) return refuse('document-checksum-mismatch');
  if (type !== document.contentType) {
    return refuse('document-wrong-type', { values: { declared: document.contentType, found: type } });
  }
  if (size < LEAST_BYTES) return refuse('document-too-small', { values: { size } });
  if (image) {
    const issue = imageIssue(image, limits);
    if (issue) return refuse(issue.rule, { values: issue.values });
    if (image.interlaced) return refuse('document-interlaced');
  }
  switch (opened?.as) {
    case 'image':
      return opened.ink < LEAST_INK ? refuse('document-illegible') : ok(undefined);
    case 'pdf':
      if (opened.encrypted) return refuse('document-pdf-encrypted');
      return opened.hasPages ? ok(undefined) : refuse('document-pdf-without-pages');
    default:
      return refuse('document-not-decodable');
  }
}
