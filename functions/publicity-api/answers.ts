import type * as z from 'zod';
import type {
  noticeAnswer,
  noticeLineAnswer,
  noticeLinesAnswer,
  objectionAnswer,
  objectionReceipt,
  verificationAnswer,
} from '../../contracts/publicity.ts';
import { toShanghaiIso } from '../../core/calendar/business-date.ts';
import { maskPhone } from '../../core/identity/masks.ts';
import { fen, formatYuan } from '../../core/money/money.ts';
import type { Notice, NoticeLine, NoticePage, Objection } from '../../core/publicity/notice.ts';
import { LINES_PER_PAGE } from '../../core/publicity/snapshot.ts';
import type { Verification } from '../../core/usecases/publicity/read-notices.ts';

const provisionalNote = {
  zh: '公示期内有日期所在年份的节假日安排尚未公布，公示期可能延长，不会缩短。',
  en: 'The holidays of a year in this window are not announced yet: the window may grow, it never shrinks.',
};

const pageCountOf = (notice: Notice) => Math.ceil(notice.lineCount / LINES_PER_PAGE);

export const toNoticeAnswer = (notice: Notice): z.input<typeof noticeAnswer> => ({
  id: notice.id,
  version: notice.version,
  status: notice.status,
  year: notice.year,
  providerName: notice.providerName,
  edition: notice.edition,
  supersedes: notice.supersedes,
  replaced: notice.replaced,
  publishedOn: notice.publishedOn,
  days: notice.days,
  lastDay: notice.lastDay,
  endsAt: toShanghaiIso(notice.endsAt),
  provisional: notice.provisional,
  ...(notice.provisional ? { note: provisionalNote } : {}),
  lineCount: notice.lineCount,
  pageCount: pageCountOf(notice),
  approvedTotal: formatYuan(notice.approvedTotal),
  sha256: notice.sha256,
  closedAt: notice.closedAt === undefined ? undefined : toShanghaiIso(notice.closedAt),
});

const toLine = (line: NoticeLine): z.input<typeof noticeLineAnswer> => ({
  ...line,
  asked: formatYuan(fen(line.asked)),
  approved: formatYuan(fen(line.approved)),
});

export const toLinesAnswer = ({
  notice,
  page,
}: {
  readonly notice: Notice;
  readonly page: NoticePage;
}): z.input<typeof noticeLinesAnswer> => ({
  noticeId: notice.id,
  page: page.page,
  pageCount: pageCountOf(notice),
  items: page.lines.map(toLine),
});

const method =
  'SHA-256 of the lines of all pages in order; each line is the JSON array [claimItemId, voucherNumber, enterpriseName, enterpriseUscc, asked, approved, outcome, reasonCode or ""] in UTF-8 without spaces, followed by a line feed.';

export const toVerificationAnswer = ({ notice, recomputed }: Verification): z.input<typeof verificationAnswer> => ({
  noticeId: notice.id,
  lineCount: notice.lineCount,
  sha256: notice.sha256,
  recomputed,
  matches: recomputed === notice.sha256,
  method,
});

export const toObjectionReceipt = (objection: Objection): z.input<typeof objectionReceipt> => ({
  id: objection.id,
  version: objection.version,
  status: objection.status,
  noticeId: objection.noticeId,
  claimItemId: objection.claimItemId,
  joinedTo: objection.joinedTo,
  lodgedAt: toShanghaiIso(objection.createdAt),
  dueOn: objection.dueOn,
});

export const toObjectionAnswer = (objection: Objection): z.input<typeof objectionAnswer> => ({
  ...toObjectionReceipt(objection),
  claimId: objection.claimId,
  grounds: objection.grounds,
  documentIds: objection.documentIds,
  joined: objection.joined,
  objector: {
    name: objection.objector.name,
    phoneMasked: maskPhone(objection.objector.phone),
    organisationId: objection.objector.organisationId,
  },
  ...(objection.decision
    ? {
        decision: {
          ...objection.decision,
          corrected: objection.decision.corrected === undefined ? undefined : formatYuan(objection.decision.corrected),
          decidedAt: toShanghaiIso(objection.decision.decidedAt),
        },
      }
    : {}),
});
