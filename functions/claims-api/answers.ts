import type * as z from 'zod';
import type { claimAnswer, claimItemAnswer } from '../../contracts/claims.ts';
import { findingAnswer } from '../../contracts/sentences.ts';
import { businessDate, toShanghaiIso } from '../../core/calendar/business-date.ts';
import type { Claim, ClaimItem, ConflictDeclaration, ItemAudit } from '../../core/claims/claim.ts';
import { money } from '../_runtime/money.ts';

export const toClaimAnswer = (c: Claim): z.input<typeof claimAnswer> => ({
  id: c.id,
  version: c.version,
  status: c.status,
  providerId: c.providerId,
  providerName: c.providerName,
  year: c.year,
  round: c.round,
  itemCount: c.itemCount,
  asked: money(c.asked),
  ...(c.approved === undefined ? {} : { approved: money(c.approved) }),
  ...(c.filedAt === undefined ? {} : { filedAt: toShanghaiIso(c.filedAt) }),
  ...(c.status === 'under-audit' && c.auditBy && c.auditCompletedAt === undefined
    ? { auditBy: businessDate(c.auditBy) }
    : {}),
  ...(c.auditCompletedAt === undefined ? {} : { auditCompletedAt: toShanghaiIso(c.auditCompletedAt) }),
  ...(c.noticeId ? { noticeId: c.noticeId } : {}),
  createdAt: toShanghaiIso(c.createdAt),
  updatedAt: toShanghaiIso(c.updatedAt),
});

/** Without who audited or corrected: the provider need not know the person. */
const toAuditAnswer = ({
  auditedBy: _auditor,
  correctedBy: _corrector,
  approved,
  recognisedFee,
  auditedAt,
  ...audit
}: ItemAudit) => ({
  ...audit,
  approved: money(approved),
  ...(recognisedFee === undefined ? {} : { recognisedFee: money(recognisedFee) }),
  auditedAt: toShanghaiIso(auditedAt),
});

export const toClaimItemAnswer = (i: ClaimItem): z.input<typeof claimItemAnswer> => ({
  id: i.id,
  version: i.version,
  claimId: i.claimId,
  status: i.status,
  voucherId: i.voucherId,
  voucherNumber: i.voucherNumber,
  orderId: i.orderId,
  enterpriseId: i.enterpriseId,
  enterpriseName: i.enterpriseName,
  enterpriseUscc: i.enterpriseUscc,
  year: i.year,
  asked: money(i.asked),
  invoices: i.invoices.map((invoice) => ({
    ...invoice,
    issuedOn: businessDate(invoice.issuedOn),
    amount: money(invoice.amount),
  })),
  transfers: i.transfers.map((transfer) => ({
    ...transfer,
    paidOn: businessDate(transfer.paidOn),
    amount: money(transfer.amount),
  })),
  ...(i.usage ? { usage: { ...i.usage, from: businessDate(i.usage.from), to: businessDate(i.usage.to) } } : {}),
  contractDocumentId: i.contractDocumentId,
  findings: i.findings.map(findingAnswer),
  ...(i.audit ? { audit: toAuditAnswer(i.audit) } : {}),
  ...(i.hearing
    ? {
        hearing: {
          statement: i.hearing.statement,
          proposed: money(i.hearing.proposed),
          at: toShanghaiIso(i.hearing.at),
        },
      }
    : {}),
  ...(i.correctedAt === undefined ? {} : { correctedAt: toShanghaiIso(i.correctedAt) }),
  ...(i.payable === undefined ? {} : { payable: money(i.payable) }),
  ...(i.paid === undefined ? {} : { paid: money(i.paid) }),
  ...(i.deferred === undefined ? {} : { deferred: money(i.deferred) }),
  updatedAt: toShanghaiIso(i.updatedAt),
});

export const toDeclarationAnswer = ({ version, organisationIds, statement, updatedAt }: ConflictDeclaration) => ({
  version,
  organisationIds,
  statement,
  updatedAt: toShanghaiIso(updatedAt),
});
