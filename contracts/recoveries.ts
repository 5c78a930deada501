import * as z from 'zod';
import { recoveryReasonSchema, recoveryStatusSchema } from '../core/recoveries/recovery.ts';
import { date, idOf, moment, pageOf, pageQuery, peopleNames, shortText, version, yuan, yuanText } from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

const recoveryId = idOf('rcv');
const providerId = idOf('org');
const providerParams = z.strictObject({ providerId });
const recoveryParams = z.strictObject({ providerId, recoveryId });
const bankSerial = z.string().regex(/^[0-9A-Za-z-]{4,40}$/);

const returnAnswer = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('offset'), amount: yuanText, at: moment, payoutId: z.string(), lineId: z.string() }),
  z.strictObject({
    by: z.literal('transfer'),
    amount: yuanText,
    at: moment,
    bankSerial: z.string(),
    paidOn: date,
    /** For staff only. */
    recordedBy: z.string().optional(),
  }),
]);

export const recoveryAnswer = z.strictObject({
  id: recoveryId,
  providerId,
  version,
  status: recoveryStatusSchema,
  providerName: z.string(),
  voucherId: z.string(),
  voucherNumber: z.string(),
  claimId: z.string().optional(),
  claimItemId: z.string().optional(),
  year: z.int(),
  amount: yuanText,
  reasonCode: recoveryReasonSchema,
  note: z.string(),
  /** Who by name of sign-in: for staff only. */
  proposedBy: z.string().optional(),
  proposedAt: moment,
  decision: z.strictObject({ by: z.string().optional(), at: moment, note: z.string() }).optional(),
  names: peopleNames,
  /** Kept from payments that the bank has not answered. */
  held: yuanText,
  recovered: yuanText,
  /** Owed and kept from nothing yet. */
  open: yuanText,
  returns: z.array(returnAnswer),
});

export const receivableAnswer = z.strictObject({
  providerId,
  confirmed: yuanText,
  recovered: yuanText,
  held: yuanText,
  open: yuanText,
});

export const repaymentAnswer = z.strictObject({
  providerId,
  amount: yuanText,
  bankSerial: z.string(),
  settled: z.array(z.strictObject({ recoveryId, amount: yuanText })),
  open: yuanText,
});

const staff = ['regional-officer', 'finance-officer', 'inspector'] as const;
const seenBy = { roles: [...staff, 'provider'] } as const;
const clause = '八-(三)';
const context = 'recoveries-api';

export const recoveriesRoutes = {
  proposeRecovery: defineCommand({
    operation: 'propose-recovery',
    context,
    method: 'POST',
    path: '/v1/recoveries',
    summary: { zh: '提出追回已拨付的资金', en: 'Propose to take paid money back' },
    clause,
    access: { roles: ['regional-officer'] },
    body: z.strictObject({
      voucherId: idOf('vch'),
      /** All that is left of what was paid without it. */
      amount: yuan.optional(),
      reasonCode: recoveryReasonSchema,
      note: shortText,
    }),
    answer: recoveryAnswer,
    status: 201,
  }),
  listRecoveries: defineRead({
    operation: 'list-recoveries',
    context,
    path: '/v1/recoveries',
    summary: { zh: '某年度云服务券的追回事项', en: 'Money taken back from the vouchers of a year' },
    clause,
    access: { roles: staff },
    query: pageQuery.extend({
      year: z
        .string()
        .regex(/^20\d\d$/)
        .transform(Number),
    }),
    answer: pageOf(recoveryAnswer),
  }),
  listRecoveriesOfProvider: defineRead({
    operation: 'list-recoveries-of-provider',
    context,
    path: '/v1/providers/{providerId}/recoveries',
    summary: { zh: '对某云服务商的追回事项', en: 'Money taken back from a provider' },
    clause,
    access: seenBy,
    params: providerParams,
    query: pageQuery,
    answer: pageOf(recoveryAnswer),
  }),
  readRecovery: defineRead({
    operation: 'read-recovery',
    context,
    path: '/v1/providers/{providerId}/recoveries/{recoveryId}',
    summary: { zh: '追回事项详情', en: 'A recovery and how it came back' },
    clause,
    access: seenBy,
    params: recoveryParams,
    answer: recoveryAnswer,
  }),
  readReceivable: defineRead({
    operation: 'read-receivable',
    context,
    path: '/v1/providers/{providerId}/receivable',
    summary: { zh: '云服务商应退资金', en: 'What a provider owes the fund' },
    clause,
    access: seenBy,
    params: providerParams,
    answer: receivableAnswer,
  }),
  decideRecovery: defineCommand({
    operation: 'decide-recovery',
    context,
    method: 'POST',
    path: '/v1/providers/{providerId}/recoveries/{recoveryId}/decision',
    summary: { zh: '确认或驳回追回事项（由另一人办理）', en: 'Confirm or reject a recovery, by another person' },
    clause,
    access: { roles: ['finance-officer'] },
    params: recoveryParams,
    body: z.strictObject({ outcome: z.enum(['confirm', 'reject']), note: shortText }),
    answer: recoveryAnswer,
    ifMatch: true,
  }),
  recordRepayment: defineCommand({
    operation: 'record-repayment',
    context,
    method: 'POST',
    path: '/v1/providers/{providerId}/repayments',
    summary: { zh: '登记云服务商退回的款项', en: 'Record what a provider transferred back' },
    clause,
    access: { roles: ['finance-officer'] },
    params: providerParams,
    body: z.strictObject({ amount: yuan, bankSerial, paidOn: date }),
    answer: repaymentAnswer,
    status: 201,
  }),
};
