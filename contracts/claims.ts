import * as z from 'zod';
import { correctionReasonCodes, reductionReasonCodes, rejectionReasonCodes } from '../core/claims/audit-reasons.ts';
import { claimItemStatuses, claimStatuses } from '../core/claims/claim.ts';
import {
  date,
  fieldReason,
  finding,
  idOf,
  longText,
  moment,
  pageOf,
  pageQuery,
  reasonText,
  shortText,
  trailEntry,
  uscc,
  version,
  yuan,
  yuanText,
} from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

const context = 'claims-api' as const;
const readers = ['provider', 'auditor', 'regional-officer', 'finance-officer', 'inspector'] as const;
const claimParams = z.strictObject({ claimId: idOf('clm') });
const itemParams = z.strictObject({ claimId: idOf('clm'), itemId: idOf('itm') });
const note = reasonText;

/** Paper invoices have a code of 10 or 12 digits and a number of 8; fully digital ones only a number of 20 digits. */
const invoiceCode = z.string().regex(/^(\d{10}|\d{12})?$/);
const invoiceNumber = z.string().regex(/^(\d{8}|\d{20})$/);
const bankSerial = z.string().regex(/^[0-9A-Za-z-]{6,64}$/);

const invoiceFields = { code: invoiceCode, number: invoiceNumber, issuedOn: date, documentId: idOf('doc') };
const transferFields = {
  serial: bankSerial,
  payerName: shortText,
  payeeName: shortText,
  paidOn: date,
  documentId: idOf('doc'),
};

const usage = z.strictObject({
  from: date,
  to: date,
  activeUsers: z.int().nonnegative().max(10_000_000).optional(),
  summary: longText,
  documentId: idOf('doc'),
});

/** What is filed for a voucher (clause 七-(一)); a draft may be incomplete, filing needs all of it. */
const evidence = z.strictObject({
  invoices: z.array(z.strictObject({ ...invoiceFields, amount: yuan, buyerUscc: uscc, sellerUscc: uscc })).max(10),
  transfers: z.array(z.strictObject({ ...transferFields, amount: yuan })).max(10),
  usage: usage.optional(),
  /** The order's signed contract unless another file is given. */
  contractDocumentId: idOf('doc').optional(),
});

export const claimAnswer = z.strictObject({
  id: idOf('clm'),
  version,
  status: z.enum(claimStatuses),
  providerId: idOf('org'),
  providerName: z.string(),
  year: z.int(),
  round: z.int(),
  itemCount: z.int(),
  asked: yuanText,
  approved: yuanText.optional(),
  filedAt: moment.optional(),
  /** Of a claim under audit: by when the auditors are to complete it. */
  auditBy: date.optional(),
  auditCompletedAt: moment.optional(),
  noticeId: z.string().optional(),
  createdAt: moment,
  updatedAt: moment,
});

const auditAnswer = z.strictObject({
  outcome: z.enum(['approve', 'reduce', 'reject', 'return']),
  reasonCode: z.string().optional(),
  severity: z.enum(['minor', 'serious', 'critical']).optional(),
  recognisedFee: yuanText.optional(),
  note: z.string().optional(),
  approved: yuanText,
  hearingUntil: z.string().optional(),
  auditedAt: moment,
  reasons: z.array(z.strictObject({ pointer: z.string(), reasonCode: z.string(), note: z.string().optional() })),
});

export const claimItemAnswer = z.strictObject({
  id: idOf('itm'),
  version,
  claimId: idOf('clm'),
  status: z.enum(claimItemStatuses),
  voucherId: idOf('vch'),
  voucherNumber: z.string(),
  orderId: idOf('ord'),
  enterpriseId: idOf('org'),
  enterpriseName: z.string(),
  enterpriseUscc: z.string(),
  year: z.int(),
  asked: yuanText,
  invoices: z.array(
    z.strictObject({ ...invoiceFields, amount: yuanText, buyerUscc: z.string(), sellerUscc: z.string() }),
  ),
  transfers: z.array(z.strictObject({ ...transferFields, amount: yuanText })),
  usage: usage.optional(),
  contractDocumentId: idOf('doc'),
  findings: z.array(finding),
  audit: auditAnswer.optional(),
  hearing: z.strictObject({ statement: z.string(), proposed: yuanText, at: moment }).optional(),
  correctedAt: moment.optional(),
  payable: yuanText.optional(),
  /** Paid so far, of an item that is paid in parts. */
  paid: yuanText.optional(),
  /** Owed, and not funded yet: paid first when there is money (clause 一-(二)). */
  deferred: yuanText.optional(),
  updatedAt: moment,
});

const declarationAnswer = z.strictObject({
  version,
  organisationIds: z.array(idOf('org')),
  statement: z.string(),
  updatedAt: moment,
});

/** An auditor's word on an item. What is paid is computed from it, never typed in. */
export const verdict = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('approve'), note: note.optional() }),
  z.strictObject({
    outcome: z.literal('reduce'),
    reasonCode: z.enum(reductionReasonCodes),
    /** With `quality-problem`: the plan's share for it is deducted. */
    severity: z.enum(['minor', 'serious', 'critical']).optional(),
    /** With the other reasons: the fee that the evidence supports. */
    recognisedFee: yuan.optional(),
    note: note.optional(),
  }),
  z.strictObject({ outcome: z.literal('reject'), reasonCode: z.enum(rejectionReasonCodes), note: note.optional() }),
  z.strictObject({
    outcome: z.literal('return'),
    reasons: z
      .array(fieldReason.extend({ reasonCode: z.enum(correctionReasonCodes) }))
      .min(1)
      .max(20),
    note: note.optional(),
  }),
]);

export const claimsRoutes = {
  openClaim: defineCommand({
    operation: 'open-claim',
    context,
    method: 'POST',
    path: '/v1/claims',
    summary: { zh: '新建年度兑现申请', en: "Open the year's redemption claim" },
    clause: '七-(一)',
    access: { roles: ['provider'] },
    answer: claimAnswer,
    status: 201,
  }),
  listClaims: defineRead({
    operation: 'list-claims',
    context,
    path: '/v1/claims',
    summary: { zh: '兑现申请列表', en: 'Claims: own ones, or those of a year (this year unless given)' },
    access: { roles: readers },
    query: pageQuery.extend({ year: z.coerce.number().int().min(2019).max(2100).optional() }),
    answer: pageOf(claimAnswer),
  }),
  readClaim: defineRead({
    operation: 'read-claim',
    context,
    path: '/v1/claims/{claimId}',
    summary: { zh: '查看兑现申请', en: 'A claim' },
    access: { roles: readers },
    params: claimParams,
    answer: claimAnswer,
  }),
  readClaimTrail: defineRead({
    operation: 'read-claim-trail',
    context,
    path: '/v1/claims/{claimId}/trail',
    summary: { zh: '兑现申请办理记录', en: 'Trail of a claim and its items' },
    access: { roles: readers },
    params: claimParams,
    query: pageQuery,
    answer: pageOf(trailEntry),
  }),
  fileClaim: defineCommand({
    operation: 'file-claim',
    context,
    method: 'POST',
    path: '/v1/claims/{claimId}/filing',
    summary: { zh: '提交兑现申请', en: 'File a claim, or file it again after correction' },
    clause: '七-(一)',
    access: { roles: ['provider'] },
    params: claimParams,
    answer: claimAnswer,
    ifMatch: true,
  }),
  addClaimItem: defineCommand({
    operation: 'add-claim-item',
    context,
    method: 'POST',
    path: '/v1/claims/{claimId}/items',
    summary: { zh: '添加云服务券及凭证', en: 'Add a used voucher with its evidence' },
    clause: '七-(一)',
    access: { roles: ['provider'] },
    params: claimParams,
    body: evidence.extend({ voucherId: idOf('vch') }),
    answer: claimItemAnswer,
    status: 201,
  }),
  listClaimItems: defineRead({
    operation: 'list-claim-items',
    context,
    path: '/v1/claims/{claimId}/items',
    summary: { zh: '兑现申请中的云服务券', en: 'Items of a claim, withdrawn ones included' },
    access: { roles: readers },
    params: claimParams,
    query: pageQuery,
    answer: pageOf(claimItemAnswer),
  }),
  readClaimItem: defineRead({
    operation: 'read-claim-item',
    context,
    path: '/v1/claims/{claimId}/items/{itemId}',
    summary: { zh: '查看申报项目', en: 'An item of a claim' },
    access: { roles: readers },
    params: itemParams,
    answer: claimItemAnswer,
  }),
  changeClaimItem: defineCommand({
    operation: 'change-claim-item',
    context,
    method: 'PUT',
    path: '/v1/claims/{claimId}/items/{itemId}',
    summary: { zh: '修改凭证', en: 'Replace the evidence of a draft or returned item' },
    clause: '七-(一)',
    access: { roles: ['provider'] },
    params: itemParams,
    body: evidence,
    answer: claimItemAnswer,
    ifMatch: true,
  }),
  withdrawClaimItem: defineCommand({
    operation: 'withdraw-claim-item',
    context,
    method: 'DELETE',
    path: '/v1/claims/{claimId}/items/{itemId}',
    summary: { zh: '移除云服务券', en: 'Take an item out; its voucher can be claimed again' },
    access: { roles: ['provider'] },
    params: itemParams,
    answer: claimItemAnswer,
    ifMatch: true,
  }),
  hearProvider: defineCommand({
    operation: 'hear-provider',
    context,
    method: 'POST',
    path: '/v1/claims/{claimId}/items/{itemId}/hearing',
    summary: { zh: '对拟扣减陈述意见', en: 'Answer a proposed deduction' },
    clause: '七-(二)',
    access: { roles: ['provider'] },
    params: itemParams,
    body: z.strictObject({ statement: longText }),
    answer: claimItemAnswer,
    ifMatch: true,
  }),
  auditItem: defineCommand({
    operation: 'audit-item',
    context,
    method: 'PUT',
    path: '/v1/claims/{claimId}/items/{itemId}/audit',
    summary: { zh: '逐项审核', en: 'Audit an item' },
    clause: '七-(一)',
    access: { roles: ['auditor'] },
    params: itemParams,
    body: verdict,
    answer: claimItemAnswer,
    ifMatch: true,
  }),
  completeAudit: defineCommand({
    operation: 'complete-audit',
    context,
    method: 'POST',
    path: '/v1/claims/{claimId}/audit-completion',
    summary: { zh: '完成审核', en: 'Complete the audit of a claim' },
    clause: '七-(一)',
    access: { roles: ['auditor'] },
    params: claimParams,
    answer: claimAnswer,
    ifMatch: true,
  }),
  declareConflicts: defineCommand({
    operation: 'declare-conflicts',
    context,
    method: 'PUT',
    path: '/v1/auditors/me/declaration',
    summary: { zh: '申报利害关系', en: 'Declare the organisations you are related to' },
    clause: '七-(一)',
    access: { roles: ['auditor'] },
    body: z.strictObject({ organisationIds: z.array(idOf('org')).max(100), statement: longText }),
    answer: declarationAnswer,
  }),
  readDeclaration: defineRead({
    operation: 'read-declaration',
    context,
    path: '/v1/auditors/me/declaration',
    summary: { zh: '查看本人利害关系申报', en: 'Your declaration' },
    access: { roles: ['auditor'] },
    answer: declarationAnswer,
  }),
};
