import * as z from 'zod';
import { kindSchema } from '../catalogue/kinds.ts';
import { recordFields } from '../lifecycle/record.ts';

/** Days of a kind of service that a voucher subsidises (clause 五-(三)). */
export const subsidisedPeriodSchema = z.strictObject({
  voucherId: z.string(),
  voucherNumber: z.string(),
  kind: kindSchema,
  from: z.string(),
  to: z.string(),
});
export type SubsidisedPeriod = z.infer<typeof subsidisedPeriodSchema>;

/**
 * What an enterprise was subsidised for, of all years (clause 五-(三)). One record per enterprise, written by every
 * signature that issues a voucher under the version it was read in: of two signatures at the same moment the second
 * decides again and sees the first. Periods of vouchers that ended without use are dropped by the next signature.
 */
export const serviceHistorySchema = z.strictObject({
  enterpriseUscc: z.string(),
  ...recordFields,
  periods: z.array(subsidisedPeriodSchema),
});
export type ServiceHistory = z.infer<typeof serviceHistorySchema>;
