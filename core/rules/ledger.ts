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
  'posting-not-correctable': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '事由为“{reason}”的分录与其他记录一并写入，不能单独冲正。请办理：{command}。',
    en: 'An entry for "{reason}" is written together with other records and cannot be corrected alone. Use: {command}.',
  },
  'correction-exceeds-posting': {
    kind: 'limit',
    clause: '一-(二)',
    zh: '冲正金额超过原分录尚未冲正的 {left} 元。请核对金额。',
    en: 'More than the {left} yuan of the entry that are not corrected yet. Check the amount.',
  },
  'correction-exceeds-free': {
    kind: 'limit',
    clause: '一-(二)',
    zh: '冲正只能使用未占用的资金，目前为 {left} 元。需压减到已占用金额以下的，请提出调整资金规模。',
    en: 'A correction takes only what is free, {left} yuan at present. To cut below what is committed, propose another appropriation.',
  },
  'correction-of-closed-year': {
    kind: 'state',
    clause: '一-(二)',
    zh: '{year} 年度已结转，其分录不再冲正。请在现行年度提出调整资金规模。',
    en: 'The year {year} is closed and its entries stand. Propose another appropriation for the year that is open.',
  },
  'correction-other-department': {
    kind: 'forbidden',
    clause: '一-(二)',
    zh: '本部门已同意该项冲正，须由另一部门办理。',
    en: 'Your department has approved this correction; the other department must act.',
  },
  'ledger-account-short': {
    kind: 'limit',
    clause: '一-(二)',
    zh: '台账科目“{account}”余额不足，未作任何变更。请联系财政部门核对。',
    en: 'Ledger account "{account}" holds too little; nothing was changed. Ask the finance department to check.',
  },
});
