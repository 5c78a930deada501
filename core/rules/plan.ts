import { defineRules } from './rule.ts';

/** Rules of the annual plan, its fund and the working-day calendar. */
export const planRules = defineRules({
  'no-open-plan': {
    kind: 'state',
    clause: '五-(一)',
    zh: '{year} 年度发放规模计划尚未公布或已结束，不能申领云服务券。',
    en: 'The annual plan of {year} is not open, so no vouchers can be issued under it.',
  },
  'year-not-over': {
    kind: 'state',
    clause: '一-(二)',
    zh: '{year} 年度尚未结束，年终结转须在次年 1 月 1 日及以后进行。',
    en: '{year} is not over; it is closed on 1 January of the next year or later.',
  },
  'earlier-year-open': {
    kind: 'state',
    clause: '一-(二)',
    zh: '{year} 年度之前的年度尚未结转，请先办理。',
    en: 'A year before {year} is still open. Close it first.',
  },
  'year-end-differs': {
    kind: 'state',
    clause: '一-(二)',
    zh: '{year} 年度台账余额与云服务券金额不一致。请重新试算；仍不一致的，请核对试算平衡。',
    en: 'The balances of {year} are not what its vouchers come to. Ask for another dry run; if it stays so, check the trial balance.',
  },
  'plan-exists': {
    kind: 'state',
    clause: '五-(一)',
    zh: '{year} 年度计划已存在。每年只有一份计划，请修改该草案。',
    en: 'There already is a plan of {year}. A year has one plan: edit its draft.',
  },
  'plan-year-past': {
    kind: 'rule',
    clause: '五-(一)',
    zh: '只能编制 {earliest} 年及以后的年度计划。',
    en: 'A plan can be drafted for {earliest} or later.',
  },
  'plan-without-money': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '年度资金规模和每个规格的金额须大于零。',
    en: 'The appropriation and the amount of each spec must be above zero.',
  },
  'spec-category-twice': {
    kind: 'rule',
    clause: '五-(一)',
    zh: '每类服务只能有一个规格，“{category}”重复。',
    en: 'A plan has one spec per category; "{category}" is there twice.',
  },
  'specs-exceed-fund': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '总额控制：各规格金额合计 {specs} 元，超过可用资金 {fund} 元（本年预算加结转）。',
    en: 'Total control: the specs add up to {specs} yuan, more than the {fund} yuan there are (appropriation and carry-over).',
  },
  'publicity-too-short': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '公示期不得少于 {least} 个工作日。',
    en: 'Publicity takes at least {least} working days.',
  },
  'claim-window-invalid': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '兑现申报窗口须为 {year} 年内的有效日期，且起始日不晚于截止日。',
    en: 'The claim window must be existing days of {year}, the first not after the last.',
  },
  'quality-deductions-unordered': {
    kind: 'rule',
    clause: '七-(二)',
    zh: '质量扣减比例须随严重程度递增：轻微 ≤ 严重 ≤ 重大。',
    en: 'Quality deductions must grow with severity: minor, serious, critical.',
  },
  'plan-already-signed': {
    kind: 'state',
    clause: '五-(一)',
    zh: '该部门已签署本计划，须由另一部门签署。',
    en: 'This department has signed the plan; the other department must sign.',
  },
  'appropriation-unchanged': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '新的资金规模与现行规模相同，无需调整。',
    en: 'This is the appropriation there is: nothing would change.',
  },
  'no-appropriation-change': {
    kind: 'state',
    clause: '一-(二)',
    zh: '没有待确认的资金规模调整。请先由一个部门提出。',
    en: 'No change of the appropriation waits for confirmation. One department has to propose it first.',
  },
  'appropriation-other-department': {
    kind: 'state',
    clause: '一-(二)',
    zh: '资金规模调整由本部门提出，须由另一部门确认。',
    en: 'This department proposed the change of the appropriation; the other one must confirm it.',
  },
  'calendar-day-outside-year': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '日期 {date} 不属于 {year} 年。',
    en: '{date} is not a day of {year}.',
  },
});
