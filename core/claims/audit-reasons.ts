/** A reason that an auditor gives, as people read it, with the clause behind it. */
export interface AuditReason {
  readonly zh: string;
  readonly en: string;
  readonly clause: string;
}

/**
 * Why less is paid. What is paid instead is computed: from the plan's share for the severity of a quality problem, or
 * from the fee that the evidence supports.
 */
export const reductionReasons = {
  'quality-problem': { zh: '服务存在质量问题', en: 'The quality of the service was poor', clause: '七-(二)' },
  'amounts-do-not-add-up': { zh: '金额与凭证不符', en: 'The evidence supports a lower fee', clause: '七-(一)' },
  'overlapping-period': {
    zh: '与其他补助合同服务期重叠',
    en: 'Part of the period is subsidised elsewhere',
    clause: '五-(三)',
  },
} as const satisfies Record<string, AuditReason>;
export type ReductionReason = keyof typeof reductionReasons;

/** Why nothing is paid. */
export const rejectionReasons = {
  'price-above-market': { zh: '价格高于市场价', en: 'The price is above the market price', clause: '七-(二)' },
  'sham-service': { zh: '虚假服务', en: 'The service was a sham', clause: '三-(三)-2' },
  'not-used': { zh: '服务未实际使用', en: 'The service was not used', clause: '一-(二)' },
  'payer-not-enterprise': { zh: '付款方不是上云企业', en: 'Somebody else than the enterprise paid', clause: '一-(二)' },
  'payee-not-provider': { zh: '收款方不是云服务商', en: 'Somebody else than the provider was paid', clause: '一-(二)' },
  'evidence-forged': { zh: '凭证虚假', en: 'Evidence was forged', clause: '八-(三)' },
  'evidence-insufficient': {
    zh: '凭证不足以证明服务',
    en: 'The evidence does not prove the service',
    clause: '七-(一)',
  },
  'counted-twice': { zh: '重复申报', en: 'It was counted before', clause: '五-(三)' },
  'contract-mismatch': {
    zh: '合同与云服务券不符',
    en: 'The contract is not the one of the voucher',
    clause: '一-(二)',
  },
  'outside-contract': { zh: '发生在合同期外', en: 'It happened outside the contract', clause: '六' },
  'enterprise-ineligible': { zh: '企业不符合条件', en: 'The enterprise is not eligible', clause: '二-(一)' },
  'provider-ineligible': { zh: '云服务商不符合条件', en: 'The provider is not eligible', clause: '二-(二)' },
} as const satisfies Record<string, AuditReason>;
export type RejectionReason = keyof typeof rejectionReasons;

/** Why a field goes back to the provider. */
export const correctionReasons = {
  illegible: { zh: '文件不清晰', en: 'The file is illegible', clause: '七-(一)' },
  'wrong-file': { zh: '文件不是所要求的凭证', en: 'The file is another document', clause: '七-(一)' },
  'file-incomplete': { zh: '文件不完整', en: 'The file is incomplete', clause: '七-(一)' },
  'does-not-match-file': {
    zh: '填报内容与文件不一致',
    en: 'What was entered is not what the file says',
    clause: '七-(一)',
  },
  'amount-unclear': { zh: '金额无法核对', en: 'The amount cannot be checked', clause: '七-(一)' },
  'party-unclear': { zh: '交易方无法核对', en: 'The parties cannot be checked', clause: '七-(一)' },
  'date-unclear': { zh: '日期无法核对', en: 'The date cannot be checked', clause: '七-(一)' },
  'usage-unclear': { zh: '使用情况说明不清', en: 'The usage is not explained', clause: '七-(一)' },
} as const satisfies Record<string, AuditReason>;
export type CorrectionReason = keyof typeof correctionReasons;

/** The fields of an item that can be sent back, with anything below them. */
export const correctableFields = ['/invoices', '/transfers', '/usage', '/contractDocumentId'] as const;

const codesOf = <T extends Record<string, AuditReason>>(table: T) => Object.keys(table) as (keyof T & string)[];
export const reductionReasonCodes = codesOf(reductionReasons);
export const rejectionReasonCodes = codesOf(rejectionReasons);
export const correctionReasonCodes = codesOf(correctionReasons);
