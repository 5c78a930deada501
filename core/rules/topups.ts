import { defineRules } from './rule.ts';

/** Local policies and what they add to a voucher (clauses 一-(三), 八-(一)). */
export const topUpsRules = defineRules({
  'local-ratio-of-fee': {
    kind: 'limit',
    clause: '一-(三)',
    zh: '第 {line} 项“{kindZh}”：计入费用 {fee} 元 × {percent} = {lineAmount} 元（舍去不足一分的部分）。',
    en: 'Line {line}, {kindEn}: {fee} yuan of the fee × {percent} = {lineAmount} yuan, rounded down to the fen.',
  },
  'local-ratio-of-voucher': {
    kind: 'limit',
    clause: '一-(三)',
    zh: '“{categoryZh}”自治区云服务券 {voucher} 元 × {percent} = {lineAmount} 元（舍去不足一分的部分）。',
    en: '{categoryEn}: regional voucher of {voucher} yuan × {percent} = {lineAmount} yuan, rounded down to the fen.',
  },
  'local-order-maximum': {
    kind: 'limit',
    clause: '一-(三)',
    zh: '本地政策每单最多 {most} 元。',
    en: 'The local policy gives at most {most} yuan per order.',
  },
  'local-enterprise-maximum': {
    kind: 'limit',
    clause: '一-(三)',
    zh: '本地政策每家企业每年最多 {most} 元，本企业尚余 {left} 元。',
    en: 'The local policy gives an enterprise at most {most} yuan a year, of which {left} yuan are left.',
  },
  'local-fund-limit': {
    kind: 'limit',
    clause: '一-(三)',
    zh: '本地资金尚余 {left} 元。',
    en: 'The local fund has {left} yuan left.',
  },
  'local-own-share-limit': {
    kind: 'limit',
    clause: '一-(三)',
    zh: '扣除自治区云服务券、优先的本地补助和企业自付下限 {floor} 元后，最多 {most} 元。',
    en: 'Regional voucher, local top-ups of higher priority and the own share of at least {floor} yuan leave at most {most} yuan.',
  },
  'local-granted-limit': {
    kind: 'limit',
    clause: '六',
    zh: '交付后重新计算，不超过签约时的本地补助 {granted} 元。',
    en: 'Computed again on what was delivered, at most the {granted} yuan that were granted.',
  },
  'local-policy-without-money': {
    kind: 'rule',
    clause: '一-(三)',
    zh: '本地资金、每单上限和企业年度上限须大于零。',
    en: 'Fund, maximum per order and maximum per enterprise must be above zero.',
  },
  'local-year-past': {
    kind: 'rule',
    clause: '八-(一)',
    zh: '只能制定 {earliest} 年及以后的本地政策。',
    en: 'A local policy can be made for {earliest} or later.',
  },
  'local-priority-taken': {
    kind: 'rule',
    clause: '一-(三)',
    zh: '该盟市 {year} 年已有优先级为 {priority} 的政策在执行，请修改优先级。',
    en: 'A policy of this jurisdiction with priority {priority} is in force for {year}. Give this one another.',
  },
  'local-policies-too-many': {
    kind: 'limit',
    clause: '八-(一)',
    zh: '该盟市 {year} 年的本地政策已达 {most} 项。',
    en: 'This jurisdiction has published {most} policies for {year}, which is as many as there may be.',
  },
  'local-fund-short': {
    kind: 'limit',
    clause: '一-(三)',
    zh: '本地资金台账余额不足，未作任何变更。请重试；如仍失败，请联系该盟市工信部门核对。',
    en: 'The local fund holds too little; nothing was changed. Try again; if it stays so, ask the industry office of the jurisdiction to check.',
  },
});
