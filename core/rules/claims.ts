import { defineRules } from './rule.ts';

/** Rules of the claims context. */
export const claimsRules = defineRules({});
