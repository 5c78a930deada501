import * as z from 'zod';
import { recordFields } from '../lifecycle/record.ts';

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

/** An uploaded file. Only an `accepted` one counts: its content has been checked (type, size, legibility). */
export const documentSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  /** The organisation it belongs to; objections of the public have none. */
  organisationId: z.string().optional(),
  jurisdiction: z.string().optional(),
  uploadedBy: z.string(),
  purpose: documentPurposeSchema,
  fileName: z.string(),
  contentType: z.enum(['image/jpeg', 'image/png', 'application/pdf']),
  size: z.int().positive(),
  /** Hex SHA-256 declared at the request and enforced by the store. */
  sha256: z.string(),
  objectKey: z.string(),
  status: z.enum(['requested', 'accepted', 'refused']),
  refusal: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
});
export type Document = z.infer<typeof documentSchema>;
