import { defineRules } from './rule.ts';

/** Rules of the publicity context. */
export const publicityRules = defineRules({});
