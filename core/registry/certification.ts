import * as z from 'zod';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { jurisdictionSchema } from './jurisdictions.ts';
import { organisationKindSchema } from './organisation.ts';

/**
 * Enterprises: city review, on overdue the region. Providers: city recommendation, then regional selection and
 * filing (clauses 四, 二-(二)).
 */
export const certificationStatuses = ['city-review', 'regional-review', 'approved', 'returned', 'rejected'] as const;
export const certificationStatusSchema = z.enum(certificationStatuses);
export type CertificationStatus = z.infer<typeof certificationStatusSchema>;

export const certificationTransitions = defineTransitions<CertificationStatus>()({
  forward: { from: ['city-review'], to: 'regional-review', by: ['system'], clause: '二-(二)' },
  approve: { from: ['city-review', 'regional-review'], to: 'approved', by: ['system'], clause: '三-(一)、四' },
  return: { from: ['city-review', 'regional-review'], to: 'returned', by: ['system'], clause: '四' },
  reject: { from: ['city-review', 'regional-review'], to: 'rejected', by: ['system'], clause: '四' },
});

/** Something a reviewer should look at: a rule that was noticed, not proof. */
export const findingSchema = z.strictObject({
  rule: z.string(),
  pointer: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** Why a field was sent back (clause 四: reasons per field). */
export const fieldReasonSchema = z.strictObject({
  pointer: z.string(),
  reasonCode: z.string(),
  note: z.string().optional(),
});
export type FieldReason = z.infer<typeof fieldReasonSchema>;

/** One application for certification: an immutable snapshot of what was submitted, and its outcome. */
export const certificationSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  organisationId: z.string(),
  organisationKind: organisationKindSchema,
  organisationName: z.string(),
  jurisdiction: jurisdictionSchema,
  status: certificationStatusSchema,
  /** 1 for the first application of the organisation. */
  round: z.int().positive(),
  submittedAt: z.int(),
  submittedBy: z.string(),
  documents: z.strictObject({
    businessLicence: z.string(),
    idCardFront: z.string(),
    idCardBack: z.string(),
    /** Evidence of serving industry, when not itself in sections B, C, D. */
    industryService: z.string().optional(),
  }),
  findings: z.array(findingSchema),
  /** Subjects that decided a level: the next level must be another person. */
  deciders: z.array(z.string()),
  reasons: z.array(fieldReasonSchema),
  decidedAt: z.int().optional(),
  /** Last business date of the city's review, once the city was asked. */
  cityDueOn: z.string().optional(),
  /** Business date by which the region is expected to decide, once it was asked. */
  regionExpectedBy: z.string().optional(),
});
export type Certification = z.infer<typeof certificationSchema>;
