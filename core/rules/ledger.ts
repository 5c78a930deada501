import { defineRules } from './rule.ts';

/** Limits that the atomic write of a posting enforces (clauses 一-(二), 五-(一), 五-(三)). */
export const ledgerRules = defineRules({
  'fund-exhausted': {
    kind: 'limit',
    clause: '一-(二)',
    zh: '{year} 年度资金余额不足：尚余 {left} 元。可减少云服务券金额，或不使用云服务券下单。',
    en: 'The fund of {year} has only {left} yuan left. Ask for a smaller voucher, or order without one.',
  },
  'spec-amount-exhausted': {
    kind: 'limit',
    clause: '五-(一)',
    zh: '该规格云服务券金额不足：尚余 {left} 元。可减少云服务券金额，或不使用云服务券下单。',
    en: 'This voucher spec has only {left} yuan left. Ask for a smaller voucher, or order without one.',
  },
  'spec-count-exhausted': {
    kind: 'limit',
    clause: '五-(一)',
    zh: '该规格云服务券已发完。可不使用云服务券下单。',
    en: 'All vouchers of this spec have been issued. You may order without one.',
  },
  'yearly-cap-reached': {
    kind: 'limit',
    clause: '五-(三)',
    zh: '本企业 {year} 年度累计补助限额 {cap} 元，尚余 {left} 元。',
    en: 'The yearly limit of {cap} yuan for this enterprise in {year} has {left} yuan left.',
  },
  'ledger-account-short': {
    kind: 'limit',
    clause: '一-(二)',
    zh: '台账科目“{account}”余额不足，未作任何变更。请联系财政部门核对。',
    en: 'Ledger account "{account}" holds too little; nothing was changed. Ask the finance department to check.',
  },
});
