import type { Issue } from '../result.ts';
import type { ContentType, Document, DocumentPurpose } from './document.ts';

/** What a file must be to be taken for a purpose (clauses 三-(一), 四: legible). */
export interface UploadLimits {
  readonly types: readonly ContentType[];
  readonly mostBytes: number;
  /** Least pixels of an image's shorter side. */
  readonly shortestSide: number;
}

const KB = 1024;
const MB = 1024 * KB;

const images = ['image/jpeg', 'image/png'] as const satisfies readonly ContentType[];
const scans = [...images, 'application/pdf'] as const satisfies readonly ContentType[];

const idCard: UploadLimits = { types: images, mostBytes: 5 * MB, shortestSide: 480 };
const scan: UploadLimits = { types: scans, mostBytes: 10 * MB, shortestSide: 600 };

/** Limits by purpose. A licence has small print; an ID card is a photograph of a card. */
const limitsByPurpose: Readonly<Record<DocumentPurpose, UploadLimits>> = {
  'business-licence': { ...scan, shortestSide: 800 },
  'id-card-front': idCard,
  'id-card-back': idCard,
  'industry-service-evidence': scan,
  'market-price-evidence': scan,
  contract: scan,
  invoice: scan,
  'transfer-proof': scan,
  'usage-report': scan,
  'delivery-evidence': scan,
  'objection-evidence': scan,
};

/** Without an account there is less room. */
const MOST_BYTES_OF_THE_PUBLIC = 3 * MB;

/** Nothing that short shows a page. */
export const LEAST_BYTES = 256;

/** The most that is decoded: an A4 page at 400 dpi, any photograph of an ordinary telephone. A bomb stays packed. */
export const MOST_PIXELS = 16_000_000;

/** How long an upload may begin after its request, in milliseconds. */
export const UPLOAD_TIME = 10 * 60 * 1000;

/** How long a link to a document's content opens it, in milliseconds. */
export const LINK_TIME = 5 * 60 * 1000;

/** The limits of a purpose, for members of an organisation or for the public. */
export function uploadLimits({
  purpose,
  organisationId,
}: Pick<Document, 'purpose'> & { readonly organisationId?: string | undefined }): UploadLimits {
  const limits = limitsByPurpose[purpose];
  return organisationId === undefined
    ? { ...limits, mostBytes: Math.min(limits.mostBytes, MOST_BYTES_OF_THE_PUBLIC) }
    : limits;
}

/** What of an announced upload breaks its limits; empty when it may be uploaded. */
export function announcementIssues(
  announced: Pick<Document, 'contentType' | 'size'>,
  { types, mostBytes }: UploadLimits,
): Issue[] {
  const { contentType, size } = announced;
  return [
    ...(types.includes(contentType)
      ? []
      : [
          {
            pointer: '/contentType',
            rule: 'document-type-not-allowed' as const,
            values: { allowed: types.join('、') },
          },
        ]),
    ...(size > mostBytes
      ? [{ pointer: '/size', rule: 'document-too-large' as const, values: { limit: mostBytes / KB } }]
      : []),
    ...(size < LEAST_BYTES ? [{ pointer: '/size', rule: 'document-too-small' as const, values: { size } }] : []),
  ];
}

/** What of an image's pixels breaks its limits: too few to be legible, or too many to be opened. */
export function imageIssue(
  { width, height }: { readonly width: number; readonly height: number },
  { shortestSide }: UploadLimits,
): Required<Omit<Issue, 'pointer'>> | undefined {
  const side = Math.min(width, height);
  if (side < shortestSide) return { rule: 'document-resolution-too-low', values: { side, least: shortestSide } };
  if (width * height > MOST_PIXELS)
    return { rule: 'document-too-many-pixels', values: { width, height, most: MOST_PIXELS / 1_000_000 } };
  return undefined;
}
