import type { TaskKind } from './task.ts';

/** What a person may decide on a task of a kind, and what has to come with it. */
export interface Outcome {
  readonly zh: string;
  readonly en: string;
  /** A reason code is required (any that is not a plain approval). */
  readonly reasonRequired?: boolean;
  /** At least one reason per field is required: the matter goes back for correction. */
  readonly fieldReasonsRequired?: boolean;
}

const review = {
  approve: { zh: '通过', en: 'Approve' },
  return: { zh: '退回补正', en: 'Return for correction', fieldReasonsRequired: true },
  reject: { zh: '不予通过', en: 'Reject', reasonRequired: true },
} satisfies Record<string, Outcome>;

const approval = {
  approve: { zh: '同意', en: 'Approve' },
  refuse: { zh: '不同意', en: 'Refuse', reasonRequired: true },
} satisfies Record<string, Outcome>;

/**
 * Kinds without outcomes here are not decided in the inbox but by their own routes (audit of items, answers of the
 * bank, corrected lines), which answer the task themselves.
 */
export const outcomesOf: Record<TaskKind, Readonly<Record<string, Outcome>>> = {
  'enterprise-certification': review,
  'provider-recommendation': review,
  'provider-selection': review,
  'offering-review': review,
  'claim-audit': {},
  objection: {
    uphold: { zh: '异议成立', en: 'Uphold', reasonRequired: true },
    dismiss: { zh: '异议不成立', en: 'Dismiss', reasonRequired: true },
  },
  'payout-industry': approval,
  'payout-finance': approval,
  'bank-answer': {},
  'payout-correction': {},
  'year-end-industry': approval,
  'year-end-finance': approval,
};
