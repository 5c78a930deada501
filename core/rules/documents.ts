import { defineRules } from './rule.ts';

/** Rules of the documents context. */
export const documentsRules = defineRules({});
