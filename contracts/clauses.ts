import { claimItemTransitions, claimTransitions } from '../core/claims/claim.ts';
import { orderTransitions } from '../core/orders/order.ts';
import { voucherTransitions } from '../core/orders/voucher.ts';
import { payoutLineTransitions, payoutTransitions } from '../core/payouts/payout.ts';
import { planTransitions } from '../core/policy/plan.ts';
import { noticeTransitions } from '../core/publicity/notice.ts';

const transitionsOf: Readonly<Record<string, Readonly<Record<string, { readonly clause?: string }>>>> = {
  plan: planTransitions,
  order: orderTransitions,
  voucher: voucherTransitions,
  claim: claimTransitions,
  claimItem: claimItemTransitions,
  notice: noticeTransitions,
  payout: payoutTransitions,
  payoutLine: payoutLineTransitions,
};

/** The clause that an entity begins on. */
const beginsOn: Readonly<Record<string, string>> = { plan: '五-(一)', order: '六', voucher: '六', claim: '七-(一)' };

/** The clause of the notice that a change of an entity rests on, by what the trail calls it. */
export const clauseOfChange = (entity: string, action: string): string | undefined =>
  action === 'create' ? beginsOn[entity] : transitionsOf[entity]?.[action]?.clause;

/** The clause that money moves on, by the reason of the entry. */
const clausesOfEntries: Readonly<Record<string, string>> = {
  appropriate: '一-(二)',
  reserve: '六',
  serve: '一-(二)',
  release: '六',
  issue: '六',
  reduce: '六',
  void: '六',
  expire: '六',
  refuse: '七-(二)',
  accrue: '七-(一)',
  fund: '一-(二)',
  pay: '七-(一)',
  return: '七-(一)',
  recover: '八-(三)',
  lapse: '一-(二)',
  correct: '一-(二)',
  'carry-out': '一-(二)',
  'carry-in': '一-(二)',
};

export const clauseOfEntry = (reason: string): string | undefined => clausesOfEntries[reason];
