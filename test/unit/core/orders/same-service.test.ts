import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, businessDate, daysOf, type Period } from '../../../../core/calendar/business-date.ts';
import type { Kind } from '../../../../core/catalogue/kinds.ts';
import { checkSameService, freshPeriods, overlappingDays } from '../../../../core/orders/same-service.ts';
import { daysOfAll } from '../../../../core/orders/service-days.ts';
import type { SubsidisedPeriod } from '../../../../core/orders/service-history.ts';

const period = (from: string, to: string): Period => ({ from: businessDate(from), to: businessDate(to) });
const wanted = (from: string, to: string, ...kinds: Kind[]) => ({ ...period(from, to), kinds });
const had = (from: string, to: string, voucher = 1, kind: Kind = 'database'): SubsidisedPeriod => ({
  voucherId: `vch_${voucher}`,
  voucherNumber: `NM2026-PLT-${voucher}`,
  kind,
  from,
  to,
});

describe('the same kind of service again', () => {
  const earlier = [had('2026-01-01', '2026-06-30')];
  const check = (...[from, to, kind = 'database']: [string, string, Kind?]) =>
    checkSameService(earlier, wanted(from, to, kind), 'if-periods-do-not-overlap');

  test('in an overlapping period is a finding that says which voucher, which kind and which days', () => {
    expect(check('2026-06-29', '2026-12-31')).toEqual({
      ok: true,
      value: [
        {
          rule: 'overlapping-service',
          values: {
            voucher: 'NM2026-PLT-1',
            kindZh: expect.any(String),
            kindEn: expect.any(String),
            from: '2026-06-29',
            to: '2026-06-30',
            days: 2,
          },
        },
      ],
    });
  });

  test('in the period after is a renewal, and nothing is noticed; another kind never is', () => {
    expect(check('2026-07-01', '2026-12-31')).toEqual({ ok: true, value: [] });
    expect(check('2026-01-01', '2026-12-31', 'ai')).toEqual({ ok: true, value: [] });
  });

  test('is noticed once for each voucher, with the days of all its periods', () => {
    const pieces = [
      had('2026-03-01', '2026-03-10'),
      had('2026-01-01', '2026-01-31'),
      had('2026-02-01', '2026-02-02', 2),
    ];
    expect(
      checkSameService(pieces, wanted('2026-01-31', '2026-03-02', 'database'), 'if-periods-do-not-overlap'),
    ).toMatchObject({
      ok: true,
      value: [
        { values: { voucher: 'NM2026-PLT-1', from: '2026-01-31', to: '2026-03-02', days: 3 } },
        { values: { voucher: 'NM2026-PLT-2', from: '2026-02-01', to: '2026-02-02', days: 2 } },
      ],
    });
  });

  test('is refused under a plan that subsidises a kind once, whatever the period', () => {
    expect(checkSameService(earlier, wanted('2027-07-01', '2027-12-31', 'database'), 'never')).toMatchObject({
      ok: false,
      failure: { rule: 'same-service-again', values: { voucher: 'NM2026-PLT-1' } },
    });
    expect(checkSameService(earlier, wanted('2026-01-01', '2026-12-31', 'ai'), 'never')).toEqual({
      ok: true,
      value: [],
    });
  });
});

describe('the days of a service that nobody was subsidised for', () => {
  test('are those outside of all earlier periods together, each day taken out once', () => {
    const earlier = [
      had('2026-01-10', '2026-01-20'),
      had('2026-01-15', '2026-01-25', 2),
      had('2026-01-18', '2026-01-18', 3),
    ];
    expect(freshPeriods('database', period('2026-01-01', '2026-01-31'), earlier)).toEqual([
      period('2026-01-01', '2026-01-09'),
      period('2026-01-26', '2026-01-31'),
    ]);
    expect(overlappingDays(wanted('2026-01-01', '2026-01-31', 'database', 'ai'), earlier)).toEqual(
      new Map([['database', { days: 31, fresh: 15 }]]),
    );
  });

  test('are none when an earlier period holds them all', () => {
    expect(overlappingDays(wanted('2026-02-01', '2026-02-28', 'database'), [had('2026-01-01', '2026-12-31')])).toEqual(
      new Map([['database', { days: 28, fresh: 0 }]]),
    );
  });

  const start = businessDate('2026-01-01');
  const anyPeriod = fc
    .tuple(fc.nat(400), fc.nat(120))
    .map(([from, length]) => ({ from: addDays(start, from), to: addDays(start, from + length) }));
  const dates = ({ from, to }: Period) => Array.from({ length: daysOf({ from, to }) }, (_, n) => addDays(from, n));

  test('are exactly the days that no earlier period has, whatever the periods', () => {
    fc.assert(
      fc.property(anyPeriod, fc.array(anyPeriod, { maxLength: 8 }), (whole, earlier) => {
        const fresh = freshPeriods(
          'database',
          whole,
          earlier.map(({ from, to }, n) => had(from, to, n)),
        );
        const taken = new Set(earlier.flatMap(dates));
        expect(fresh.flatMap(dates)).toEqual(dates(whole).filter((date) => !taken.has(date)));
        expect(daysOfAll(fresh)).toBe(fresh.flatMap(dates).length);
      }),
    );
  });

  test('are never counted twice over all vouchers of an enterprise, in whatever order they are signed or end', () => {
    const step = fc.record({
      wanted: anyPeriod,
      kind: fc.constantFrom<Kind>('database', 'ai'),
      ends: fc.option(fc.nat(9)),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let history: SubsidisedPeriod[] = [];
        for (const [n, { wanted: whole, kind, ends }] of steps.entries()) {
          // A voucher that ended without use gives its days back.
          history = history.filter(({ voucherId }) => voucherId !== `vch_${ends}`);
          const fresh = freshPeriods(kind, whole, history);
          history = [...history, ...fresh.map(({ from, to }) => had(from, to, n, kind))];
          for (const of of ['database', 'ai']) {
            const days = history
              .filter((entry) => entry.kind === of)
              .flatMap(({ from, to }) => dates(period(from, to)));
            expect(new Set(days).size).toBe(days.length);
          }
          // Every day that was asked for is subsidised by somebody now.
          const covered = new Set(
            history.filter((entry) => entry.kind === kind).flatMap(({ from, to }) => dates(period(from, to))),
          );
          expect(dates(whole).every((date) => covered.has(date))).toBe(true);
        }
      }),
    );
  });
});
