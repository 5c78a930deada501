import { defineRules } from './rule.ts';

/** Rules of the payouts context. */
export const payoutsRules = defineRules({});
