import { businessDateOf, yearOf } from '../calendar/business-date.ts';
import { type Issue, ok, type Result, refuse, refuseAll } from '../result.ts';
import { inForce, type LocalPolicy, type LocalScheme, type LocalTerms } from './local-policy.ts';

/** As many policies as a jurisdiction may publish for a year: a signature is one transaction with all of them. */
const MOST_POLICIES = 10;

/** Whether what a draft says can be a policy. All faults are told at once. */
export function checkTerms(terms: LocalTerms): Result<void> {
  const amounts = ['fund', 'orderMaximum', 'enterpriseMaximum'] as const;
  return refuseAll(
    amounts.flatMap<Issue>((field) =>
      terms[field] === 0 ? [{ pointer: `/${field}`, rule: 'local-policy-without-money' }] : [],
    ),
  );
}

/** Refuses a year that is over: its orders can't be signed any more. */
export function checkYear(year: number, at: number): Result<void> {
  const earliest = yearOf(businessDateOf(at));
  if (year >= earliest) return ok(undefined);
  return refuse('local-year-past', {
    values: { earliest },
    issues: [{ pointer: '/year', rule: 'local-year-past', values: { earliest } }],
  });
}

/** Whether a policy can join those published: a priority is one policy's, so that it is clear which is trimmed first. */
export function checkJoins(scheme: LocalScheme | undefined, { year, terms }: LocalPolicy): Result<void> {
  const { priority } = terms;
  if (inForce(scheme).some((policy) => policy.terms.priority === priority)) {
    return refuse('local-priority-taken', { values: { year, priority } });
  }
  if ((scheme?.policies.length ?? 0) >= MOST_POLICIES) {
    return refuse('local-policies-too-many', { values: { year, most: MOST_POLICIES } });
  }
  return ok(undefined);
}
