import type { RuleName } from './rules/index.ts';

/** Where in the request a refusal belongs: a JSON pointer and the rule that refused. */
export interface Issue {
  readonly pointer: string;
  readonly rule: RuleName;
  readonly values?: Values;
}

/** Figures that the sentence of a rule names, already formatted for people. */
export type Values = Readonly<Record<string, string | number>>;

/** A refusal: the rule that refused, what it has to say, and the places it concerns. Nothing has been written. */
export interface Failure {
  readonly rule: RuleName;
  readonly values?: Values;
  readonly issues?: readonly Issue[];
  /** Only for stale versions: the version that is current. */
  readonly currentVersion?: number;
}

export type Result<T, F = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export const refuse = (
  rule: RuleName,
  more: Omit<Failure, 'rule'> = {},
): { readonly ok: false; readonly failure: Failure } => ({ ok: false, failure: { rule, ...more } });

/** Refuses with the first issue's rule as the summary, or accepts when there is none. */
export const refuseAll = (issues: readonly Issue[]): Result<void> => {
  const [first] = issues;
  return first
    ? refuse(first.rule, { issues, ...(first.values ? { values: first.values } : {}) })
    : { ok: true, value: undefined };
};
