import { defineRules } from './rule.ts';

/** Steps of a derivation: each can set the amount of a voucher, and each is a sentence of its receipt. */
const derivationRules = defineRules({
  'ratio-of-fee': {
    kind: 'limit',
    clause: '五-(二)',
    zh: '第 {line} 项“{kindZh}”：实际费用 {fee} 元 × {percent} = {lineAmount} 元（舍去不足一分的部分）。',
    en: 'Line {line}, {kindEn}: fee {fee} yuan × {percent} = {lineAmount} yuan, rounded down to the fen.',
  },
  'delivered-fee': {
    kind: 'limit',
    clause: '六',
    zh: '第 {line} 项“{kindZh}”：实际交付费用 {fee} 元 × {percent} = {lineAmount} 元（舍去不足一分的部分）。',
    en: 'Line {line}, {kindEn}: delivered fee {fee} yuan × {percent} = {lineAmount} yuan, rounded down to the fen.',
  },
  'overlapping-days': {
    kind: 'limit',
    clause: '五-(三)',
    zh: '第 {line} 项“{kindZh}”：合同期 {days} 天中 {fresh} 天未曾补助，计入费用 {fee} 元 × {fresh} ÷ {days} = {counted} 元（舍去不足一分的部分）。',
    en: 'Line {line}, {kindEn}: {fresh} of {days} days are not subsidised yet, so {fee} yuan × {fresh} ÷ {days} = {counted} yuan count, rounded down to the fen.',
  },
  'category-without-spec': {
    kind: 'limit',
    clause: '五-(一)',
    zh: '第 {line} 项“{kindZh}”：本年度计划未设“{categoryZh}”规格，此项不予补助。',
    en: 'Line {line}, {kindEn}: the plan of the year has no spec for {categoryEn}, so this line is not subsidised.',
  },
  'spec-count-limit': {
    kind: 'limit',
    clause: '五-(一)',
    zh: '“{categoryZh}”规格尚余 {count} 张。',
    en: 'The spec for {categoryEn} has {count} vouchers left.',
  },
  'spec-amount-limit': {
    kind: 'limit',
    clause: '五-(一)',
    zh: '“{categoryZh}”规格尚余金额 {left} 元。',
    en: 'The spec for {categoryEn} has {left} yuan left.',
  },
  'yearly-cap-limit': {
    kind: 'limit',
    clause: '五-(三)',
    zh: '本企业年度累计补助限额 {cap} 元，尚余 {left} 元。',
    en: 'Of the yearly limit of {cap} yuan, this enterprise has {left} yuan left.',
  },
  'fund-limit': {
    kind: 'limit',
    clause: '一-(二)',
    zh: '总额控制：本年度资金尚余 {left} 元。',
    en: 'Total control: the fund of the year has {left} yuan left.',
  },
  'own-share-limit': {
    kind: 'limit',
    clause: '一-(三)',
    zh: '费用 {fee} 元中企业自付不少于 {floor} 元，云服务券最多 {most} 元。',
    en: 'Of the fee of {fee} yuan the enterprise pays at least {floor} yuan itself, so a voucher is at most {most} yuan.',
  },
  'asked-amount': {
    kind: 'limit',
    clause: '六',
    zh: '企业选择使用 {asked} 元。',
    en: 'The enterprise chose to use {asked} yuan.',
  },
  'no-voucher-asked': {
    kind: 'limit',
    clause: '六',
    zh: '企业选择不使用云服务券。',
    en: 'The enterprise chose to use no voucher.',
  },
  'issued-face-limit': {
    kind: 'limit',
    clause: '六',
    zh: '“{categoryZh}”部分不超过原发放的 {issued} 元。',
    en: 'The part for {categoryEn} is not above the {issued} yuan that were issued.',
  },
});

/** Rules of the orders context. */
export const ordersRules = defineRules({
  ...derivationRules,
  'enterprise-not-certified': {
    kind: 'rule',
    clause: '二-(一)',
    zh: '本企业尚未通过实名认证，请先完成认证再下单。',
    en: 'This enterprise is not certified. Complete the certification, then order.',
  },
  'provider-not-certified': {
    kind: 'rule',
    clause: '一-(一)',
    zh: '该云服务商不在认定名单内，不能通过本系统下单。请选择其他服务商。',
    en: 'This provider is not certified, so it cannot be ordered from. Choose another provider.',
  },
  'own-service': {
    kind: 'rule',
    clause: '一-(一)',
    zh: '不能向本单位自己购买服务。请选择其他服务商。',
    en: 'An organisation cannot order from itself. Choose another provider.',
  },
  'offering-not-published': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '该产品未发布或已下架，请选择其他产品。',
    en: 'This offering is not published. Choose another one.',
  },
  'offering-version-superseded': {
    kind: 'state',
    clause: '三-(二)',
    zh: '该产品已更新为第 {current} 版，请重新查看后按新版下单。',
    en: 'Version {current} of this offering is the published one now. Look at it, then order that version.',
  },
  'offering-without-vouchers': {
    kind: 'rule',
    clause: '三-(二)',
    zh: '该产品不支持云服务券。可不使用云服务券下单。',
    en: 'This offering does not accept vouchers. You may order it without one.',
  },
  'voucher-below-one-fen': {
    kind: 'rule',
    clause: '五-(二)',
    zh: '按本订单计算的云服务券不足一分。可不使用云服务券下单。',
    en: 'The voucher of this order would be less than one fen. You may order without one.',
  },
  'category-not-in-plan': {
    kind: 'rule',
    clause: '五-(一)',
    zh: '{year} 年度计划未设此类服务的云服务券。可不使用云服务券下单。',
    en: 'The plan of {year} has no vouchers for this category. You may order without one.',
  },
  'own-share-below-floor': {
    kind: 'rule',
    clause: '一-(三)',
    zh: '企业自付金额须不少于 {floor} 元，本订单不能使用云服务券。可不使用云服务券下单。',
    en: 'The enterprise must pay at least {floor} yuan itself, which leaves nothing for a voucher. You may order without one.',
  },
  'fee-too-large': {
    kind: 'rule',
    zh: '订单金额过大，请减少数量。',
    en: 'This order is too large. Reduce the quantity.',
  },
  'period-reversed': {
    kind: 'rule',
    clause: '六',
    zh: '结束日期不得早于开始日期。',
    en: 'The last day must not be before the first.',
  },
  'period-too-long': {
    kind: 'rule',
    clause: '六',
    zh: '期限不得超过 {days} 天。',
    en: 'The period must not be longer than {days} days.',
  },
  'reservation-ended': {
    kind: 'state',
    clause: '六',
    zh: '云服务券预留已于 {until} 到期。请取消本订单后重新下单。',
    en: 'The reservation of the voucher ended on {until}. Cancel this order and place a new one.',
  },
  'order-of-another-year': {
    kind: 'state',
    clause: '五-(三)',
    zh: '本订单按 {year} 年度计划下单，不能跨年签约领券。请取消后按本年度计划重新下单。',
    en: 'This order was placed under the plan of {year} and cannot be signed in another year. Cancel it and place it anew.',
  },
  'discount-above-price': {
    kind: 'rule',
    clause: '一-(三)',
    zh: '优惠金额不得超过目录价 {price} 元。',
    en: 'The discount must not be above the list price of {price} yuan.',
  },
  'contract-without-fee': {
    kind: 'rule',
    clause: '五-(二)',
    zh: '合同实际费用须大于零。',
    en: 'The fee of the contract must be above zero.',
  },
  'contract-without-ordered-service': {
    kind: 'rule',
    clause: '六',
    zh: '合同须包含所订服务“{kindZh}”。',
    en: 'The contract must contain the service ordered, {kindEn}.',
  },
  'contract-number-used': {
    kind: 'limit',
    clause: '五-(三)',
    zh: '该合同编号已用于其他订单，一份合同只能计入一次。请填写正确的合同编号。',
    en: 'This contract number belongs to another order already; a contract counts once. Give the right number.',
  },
  'contract-document-unusable': {
    kind: 'rule',
    clause: '六',
    zh: '合同文件须为本单位上传、用途为“合同”且已通过检查的文件。',
    en: 'The contract must be a file of your organisation, uploaded as a contract and accepted.',
  },
  'same-service-again': {
    kind: 'rule',
    clause: '五-(三)',
    zh: '本年度计划规定同类服务不得重复补助：已有云服务券 {voucher}。可不使用云服务券下单。',
    en: 'The plan subsidises a kind of service once: there already is voucher {voucher}. You may order without one.',
  },
  'overlapping-service': {
    kind: 'rule',
    clause: '五-(三)',
    zh: '与云服务券 {voucher} 的同类服务“{kindZh}”重叠 {days} 天（{from} 至 {to}），重叠部分不重复补助。',
    en: 'The same kind of service, {kindEn}, has voucher {voucher} for {days} of these days ({from} to {to}); those are not subsidised again.',
  },
  'service-days-subsidised': {
    kind: 'rule',
    clause: '五-(三)',
    zh: '第 {line} 项“{kindZh}”：合同期 {days} 天中仅 {fresh} 天未曾补助，本订单没有可补助的金额。可不使用云服务券下单。',
    en: 'Line {line}, {kindEn}: only {fresh} of {days} days are not subsidised yet, which leaves nothing to subsidise. You may order without a voucher.',
  },
  'service-not-started': {
    kind: 'state',
    clause: '一-(二)',
    zh: '服务自 {from} 开始，开始前不能确认交付。',
    en: 'The service starts on {from}; delivery cannot be confirmed before.',
  },
  'delivery-lines-mismatch': {
    kind: 'rule',
    clause: '六',
    zh: '请逐项填写合同全部 {lines} 项的交付费用。',
    en: 'Give the delivered fee of each of the {lines} lines of the contract.',
  },
  'delivered-above-fee': {
    kind: 'rule',
    clause: '六',
    zh: '交付费用不得超过该项合同费用 {fee} 元。',
    en: 'The delivered fee must not be above the fee of the line, {fee} yuan.',
  },
  'nothing-delivered': {
    kind: 'rule',
    clause: '六',
    zh: '没有任何交付，请选择“未履行”。',
    en: 'Nothing was delivered: report the contract as not performed.',
  },
  'delivery-complete': {
    kind: 'rule',
    clause: '六',
    zh: '全部已交付，请选择“全部交付”。',
    en: 'Everything was delivered: confirm full delivery.',
  },
  'delivery-document-unusable': {
    kind: 'rule',
    clause: '六',
    zh: '交付证明须为本单位上传、用途为“交付证明”且已通过检查的文件。',
    en: 'The evidence must be a file of your organisation, uploaded as delivery evidence and accepted.',
  },
  'party-required': {
    kind: 'rule',
    zh: '请用 enterpriseId 或 providerId 指明一方（仅一方）。',
    en: 'Name one party, with enterpriseId or providerId.',
  },
});
