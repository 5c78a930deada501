import { defineRules } from './rule.ts';

/** Rules of the payouts context (clauses 七-(一), 一-(二)). */
export const payoutsRules = defineRules({
  'nothing-to-pay': {
    kind: 'state',
    clause: '七-(一)',
    zh: '{year} 年度没有公示结束、可拨付的项目。',
    en: 'No item of {year} has completed its publicity and waits for payment.',
  },
  'item-not-audited': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '该项目没有通过的审核记录，不得拨付。',
    en: 'This item has no audit that approved it; it must not be paid.',
  },
  'window-not-complete': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '该项目的公示期尚未结束，不得拨付。',
    en: 'The publicity window of this item is not complete; it must not be paid.',
  },
  'amount-not-publicised': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '该项目应付金额与公示金额不一致，不得拨付。',
    en: 'The amount of this item is not the one that was publicised; it must not be paid.',
  },
  'payee-not-certified': {
    kind: 'rule',
    clause: '二-(一)',
    zh: '云服务商或上云企业目前未处于认证状态，该项目暂不列入拨付。',
    en: 'The provider or the enterprise is not certified at present; this item is not collected.',
  },
  'payee-account-missing': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '云服务商未登记收款账户，该项目暂不列入拨付。',
    en: 'The provider has no bank account on record; this item is not collected.',
  },
  'approvals-incomplete': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '拨付单须经工业主管部门与财政部门两名不同人员同意，目前不完整。',
    en: 'A payment order needs the approval of two different people of the two departments; it is not complete.',
  },
  'control-totals-differ': {
    kind: 'state',
    clause: '七-(一)',
    zh: '拨付单控制总数与明细不一致：{expected} 元与 {found} 元。未作任何变更，请联系系统运营方。',
    en: 'The control totals differ from the lines: {expected} and {found} yuan. Nothing was changed; ask the operator.',
  },
  'payout-line-unknown': {
    kind: 'rule',
    zh: '拨付单中没有该明细。',
    en: 'The payment order has no such line.',
  },
  'payout-line-repeated': {
    kind: 'rule',
    zh: '同一明细在一次回执中只能出现一次。',
    en: 'A line may stand only once in one answer.',
  },
  'bank-answer-contradictory': {
    kind: 'state',
    clause: '七-(一)',
    zh: '该明细已有银行回执“{recorded}”，与本次不一致，未作任何变更。请与银行核实。',
    en: 'The bank already answered "{recorded}" for this line; this answer contradicts it. Nothing was changed; ask the bank.',
  },
  'bank-serial-used': {
    kind: 'limit',
    clause: '五-(三)',
    zh: '该银行流水号已用于另一笔拨付。请核对回执。',
    en: 'This bank serial number already belongs to another payment. Check the answer.',
  },
  'payee-account-changed': {
    kind: 'state',
    clause: '七-(一)',
    zh: '明细 {line} 的收款账户在送银行后已变更。请先将该明细登记为失败并更正，再导出付款文件。',
    en: 'The account of line {line} has changed since it was sent. Record that line as failed and correct it, then export the file.',
  },
  'payee-account-unchanged': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '收款账户未变更。请由云服务商先更新收款账户，或选择按原账户重发并说明原因。',
    en: 'The account has not changed. Let the provider update it first, or choose to send again to the same account and say why.',
  },
});
