import * as z from 'zod';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';

export const documentPurposes = [
  'business-licence',
  'id-card-front',
  'id-card-back',
  'industry-service-evidence',
  'market-price-evidence',
  'contract',
  'invoice',
  'transfer-proof',
  'usage-report',
  'delivery-evidence',
  'objection-evidence',
] as const;
export const documentPurposeSchema = z.enum(documentPurposes);
export type DocumentPurpose = z.infer<typeof documentPurposeSchema>;

/** What may be uploaded at all; some purposes allow less (`limits.ts`). */
export const contentTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const;
export const contentTypeSchema = z.enum(contentTypes);
export type ContentType = z.infer<typeof contentTypeSchema>;

/** `requested` → `accepted` or `refused`, by its content, once and for all. */
export const documentStatuses = ['requested', 'accepted', 'refused'] as const;
export const documentStatusSchema = z.enum(documentStatuses);
export type DocumentStatus = z.infer<typeof documentStatusSchema>;

const uploaders = ['enterprise', 'provider', 'person'] as const;

export const documentTransitions = defineTransitions<DocumentStatus>()({
  accept: { from: ['requested'], to: 'accepted', by: uploaders, clause: '四' },
  refuse: { from: ['requested'], to: 'refused', by: uploaders, clause: '四' },
});

/** Why the content was refused: the rule and the figures of its sentence. */
export const refusalSchema = z.strictObject({
  rule: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** An uploaded file. Only an `accepted` one counts: its content has been checked (type, size, legibility). */
export const documentSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  /** The organisation it belongs to; objections of the public have none. */
  organisationId: z.string().optional(),
  jurisdiction: z.string().optional(),
  /** Other organisations that it concerns: the other party of a contract reads the contract and the delivery evidence. */
  sharedWith: z.array(z.string()).max(50).optional(),
  uploadedBy: z.string(),
  purpose: documentPurposeSchema,
  fileName: z.string(),
  contentType: contentTypeSchema,
  size: z.int().positive(),
  /** Hex SHA-256 declared at the request and enforced by the store. */
  sha256: z.string(),
  /** Where the object lies in its store: `<documentId>/<sha256>`, never the file name. */
  objectKey: z.string(),
  status: documentStatusSchema,
  refusal: refusalSchema.optional(),
  /** Pixels of an image. */
  width: z.int().optional(),
  height: z.int().optional(),
});
export type Document = z.infer<typeof documentSchema>;
