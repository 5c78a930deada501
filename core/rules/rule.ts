/**
 * What kind of refusal a rule makes. It decides the HTTP status in one place:
 * `missing` 404, `forbidden` 403, `state` and `limit` 409, `stale` 412, `rule` 422, `busy` 503.
 */
export type RuleKind = 'missing' | 'forbidden' | 'state' | 'limit' | 'stale' | 'rule' | 'busy';

/** A named rule: the clause it implements and the sentence that tells people what to do. `{name}` is replaced by a value. */
export interface Rule {
  readonly kind: RuleKind;
  /** Clause of the notice, such as `五-(三)`; absent for rules of the house such as unknown ids. */
  readonly clause?: string;
  readonly zh: string;
  readonly en: string;
}

export const defineRules = <R extends Record<string, Rule>>(rules: R): R => rules;

/** Replaces `{name}` in a rule's sentence. */
export const sentence = (template: string, values: Readonly<Record<string, string | number>> = {}): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
