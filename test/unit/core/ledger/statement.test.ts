import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { businessDate, startOfDay } from '../../../../core/calendar/business-date.ts';
import { accounts } from '../../../../core/ledger/accounts.ts';
import { move, type Posting, replay } from '../../../../core/ledger/posting.ts';
import { statementOf } from '../../../../core/ledger/statement.ts';

const HOUR = 3_600_000;
const on = (date: string, hours = 12) => startOfDay(businessDate(date)) + hours * HOUR;
const posting = (id: string, at: number, reason: string, entries: Posting['entries']): Posting => ({
  id,
  year: 2026,
  at,
  reason,
  reference: { entity: 'order', id },
  actor: 'somebody',
  entries,
  specs: [],
});

const year = [
  posting('a', on('2026-01-05'), 'appropriate', move('appropriation', 'available', 1000)),
  posting('b', on('2026-01-20'), 'reserve', move('available', 'reserved', 300)),
  posting('c', on('2026-01-31', 23), 'reserve', move('available', 'reserved', 200)),
  posting('d', on('2026-02-01', 0), 'issue', move('reserved', 'active', 300)),
];

describe('the statement of a year', () => {
  test('tells what moved month by month in Shanghai, reason by reason, and what stood at the end of each', () => {
    const { months } = statementOf(year);
    expect(months.map(({ month, movements }) => [month, movements])).toEqual([
      [
        '2026-01',
        [
          { reason: 'appropriate', postings: 1, entries: { appropriation: -1000, available: 1000 } },
          { reason: 'reserve', postings: 2, entries: { available: -500, reserved: 500 } },
        ],
      ],
      ['2026-02', [{ reason: 'issue', postings: 1, entries: { reserved: -300, active: 300 } }]],
    ]);
    expect(months[0]?.closing).toMatchObject({ available: 500, reserved: 500, active: 0 });
    expect(months[1]?.closing).toMatchObject({ available: 500, reserved: 200, active: 300 });
  });

  test('as of a day counts that day whole, and nothing after it', () => {
    expect(statementOf(year, businessDate('2026-01-20')).closing).toMatchObject({ available: 700, reserved: 300 });
    expect(statementOf(year, businessDate('2026-01-31')).closing).toMatchObject({ available: 500, reserved: 500 });
    expect(statementOf(year, businessDate('2026-01-04')).months).toEqual([]);
  });

  test('ends with the replay of the journal, whatever its order, and every closing sums to zero', () => {
    const postings = fc.array(
      fc.record({
        at: fc.integer({ min: on('2026-01-01'), max: on('2026-12-31') }),
        amount: fc.integer({ min: 1, max: 1_000_000 }),
        from: fc.constantFrom(...accounts),
        to: fc.constantFrom(...accounts),
        reason: fc.constantFrom('reserve', 'issue', 'pay'),
      }),
    );
    fc.assert(
      fc.property(postings, (drawn) => {
        const journal = drawn.map(({ at, amount, from, to, reason }, i) =>
          posting(String(i), at, reason, from === to ? {} : move(from, to, amount)),
        );
        const { months, closing } = statementOf([...journal].reverse());
        expect(closing).toEqual(replay(journal));
        for (const { closing: of } of months) expect(accounts.reduce((sum, account) => sum + of[account], 0)).toBe(0);
      }),
    );
  });
});
