import * as z from 'zod';
import type { Posting, SpecEffect } from '../ledger/posting.ts';
import { amountSchema, type Fen } from '../money/money.ts';
import { type Jurisdiction, jurisdictionSchema } from '../registry/jurisdictions.ts';

/**
 * What a plan may set beside fund, specs and yearly cap (clause 五-(一)): how much a jurisdiction's enterprises, and how much
 * the customers of one provider, may have in the year. Set when the plan is opened and fixed for its year, because what
 * counts against a quota is counted from the first order on.
 */
export const quotaParameters = {
  /** Fen by jurisdiction; one that is not named has no quota. */
  jurisdictionQuotas: z.partialRecord(jurisdictionSchema, amountSchema).optional(),
  /** Fen of each provider. */
  providerQuota: amountSchema.optional(),
};
const quotaParametersSchema = z.strictObject(quotaParameters);
export type QuotaParameters = z.infer<typeof quotaParametersSchema>;

/** What an order or voucher counts against; absent where its plan sets nothing for it. */
export const quotasSchema = z.strictObject({
  jurisdiction: jurisdictionSchema.optional(),
  provider: z.strictObject({ id: z.string(), quota: amountSchema }).optional(),
});
export type Quotas = z.infer<typeof quotasSchema>;

/** The quotas that an enterprise of this jurisdiction and this provider count against. */
export function quotasOf(
  { jurisdictionQuotas, providerQuota }: QuotaParameters,
  { jurisdiction, providerId }: { readonly jurisdiction: string; readonly providerId: string },
): Quotas | undefined {
  const own = jurisdictionSchema.safeParse(jurisdiction);
  const named = own.success && jurisdictionQuotas?.[own.data] !== undefined ? { jurisdiction: own.data } : {};
  const provider = providerQuota === undefined ? {} : { provider: { id: providerId, quota: providerQuota } };
  const quotas = { ...named, ...provider };
  return Object.keys(quotas).length > 0 ? quotas : undefined;
}

/** The line of a jurisdiction's quota in the pool: it is split and strict like a spec, and has no count (ADR 17). */
export const quotaLine = (jurisdiction: string): string => `jurisdiction:${jurisdiction}`;

/** The lines that a plan opens in the pool beside its specs. */
export const quotaLines = ({ jurisdictionQuotas = {} }: QuotaParameters) =>
  (Object.entries(jurisdictionQuotas) as [Jurisdiction, Fen][]).map(([jurisdiction, amount]) => ({
    id: quotaLine(jurisdiction),
    jurisdiction,
    amount,
    count: 0,
  }));

type Counted = Pick<Posting, 'specs'> & Partial<Pick<Posting, 'provider'>>;

/** The same posting with what its specs take or give back counted against the quotas too. */
export function countQuotas<P extends Counted>(posting: P, quotas: Quotas | undefined): P {
  const amount = posting.specs.reduce((sum, spec) => sum + spec.amount, 0);
  if (!quotas || amount === 0) return posting;
  const line: SpecEffect[] = quotas.jurisdiction ? [{ specId: quotaLine(quotas.jurisdiction), amount, count: 0 }] : [];
  return {
    ...posting,
    specs: [...posting.specs, ...line],
    ...(quotas.provider ? { provider: { ...quotas.provider, amount } } : {}),
  };
}
