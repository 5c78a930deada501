import { businessDate, businessDateOf } from '../calendar/business-date.ts';
import { type HolidayTable, type PublicityWindow, publicityWindow, reviseWindow } from '../calendar/working-days.ts';
import type { Claim } from '../claims/claim.ts';
import { born, revise } from '../lifecycle/record.ts';
import { fen, sum } from '../money/money.ts';
import type { Change } from '../ports/store.ts';
import type { Notice, NoticeLine } from './notice.ts';
import { pagesOf, snapshotHash } from './snapshot.ts';

/** What a publication is made of. */
export interface Publication {
  readonly id: string;
  readonly at: number;
  readonly claim: Claim;
  readonly lines: readonly NoticeLine[];
  /** Of the plan; never fewer than five (clause 七-(一)). */
  readonly workingDays: number;
  readonly calendar: HolidayTable;
  /** The notice whose lines are publicised anew. */
  readonly corrects?: Notice;
}

/** The immutable snapshot with its window, and the changes that store it (clause 七-(一)). */
export function publication({ id, at, claim, lines, workingDays, calendar, corrects }: Publication): {
  notice: Notice;
  changes: Change[];
} {
  const publishedOn = businessDateOf(at);
  const notice: Notice = {
    id,
    ...born(at),
    status: 'open',
    claimId: claim.id,
    providerId: claim.providerId,
    providerName: claim.providerName,
    year: claim.year,
    edition: (corrects?.edition ?? 0) + 1,
    ...(corrects ? { supersedes: corrects.id } : {}),
    replaced: [],
    publishedOn,
    publishedAt: at,
    workingDays,
    ...windowFields(publicityWindow(publishedOn, workingDays, calendar)),
    lineCount: lines.length,
    approvedTotal: sum(lines.map((line) => fen(line.approved))),
    sha256: snapshotHash(lines),
  };
  return {
    notice,
    changes: [
      { do: 'create', entity: 'notice', value: notice },
      ...pagesOf(lines).map(
        (page, index): Change => ({
          do: 'create',
          entity: 'noticePage',
          value: { noticeId: id, page: index + 1, ...born(at), lines: page },
        }),
      ),
    ],
  };
}

const windowFields = ({ days, lastDay, endsAt, provisional }: PublicityWindow) => ({
  days: [...days],
  lastDay,
  endsAt,
  provisional,
});

/** The window of a notice under the calendar as it is known now: it may have grown, never shrunk (clause 七-(一)). */
export const windowNow = (notice: Notice, calendar: HolidayTable): PublicityWindow =>
  reviseWindow(
    { lastDay: businessDate(notice.lastDay), endsAt: notice.endsAt },
    businessDate(notice.publishedOn),
    notice.workingDays,
    calendar,
  );

/** The notice with the window as it is now; the same notice when nothing about it changed. */
export function withWindow(notice: Notice, window: PublicityWindow, at: number): Notice {
  return window.endsAt === notice.endsAt && window.provisional === notice.provisional
    ? notice
    : revise(notice, at, windowFields(window));
}
