import * as z from 'zod';
import { namesSchema } from '../actors/names.ts';
import { type BusinessDate, businessDateOf } from '../calendar/business-date.ts';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { type Plan, planParametersSchema, signatureSchema, voucherSpecSchema } from './plan.ts';

export const planVersionStatuses = ['draft', 'published'] as const;
export type PlanVersionStatus = (typeof planVersionStatuses)[number];

export const planVersionTransitions = defineTransitions<PlanVersionStatus>()({
  reviseVersion: { from: ['draft'], to: 'draft', by: ['regional-officer'], clause: '五-(一)' },
  signVersion: { from: ['draft'], to: 'draft', by: ['regional-officer', 'finance-officer'], clause: '五-(一)' },
  publishVersion: {
    from: ['draft'],
    to: 'published',
    by: ['regional-officer', 'finance-officer'],
    clause: '五-(一)',
    ledger: 'amounts and counts of specs grow or shrink',
  },
});

/**
 * A version of a year's plan: the whole text as it is from its first day on, and who signed it (clause 五-(一)). Its
 * number is the `policyVersion` that orders pin. The first is the plan as it was opened; it is written down with the second.
 */
export const planVersionSchema = z.strictObject({
  year: z.int(),
  number: z.int().positive(),
  ...recordFields,
  status: z.enum(planVersionStatuses),
  /** First business date of orders that pin it. */
  appliesFrom: z.string(),
  /** Why the policy changes; public. The first version has none. */
  reason: z.string().optional(),
  parameters: planParametersSchema,
  specs: z.array(voucherSpecSchema),
  signatures: z.array(signatureSchema),
  draftedBy: z.string(),
  publishedAt: z.int().optional(),
  /** Who took part, by name. */
  names: namesSchema.optional(),
});
export type PlanVersion = z.infer<typeof planVersionSchema>;

/** The plan as it is in force on a business date: with the last published version that applies by then. */
export function planOn(plan: Plan, date: BusinessDate): Plan {
  const terms = plan.coming?.findLast(({ appliesFrom }) => appliesFrom <= date);
  if (!terms) return plan;
  const ratios = new Map(terms.specs.map(({ id, ratio }) => [id, ratio]));
  return {
    ...plan,
    policyVersion: terms.policyVersion,
    parameters: terms.parameters,
    specs: plan.specs.map((spec) => ({ ...spec, ratio: ratios.get(spec.id) ?? spec.ratio })),
  };
}

/** The plan as it will be when every published version applies. A further version starts from it. */
export function planInTheEnd(plan: Plan): Plan {
  const last = plan.coming?.at(-1);
  return last ? planOn(plan, last.appliesFrom as BusinessDate) : plan;
}

/** The plan with a version that is published today: specs have their new amounts at once, everything else on its day. */
export function withVersion(
  plan: Plan,
  { number, appliesFrom, parameters, specs }: Pick<PlanVersion, 'number' | 'appliesFrom' | 'parameters' | 'specs'>,
  today: BusinessDate,
): Pick<Plan, 'policyVersion' | 'parameters' | 'specs' | 'coming'> {
  const { policyVersion, parameters: inForce, specs: before } = planOn(plan, today);
  const resized = before.map((spec) => {
    const { amount, count } = specs.find(({ id }) => id === spec.id) ?? spec;
    return { ...spec, amount, count };
  });
  if (appliesFrom <= today) return { policyVersion: number, parameters, specs, coming: [] };
  const terms = {
    policyVersion: number,
    appliesFrom,
    parameters,
    specs: specs.map(({ id, ratio }) => ({ id, ratio })),
  };
  const later = (plan.coming ?? []).filter((other) => other.appliesFrom > today);
  return { policyVersion, parameters: inForce, specs: resized, coming: [...later, terms] };
}

/** The version as which a plan was opened. */
export function openingVersion(plan: Plan): PlanVersion {
  const {
    year,
    createdAt,
    openedAt = createdAt,
    policyVersion,
    parameters,
    specs,
    signatures,
    draftedBy,
    names,
  } = plan;
  return {
    year,
    number: policyVersion,
    version: 1,
    createdAt,
    updatedAt: openedAt,
    status: 'published',
    appliesFrom: businessDateOf(openedAt),
    parameters,
    specs,
    signatures,
    draftedBy,
    publishedAt: openedAt,
    ...(names ? { names } : {}),
  };
}
