import * as z from 'zod';
import { usccSchema } from '../identity/uscc.ts';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { jurisdictionSchema } from './jurisdictions.ts';

export const organisationKinds = ['enterprise', 'provider'] as const;
export const organisationKindSchema = z.enum(organisationKinds);
export type OrganisationKind = z.infer<typeof organisationKindSchema>;

/**
 * `registered` → `submitted` (under review) → `certified`, or `returned` for correction and submitted again, or
 * `rejected`. Only a certified organisation sells, buys with vouchers, and is paid (clauses 二, 三-(一), 四).
 */
export const organisationStatuses = [
  'registered',
  'submitted',
  'returned',
  'certified',
  'rejected',
  'annulled',
] as const;
export const organisationStatusSchema = z.enum(organisationStatuses);
export type OrganisationStatus = z.infer<typeof organisationStatusSchema>;

export const organisationTransitions = defineTransitions<OrganisationStatus>()({
  submit: {
    from: ['registered', 'returned', 'rejected'],
    to: 'submitted',
    by: ['enterprise', 'provider'],
    clause: '四',
  },
  certify: { from: ['submitted'], to: 'certified', by: ['system'], clause: '三-(一)、四' },
  return: { from: ['submitted'], to: 'returned', by: ['system'], clause: '四' },
  reject: { from: ['submitted'], to: 'rejected', by: ['system'], clause: '四' },
  annul: {
    from: ['registered', 'returned', 'rejected'],
    to: 'annulled',
    by: ['city-reviewer', 'regional-officer'],
    clause: '四',
  },
});

/** An enterprise or a provider. Its sensitive data is a record of its own (`identityRecord`). */
export const organisationSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  kind: organisationKindSchema,
  uscc: usccSchema,
  name: z.string(),
  jurisdiction: jurisdictionSchema,
  status: organisationStatusSchema,
  /** Section of GB/T 4754 (B, C, D are industry; others need evidence of serving it: clause 二-(一)). */
  industrySection: z.string().regex(/^[A-T]$/),
  address: z.string(),
  /** The latest certification application. */
  certificationId: z.string().optional(),
  /** The filing number a provider gets on selection by the region (clause 二-(二)). */
  recordNumber: z.string().optional(),
  certifiedAt: z.int().optional(),
});
export type Organisation = z.infer<typeof organisationSchema>;

/** An organisation is registered once in each kind. */
export const usccKey = ({ kind, uscc }: Pick<Organisation, 'kind' | 'uscc'>): string => `${kind}#${uscc}`;

/** A person who acts for an organisation. */
export const memberSchema = z.strictObject({
  organisationId: z.string(),
  organisationKind: organisationKindSchema,
  sub: z.string(),
  name: z.string(),
  /** The owner invites and removes; a clerk acts. */
  role: z.enum(['owner', 'clerk']),
  /** Since when this person no longer acts for it; the record stays, for the trail. */
  removedAt: z.int().optional(),
  ...recordFields,
});
export type Member = z.infer<typeof memberSchema>;

/**
 * The most sensitive data of an organisation: contact's ID number and phone, and the account that is paid. A
 * partition of its own, readable by two functions only, masked by default, every unmasked reading logged (clause 四).
 */
export const identityRecordSchema = z.strictObject({
  organisationId: z.string(),
  ...recordFields,
  legalRepresentative: z.string(),
  contactName: z.string(),
  contactIdNumber: z.string(),
  contactPhone: z.string(),
  /** Where a provider is paid. */
  bankAccount: z.strictObject({ accountName: z.string(), bank: z.string(), number: z.string() }).optional(),
  /** Grows with each change of the account and of nothing else: payments are bound to it (clause 七-(一)). */
  accountVersion: z.int().positive().default(1),
  /** Unmasked views that are open: who, until when. Why is in the trail. */
  disclosures: z.array(z.strictObject({ sub: z.string(), until: z.int() })).max(100),
});
export type IdentityRecord = z.infer<typeof identityRecordSchema>;
