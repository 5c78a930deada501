import { defineRules } from './rule.ts';

/** What refuses a step of a claim, its items or their audit. */
const refusals = defineRules({
  'claim-window-closed': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '现在不在 {year} 年度兑现申报窗口内（{from} 至 {to}）。请在窗口期内申报。',
    en: 'The claim window of {year} is {from} to {to}. File within it.',
  },
  'claim-exists': {
    kind: 'state',
    clause: '七-(一)',
    zh: '本年度兑现申请已存在，每个申报窗口只有一份，请在其中继续填报。',
    en: 'You have a claim for this window; there is one per provider and window. Continue with it.',
  },
  'voucher-not-claimable': {
    kind: 'state',
    clause: '一-(二)',
    zh: '云服务券当前状态为“{state}”，仅已使用（used）且未申报的券可以兑现。',
    en: 'The voucher is in state "{state}"; only used ones that are in no claim can be redeemed.',
  },
  'voucher-of-later-year': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '{voucherYear} 年度的云服务券不能在 {year} 年度申报。',
    en: 'A voucher of {voucherYear} cannot be claimed in {year}.',
  },
  'voucher-past-validity': {
    kind: 'rule',
    clause: '六',
    zh: '云服务券有效期至 {expiresOn}，已不能申报。',
    en: 'The voucher could be claimed until {expiresOn}.',
  },
  'invoice-already-used': {
    kind: 'limit',
    clause: '五-(三)',
    zh: '该发票已用于其他申报，同一发票只能使用一次。请核对发票代码和号码。',
    en: 'This invoice has been used before; an invoice counts once, ever. Check its code and number.',
  },
  'bank-serial-already-used': {
    kind: 'limit',
    clause: '五-(三)',
    zh: '该银行流水号已用于其他申报，同一流水只能使用一次。请核对流水号。',
    en: 'This bank serial number has been used before; a transfer counts once, ever. Check the number.',
  },
  'evidence-document-unusable': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '文件不可用：须为本单位以“{purpose}”用途上传并通过检查的文件。请重新上传。',
    en: 'This file cannot be used: it must be yours, uploaded as "{purpose}", and accepted. Upload it again.',
  },
  'usage-period-reversed': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '使用期的结束日期早于开始日期，请更正。',
    en: 'The usage ends before it begins; correct the dates.',
  },
  'evidence-missing': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '缺少凭证。每张云服务券须附发票、合同、转账证明和使用情况，补齐后再提交。',
    en: 'Evidence is missing. Each voucher needs invoice, contract, transfer proof and usage; complete it, then file.',
  },
  'claim-empty': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '申请中没有云服务券，请至少添加一张。',
    en: 'The claim has no vouchers. Add at least one.',
  },
  'item-not-corrected': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '退回的项目尚未更正，请先按退回原因修改。',
    en: 'This item was returned and has not been corrected. Change it as the reasons say.',
  },
  'declaration-required': {
    kind: 'forbidden',
    clause: '七-(一)',
    zh: '审核前须先申报与您有利害关系的单位（可为空）。',
    en: 'Before auditing, declare the organisations you are related to (there may be none).',
  },
  'conflict-of-interest': {
    kind: 'forbidden',
    clause: '七-(一)',
    zh: '您与该申请的单位有利害关系，须回避。请由其他审核人员办理。',
    en: 'You are related to an organisation of this claim and must stand aside. Another auditor acts.',
  },
  'audit-not-open': {
    kind: 'state',
    clause: '七-(一)',
    zh: '该申请的审核任务尚未打开或正在转办，请稍后重试。',
    en: 'The audit of this claim is not open yet or is being passed on. Try again shortly.',
  },
  'audit-completed': {
    kind: 'state',
    clause: '七-(一)',
    zh: '该申请本轮审核已完成，不能再更改。',
    en: 'The audit of this claim has been completed; nothing can be changed in this round.',
  },
  'audit-incomplete': {
    kind: 'state',
    clause: '七-(一)',
    zh: '还有 {count} 项未审核，请逐项审核后再完成。',
    en: '{count} items have not been audited. Decide each, then complete.',
  },
  'hearing-open': {
    kind: 'state',
    clause: '七-(二)',
    zh: '还有 {count} 项拟扣减待云服务商陈述，最迟至 {until}。',
    en: 'The provider can still be heard on {count} deductions, until {until} at the latest.',
  },
  'nothing-to-hear': {
    kind: 'state',
    clause: '七-(二)',
    zh: '该项没有待陈述的拟扣减，或您已陈述。',
    en: 'There is no proposed deduction to answer on this item, or you have answered it.',
  },
  'deduction-basis-required': {
    kind: 'rule',
    clause: '七-(二)',
    zh: '质量问题须且仅须注明严重程度；其他扣减须且仅须注明凭证支持的费用。',
    en: 'A quality problem needs its severity and nothing else; other deductions the fee that the evidence supports and nothing else.',
  },
  'recognised-fee-too-high': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '认定费用须低于合同费用 {fee} 元；全额认可请选择通过。',
    en: 'The recognised fee must be below the fee of {fee} yuan. To accept all of it, approve.',
  },
  'above-market-needs-note': {
    kind: 'rule',
    clause: '七-(二)',
    zh: '系统发现价格高于市场价，此项应计为 0；如认为不成立，请在备注中说明理由。',
    en: 'The price was found to be above the market, which makes this item worth 0. If that is wrong, say why in the note.',
  },
  'correction-reason-unknown': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '退回原因代码或字段无效。可退回：{fields}；原因：{reasons}。',
    en: 'This reason or field cannot be used. Fields: {fields}. Reasons: {reasons}.',
  },
  'declared-organisation-unknown': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '找不到该单位，请核对编号。',
    en: 'There is no such organisation. Check the id.',
  },
});

/** What an auditor should look at: noticed automatically, decided by a person. */
const findings = defineRules({
  'invoices-total-differs': {
    kind: 'rule',
    clause: '七-(一)',
    zh: '发票合计 {total} 元，既不等于费用 {fee} 元，也不等于企业自付 {own} 元。',
    en: 'Invoices add up to {total} yuan: neither the fee of {fee} nor the own share of {own}.',
  },
  'transfers-total-differs': {
    kind: 'rule',
    clause: '一-(三)',
    zh: '转账合计 {total} 元，不等于企业自付 {own} 元（费用减云服务券和本地补助）。',
    en: 'Transfers add up to {total} yuan, not to the own share of {own} (fee less voucher and local top-ups).',
  },
  'transfer-payer-differs': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '付款方不是上云企业。',
    en: 'The payer is not the enterprise.',
  },
  'transfer-payee-differs': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '收款方不是云服务商。',
    en: 'The payee is not the provider.',
  },
  'invoice-buyer-differs': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '发票购买方的统一社会信用代码不是上云企业的。',
    en: "The buyer's code on the invoice is not the enterprise's.",
  },
  'invoice-seller-differs': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '发票销售方的统一社会信用代码不是云服务商的。',
    en: "The seller's code on the invoice is not the provider's.",
  },
  'item-price-above-market': {
    kind: 'rule',
    clause: '七-(二)',
    zh: '费用 {fee} 元高于按市场价计算的 {limit} 元，此项计为 0。',
    en: 'The fee of {fee} yuan is above {limit} yuan at the market price: this item is worth 0.',
  },
  'invoice-outside-contract': {
    kind: 'rule',
    clause: '六',
    zh: '发票日期 {on} 不在合同期及合理期限（{from} 至 {to}）内。',
    en: 'The invoice is of {on}, outside the contract and its tail ({from} to {to}).',
  },
  'transfer-outside-contract': {
    kind: 'rule',
    clause: '六',
    zh: '转账日期 {on} 不在合同期及合理期限（{from} 至 {to}）内。',
    en: 'The transfer is of {on}, outside the contract and its tail ({from} to {to}).',
  },
  'evidence-dated-in-future': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '日期 {on} 尚未到来；先用后补。',
    en: '{on} is in the future; payment comes after use.',
  },
  'usage-outside-contract': {
    kind: 'rule',
    clause: '六',
    zh: '使用期超出合同期（{from} 至 {to}）。',
    en: 'The usage goes beyond the contract ({from} to {to}).',
  },
  'usage-empty': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '使用情况显示没有活跃用户。',
    en: 'The usage report shows no active users.',
  },
  'evidence-used-elsewhere': {
    kind: 'rule',
    clause: '五-(三)',
    zh: '同一文件已用于其他申报项目。',
    en: 'The same file was filed for another item.',
  },
  'contract-file-differs': {
    kind: 'rule',
    clause: '一-(二)',
    zh: '合同文件与云服务券所绑定的合同不同。',
    en: 'The contract is another file than the one the voucher is bound to.',
  },
  'item-enterprise-not-certified': {
    kind: 'rule',
    clause: '二-(一)',
    zh: '上云企业目前未通过认证或已被取消资格。',
    en: 'The enterprise is not certified at present.',
  },
  'item-provider-not-certified': {
    kind: 'rule',
    clause: '二-(二)',
    zh: '云服务商目前未通过认证或已被取消资格。',
    en: 'The provider is not certified at present.',
  },
  'item-overlapping-service': {
    kind: 'rule',
    clause: '五-(三)',
    zh: '该企业同类服务另有云服务券 {voucher}，服务期重叠 {days} 天，仅补助不重叠部分。',
    en: 'The enterprise has voucher {voucher} for the same kind, overlapping {days} days; only the rest is subsidised.',
  },
});

/** Rules of the claims context. */
export const claimsRules = { ...refusals, ...findings };
