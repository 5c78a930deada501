import { type RuleName, rules } from './index.ts';

/** Whether a stored text is the name of a rule. */
export const isRuleName = (name: string): name is RuleName => Object.hasOwn(rules, name);
