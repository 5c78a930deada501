import { createHash } from 'node:crypto';
import type { ClaimItem } from '../claims/claim.ts';
import { fen, formatYuan } from '../money/money.ts';
import type { NoticeLine } from './notice.ts';

/** Lines of one stored page of a notice. */
export const LINES_PER_PAGE = 100;

const publicOutcomes = { approve: 'approved', reduce: 'reduced', reject: 'rejected' } as const;

/**
 * What the public sees of an audited item: an allow-list without personal data (clause 一-(二), open). Undefined for
 * an item whose audit has not ended.
 */
export function noticeLineOf(item: ClaimItem): NoticeLine | undefined {
  const { audit } = item;
  if (!audit || audit.outcome === 'return' || (item.status !== 'approved' && item.status !== 'rejected'))
    return undefined;
  return {
    claimItemId: item.id,
    voucherNumber: item.voucherNumber,
    enterpriseName: item.enterpriseName,
    enterpriseUscc: item.enterpriseUscc,
    asked: item.asked,
    approved: item.status === 'rejected' ? fen(0) : audit.approved,
    outcome: item.status === 'rejected' ? 'rejected' : publicOutcomes[audit.outcome],
    ...(audit.reasonCode ? { reasonCode: audit.reasonCode } : {}),
  };
}

/** Splits lines into pages of at most {@link LINES_PER_PAGE}. */
export const pagesOf = (lines: readonly NoticeLine[]): NoticeLine[][] =>
  Array.from({ length: Math.ceil(lines.length / LINES_PER_PAGE) }, (_, page) =>
    lines.slice(page * LINES_PER_PAGE, (page + 1) * LINES_PER_PAGE),
  );

/**
 * SHA-256 (hex) over the lines in order. Each line is the JSON array of claim item id, voucher number, enterprise,
 * USCC, asked and approved in yuan, outcome and reason code ("" if none), followed by a line feed: anybody can compute
 * it again from the public answer.
 */
export function snapshotHash(lines: Iterable<NoticeLine>): string {
  const hash = createHash('sha256');
  for (const line of lines) {
    hash.update(
      `${JSON.stringify([
        line.claimItemId,
        line.voucherNumber,
        line.enterpriseName,
        line.enterpriseUscc,
        formatYuan(fen(line.asked)),
        formatYuan(fen(line.approved)),
        line.outcome,
        line.reasonCode ?? '',
      ])}\n`,
    );
  }
  return hash.digest('hex');
}
