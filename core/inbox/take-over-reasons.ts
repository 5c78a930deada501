import type { Issue } from '../result.ts';

/**
 * Why somebody takes over what a colleague has in hand. Whether an absence is an illness isn't told apart: that is nobody's
 * business.
 */
export const takeOverReasonCodes = {
  absent: { zh: '请假、休假或病假', en: 'On leave, on holiday or ill' },
  'away-on-business': { zh: '出差、学习或会议', en: 'Away on business' },
  'duties-changed': { zh: '岗位或分工调整', en: 'Duties have changed' },
  'limit-near': { zh: '时限将到而未办理', en: 'The time limit is near and it is not decided' },
  agreed: { zh: '双方商定', en: 'Agreed between both' },
  other: { zh: '其他（见说明）', en: 'Other (see note)' },
} as const;

export type TakeOverReasonCode = keyof typeof takeOverReasonCodes;

/** Why a task is taken over. */
export interface TakeOverReason {
  readonly reasonCode: TakeOverReasonCode;
  readonly note?: string | undefined;
}

/** What the reason still lacks: one that no code names is written out. */
export const takeOverIssues = ({ reasonCode, note }: TakeOverReason): Issue[] =>
  reasonCode === 'other' && !note ? [{ pointer: '/note', rule: 'take-over-note-required' }] : [];
