import type { TraceStep } from '../orders/order.ts';
import { type Rule, rules, sentence } from '../rules/index.ts';

/** A step of a derivation as people read it. */
export interface DerivationSentence {
  readonly rule: string;
  readonly clause: string;
  readonly zh: string;
  readonly en: string;
  /** Fen allowed after this step. */
  readonly amount: TraceStep['amount'];
}

const known = (name: string): Rule | undefined => (Object.hasOwn(rules, name) ? rules[name as keyof typeof rules] : undefined);

/** The receipt of a voucher, sentence by sentence. A rule that no longer exists keeps its name and figures. */
export const derivation = (trace: readonly TraceStep[]): DerivationSentence[] =>
  trace.map(({ rule, clause, values, amount }) => {
    const { zh = rule, en = rule } = known(rule) ?? {};
    return { rule, clause, zh: sentence(zh, values), en: sentence(en, values), amount };
  });
