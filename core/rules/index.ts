import { catalogueRules } from './catalogue.ts';
import { claimsRules } from './claims.ts';
import { documentsRules } from './documents.ts';
import { generalRules } from './general.ts';
import { inboxRules } from './inbox.ts';
import { ledgerRules } from './ledger.ts';
import { ordersRules } from './orders.ts';
import { payoutsRules } from './payouts.ts';
import { planRules } from './plan.ts';
import { publicityRules } from './publicity.ts';
import { recoveriesRules } from './recoveries.ts';
import { registryRules } from './registry.ts';
import type { Rule } from './rule.ts';
import { topUpsRules } from './topups.ts';

export { type Rule, type RuleKind, sentence } from './rule.ts';

/** Every rule of the system by name: used by code, tests, problem documents and the portal. */
export const rules = {
  ...generalRules,
  ...registryRules,
  ...documentsRules,
  ...catalogueRules,
  ...planRules,
  ...ledgerRules,
  ...ordersRules,
  ...claimsRules,
  ...publicityRules,
  ...payoutsRules,
  ...recoveriesRules,
  ...inboxRules,
  ...topUpsRules,
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;
