/** Reasons a reviewer gives, by code; the note says the rest. Codes are stored, sentences are shown. */
export const reviewReasonCodes = {
  'document-illegible': { zh: '文件不清晰', en: 'Document illegible' },
  'document-not-stamped': { zh: '未加盖公章', en: 'Document not stamped' },
  'document-wrong': { zh: '文件与要求不符', en: 'Wrong document' },
  'document-expired': { zh: '证照过期', en: 'Document expired' },
  'data-mismatch': { zh: '填报信息与证照不一致', en: 'Data differs from the document' },
  'not-in-region': { zh: '不在自治区内登记', en: 'Not registered in the region' },
  'not-industrial': { zh: '不从事或服务于工业生产', en: 'Neither in industry nor serving it' },
  'bad-credit': { zh: '有不良信用记录', en: 'Bad credit record' },
  'not-operating': { zh: '未正常经营', en: 'Not in normal operation' },
  'price-above-market': { zh: '价格高于市场价格', en: 'Price above the market price' },
  'evidence-insufficient': { zh: '证明材料不足', en: 'Evidence insufficient' },
  'not-selected': { zh: '择优未入选', en: 'Not selected' },
  'objection-founded': { zh: '异议属实', en: 'Objection founded' },
  'objection-unfounded': { zh: '异议不属实', en: 'Objection unfounded' },
  'totals-wrong': { zh: '控制数不符', en: 'Control totals wrong' },
  other: { zh: '其他（见说明）', en: 'Other (see note)' },
} as const;

export type ReviewReasonCode = keyof typeof reviewReasonCodes;
export const isReviewReasonCode = (code: string): code is ReviewReasonCode => Object.hasOwn(reviewReasonCodes, code);
