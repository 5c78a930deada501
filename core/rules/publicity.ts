import { defineRules } from './rule.ts';

/** Rules of the publicity context (clause 七-(一)). */
export const publicityRules = defineRules({
  'claim-not-audited': {
    kind: 'state',
    clause: '七-(一)',
    zh: '申请中仍有 {count} 项未完成审核，不能公示。请先完成逐项审核。',
    en: '{count} items of the claim are not audited yet, so it cannot be publicised. Finish the audit of each item first.',
  },
  'objection-window-closed': {
    kind: 'state',
    clause: '七-(一)',
    zh: '本公示的异议期已于 {lastDay} 24:00 截止，不再受理异议。',
    en: 'The window for objections to this notice ended on {lastDay} at 24:00; objections are no longer accepted.',
  },
  'notice-line-unknown': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '本公示中没有该项目。请从公示明细中选取。',
    en: 'This notice has no such item. Choose one from its lines.',
  },
  'notice-line-replaced': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '该项目已更正并重新公示（公示编号 {notice}），请对新公示提出异议。',
    en: 'This item was corrected and publicised again (notice {notice}). Object to that notice.',
  },
  'objections-joined-limit': {
    kind: 'limit',
    clause: '七-(一)',
    zh: '该项目已有 {limit} 份合并处理的异议，请等待处理结果；在异议期内可再次提出。',
    en: 'This item already has {limit} objections that are decided together. Wait for the decision; you may object again within the window.',
  },
  'evidence-unusable': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '该证据材料不存在、未通过检查或不是异议证据。请重新上传后再提交。',
    en: 'This document does not exist, was not accepted, or is not evidence for an objection. Upload it again.',
  },
  'correction-too-large': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '更正金额不得超过申请金额 {asked} 元。',
    en: 'The corrected amount must not exceed the {asked} yuan that were asked.',
  },
});
