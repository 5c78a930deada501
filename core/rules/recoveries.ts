import { defineRules } from './rule.ts';

/** Rules of money taken back (clauses 八-(三), 一-(二), 五-(三)). */
export const recoveriesRules = defineRules({
  'recovery-exceeds-payment': {
    kind: 'limit',
    clause: '八-(三)',
    zh: '追回金额超过已拨付且尚未列入追回的金额：尚余 {left} 元。请核对金额。',
    en: 'More than was paid and is not being recovered yet: {left} yuan are left. Check the amount.',
  },
  'recovery-undecided': {
    kind: 'rule',
    clause: '八-(三)',
    zh: '对该云服务商有涉嫌骗取财政资金的追回事项尚未决定，其项目暂不列入拨付。',
    en: 'A recovery for fraud against this provider is not decided yet; its items are not collected until then.',
  },
  'repayment-exceeds-receivable': {
    kind: 'limit',
    clause: '一-(二)',
    zh: '退款金额超过该云服务商尚欠且未在拨付中抵扣的 {open} 元。未作任何登记，请核对。',
    en: 'More than the {open} yuan that the provider owes beside what payments keep back. Nothing was recorded; check it.',
  },
  'repayment-covers-too-many': {
    kind: 'limit',
    clause: '一-(二)',
    zh: '一次最多登记 {most} 笔应收款的退款。未作任何登记，请由云服务商分笔退款。',
    en: 'One transfer may settle {most} receivables at most. Nothing was recorded; let the provider transfer in parts.',
  },
  'repayment-not-yet': {
    kind: 'rule',
    zh: '退款日期不得晚于今天。',
    en: 'A transfer cannot be of a later day than today.',
  },
});
