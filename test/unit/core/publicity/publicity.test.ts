import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfDay, startOfDay } from '../../../../core/calendar/business-date.ts';
import type { Claim, ClaimItem } from '../../../../core/claims/claim.ts';
import { born } from '../../../../core/lifecycle/record.ts';
import { fen } from '../../../../core/money/money.ts';
import type { NoticeLine } from '../../../../core/publicity/notice.ts';
import { outcomeOfObjection } from '../../../../core/publicity/objection-outcome.ts';
import { publication, windowNow, withWindow } from '../../../../core/publicity/publish.ts';
import { LINES_PER_PAGE, noticeLineOf, snapshotHash } from '../../../../core/publicity/snapshot.ts';
import { businessDates, holidayTables } from '../../../support/arbitraries.ts';

const claim = { id: 'clm_1', providerId: 'org_1', providerName: '云帆科技', year: 2019 } as Claim;

const line = (n: number, more: Partial<NoticeLine> = {}): NoticeLine => ({
  claimItemId: `itm_${n}`,
  voucherNumber: `YQ${n}`,
  enterpriseName: '草原工业',
  enterpriseUscc: '91150100MA0ABCDE0X',
  asked: fen(100),
  approved: fen(100),
  outcome: 'approved',
  ...more,
});

describe('a publication', () => {
  it('has a window of at least the working days asked for, under any calendar', () => {
    fc.assert(
      fc.property(businessDates(), holidayTables, fc.integer({ min: 5, max: 20 }), (day, calendar, workingDays) => {
        const { notice } = publication({
          id: 'ntc_1',
          at: startOfDay(day),
          claim,
          lines: [line(1)],
          workingDays,
          calendar,
        });
        expect(notice.days.length).toBe(workingDays);
        expect(notice.days.every((each) => each > day)).toBe(true);
        expect(notice.endsAt).toBeGreaterThanOrEqual(endOfDay(day) + 5 * 86_400_000);
      }),
    );
  });

  it('never ends earlier when the calendar changes, however often', () => {
    fc.assert(
      fc.property(
        businessDates(),
        fc.array(holidayTables, { minLength: 2, maxLength: 5 }),
        (day, [first, ...later]) => {
          if (!first) return;
          let { notice } = publication({
            id: 'ntc_1',
            at: startOfDay(day),
            claim,
            lines: [line(1)],
            workingDays: 5,
            calendar: first,
          });
          for (const calendar of later) {
            const revised = withWindow(notice, windowNow(notice, calendar), notice.endsAt);
            expect(revised.endsAt).toBeGreaterThanOrEqual(notice.endsAt);
            expect(revised.sha256).toBe(notice.sha256);
            notice = revised;
          }
        },
      ),
    );
  });

  it('refuses fewer than five working days', () => {
    const calendar = { years: [2019], isWorkday: () => true };
    expect(() => publication({ id: 'ntc_1', at: 0, claim, lines: [line(1)], workingDays: 4, calendar })).toThrow(
      RangeError,
    );
  });

  it('keeps every line in pages of at most a hundred, in order', () => {
    const lines = Array.from({ length: 2 * LINES_PER_PAGE + 1 }, (_, n) => line(n));
    const calendar = { years: [2019], isWorkday: () => true };
    const { notice, changes } = publication({ id: 'ntc_1', at: 0, claim, lines, workingDays: 5, calendar });
    const pages = changes.flatMap((change) =>
      change.do === 'create' && change.entity === 'noticePage' ? [change.value] : [],
    );
    expect(pages.map((page) => [page.page, page.lines.length])).toEqual([
      [1, 100],
      [2, 100],
      [3, 1],
    ]);
    expect(snapshotHash(pages.flatMap((page) => page.lines))).toBe(notice.sha256);
  });
});

describe('the hash of a snapshot', () => {
  it('changes with every field and with the order of the lines', () => {
    const lines = [line(1), line(2)];
    const others = [
      [line(2), line(1)],
      [line(1)],
      [line(1, { approved: fen(99) }), line(2)],
      [line(1, { asked: fen(101) }), line(2)],
      [line(1, { outcome: 'reduced' }), line(2)],
      [line(1, { reasonCode: 'x' }), line(2)],
      [line(1, { enterpriseName: '草原工业 ' }), line(2)],
    ];
    expect(new Set([lines, ...others].map(snapshotHash)).size).toBe(others.length + 1);
  });
});

const item = (approved: number, more: Partial<ClaimItem> = {}): ClaimItem =>
  ({
    claimId: 'clm_1',
    id: 'itm_1',
    ...born(1),
    status: 'objected',
    asked: fen(1000),
    openObjectionId: 'obj_1',
    audit: {
      outcome: approved === 0 ? 'reject' : 'approve',
      approved: fen(approved),
      auditedBy: 'a',
      auditedAt: 1,
      reasons: [],
    },
    ...more,
  }) as ClaimItem;

describe('the decision on an objection', () => {
  const by = { reasons: [], decidedBy: 'officer', decidedAt: 2 };
  const amount = fc.integer({ min: 0, max: 1000 });

  it('lifts the suspension; only another amount is material, and then it is what was decided', () => {
    fc.assert(
      fc.property(
        amount,
        fc.option(amount, { nil: undefined }),
        fc.constantFrom('uphold', 'dismiss'),
        (approved, corrected, outcome) => {
          const decision = { ...by, outcome, ...(corrected === undefined ? {} : { corrected }) };
          const applied = outcomeOfObjection(item(approved), decision, 3);
          if (!applied.ok) throw new Error('refused');
          const { item: after, material } = applied.value;
          const expected = outcome === 'uphold' && corrected !== undefined ? corrected : approved;
          expect(material).toBe(expected !== approved);
          expect(after.audit?.approved).toBe(expected);
          expect(after.status).toBe(expected === 0 ? 'rejected' : 'approved');
          expect(after.openObjectionId).toBeUndefined();
          expect(noticeLineOf(after)).toMatchObject({ approved: expected });
        },
      ),
    );
  });

  it('refuses more than was asked', () => {
    expect(outcomeOfObjection(item(500), { ...by, outcome: 'uphold', corrected: 1001 }, 3)).toMatchObject({
      ok: false,
      failure: { rule: 'correction-too-large', values: { asked: '10.00' } },
    });
  });

  it('keeps an item rejected whose deduction left nothing', () => {
    const reduced = item(0);
    const audit = reduced.audit && { ...reduced.audit, outcome: 'reduce' as const };
    const applied = outcomeOfObjection({ ...reduced, ...(audit ? { audit } : {}) }, { ...by, outcome: 'dismiss' }, 3);
    expect(applied).toMatchObject({ ok: true, value: { material: false, item: { status: 'rejected' } } });
  });
});
