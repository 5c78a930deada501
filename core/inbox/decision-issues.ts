import type { Issue } from '../result.ts';
import { outcomesOf } from './outcomes.ts';
import type { TaskDecision, TaskKind } from './task.ts';

/** What a decision on a task of a kind still lacks: an outcome that its kind allows, with the reasons it needs. */
export function decisionIssues(
  kind: TaskKind,
  fields: Pick<TaskDecision, 'outcome' | 'reasonCode' | 'note' | 'reasons'>,
): Issue[] {
  const outcomes = outcomesOf[kind];
  const allowed = Object.keys(outcomes);
  if (allowed.length === 0) return [{ pointer: '', rule: 'task-decided-elsewhere' }];
  const outcome = Object.hasOwn(outcomes, fields.outcome) ? outcomes[fields.outcome] : undefined;
  if (!outcome) return [{ pointer: '/outcome', rule: 'outcome-unknown', values: { allowed: allowed.join('、') } }];
  if (outcome.reasonRequired && !(fields.reasonCode && fields.note))
    return [{ pointer: '/reasonCode', rule: 'reason-required' }];
  if (outcome.fieldReasonsRequired && fields.reasons.length === 0)
    return [{ pointer: '/reasons', rule: 'field-reasons-required' }];
  return [];
}
