import { formatYuan } from '../core/money/money.ts';
import type { TraceStep } from '../core/orders/order.ts';
import type { Finding } from '../core/registry/certification.ts';
import type { Failure, Issue } from '../core/result.ts';
import { type Rule, type RuleName, rules, sentence } from '../core/rules/index.ts';
import type { FieldError } from './field-errors.ts';

const ruleOf = (name: string): Rule | undefined => (name in rules ? rules[name as RuleName] : undefined);

/** A finding with the sentence of its rule. */
export function findingAnswer({ rule: name, pointer, values }: Finding) {
  const rule = ruleOf(name);
  return {
    rule: name,
    ...(pointer ? { pointer } : {}),
    ...(rule?.clause ? { clause: rule.clause } : {}),
    zh: rule ? sentence(rule.zh, values) : name,
    en: rule ? sentence(rule.en, values) : name,
  };
}

/** A step of a derivation as people read it. */
export function traceAnswer({ rule: name, clause, values, amount }: TraceStep) {
  const rule = ruleOf(name);
  return {
    rule: name,
    clause,
    zh: rule ? sentence(rule.zh, values) : name,
    en: rule ? sentence(rule.en, values) : name,
    amount: formatYuan(amount),
  };
}

/** What a rule refused at its place, with its sentence. */
export function issueError({ pointer, rule, values }: Issue): FieldError {
  const { zh, en }: Rule = rules[rule];
  return { pointer, code: rule, detail: sentence(zh, values), detailEn: sentence(en, values) };
}

/** What a refusal says of fields; of none: of the one at `pointer`. */
export const failureErrors = ({ rule, values, issues }: Failure, pointer: string): FieldError[] =>
  (issues ?? [{ pointer, rule, ...(values ? { values } : {}) }]).map(issueError);
