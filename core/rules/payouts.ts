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
    zh: '该银行流水号已用于另一笔款项。请核对回执。',
    en: 'This bank serial number already belongs to another payment. Check the answer.',
  },
  'payee-account-changed': {
    kind: 'state',
    clause: '七-(一)',
    zh: '明细 {line} 的收款账户在送银行后已变更。请先将该明细登记为失败并更正，再导出付款文件。',
    en: 'The account of line {line} has changed since it was sent. Record that line as failed and correct it, then export the file.',
  },
  'return-of-nothing-sent': {
    kind: 'state',
    clause: '七-(一)',
    zh: '该明细没有经银行付款，不存在退汇。请核对拨付单和明细编号。',
    en: 'The bank paid nothing of this line, so nothing can come back. Check the order and the line.',
  },
  'return-before-booking': {
    kind: 'state',
    clause: '七-(一)',
    zh: '该明细的付款尚未记入台账：请先登记本批次其余明细的银行回执，再登记退汇。',
    en: 'The payment of this line is not in the ledger yet: record the answers for the other lines of its sending first.',
  },
  'return-not-whole': {
    kind: 'limit',
    clause: '七-(一)',
    zh: '退汇金额与银行付款金额 {paid} 元不一致。退汇只登记全额；云服务商自行退回的部分款项，请按追回事项登记退款。',
    en: 'The bank had paid {paid} yuan, and a transfer comes back as a whole. What a provider itself sends back is recorded as a repayment of a recovery.',
  },
  'return-date-impossible': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '退汇日期不得晚于今天，也不得早于拨付单提出之日。',
    en: 'The money cannot have come back on a later day than today, or before the order was proposed.',
  },
  'return-while-paying': {
    kind: 'state',
    clause: '七-(一)',
    zh: '该明细中有项目的余款正在拨付单 {payout} 中办理。请待该拨付单办结后再确认退汇。',
    en: 'The rest of one of its items is being paid by order {payout}. Confirm the return when that order is settled.',
  },
  'payment-frozen': {
    kind: 'state',
    clause: '八-(三)',
    zh: '对该云服务商有涉嫌骗取财政资金的追回事项尚未决定，退回的款项暂不重发。请先决定该追回事项。',
    en: 'A recovery for fraud against this provider is undecided; what the bank gave back is not sent again. Decide it first.',
  },
  'payee-account-unchanged': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '收款账户未变更。请由云服务商先更新收款账户，或选择按原账户重发并说明原因。',
    en: 'The account has not changed. Let the provider update it first, or choose to send again to the same account and say why.',
  },
});
