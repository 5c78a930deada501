import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accounts, emptyBalances, holdingAccounts } from '../../../../core/ledger/accounts.ts';
import { move, type Posting } from '../../../../core/ledger/posting.ts';
import {
  accountDifferences,
  cameIn,
  committed,
  fundIdentity,
  replayYear,
} from '../../../../core/policy/fund-report.ts';

const posting = (id: string, entries: Posting['entries'], more: Partial<Posting> = {}): Posting => ({
  id,
  year: 2019,
  at: 0,
  reason: 'test',
  reference: { entity: 'plan', id: '2019' },
  actor: 'sub',
  entries,
  specs: [],
  ...more,
});

const moves = fc.array(
  fc.record({
    from: fc.constantFrom(...holdingAccounts),
    to: fc.constantFrom(...holdingAccounts),
    amount: fc.integer({ min: 1, max: 1_000 }),
  }),
);

test('whatever moves between accounts that hold enough, the fund identity holds after every write (1-2)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), moves, (appropriation, wanted) => {
      const journal = [posting('appropriate', move('appropriation', 'available', appropriation))];
      for (const { from, to, amount } of wanted) {
        const { balances } = replayYear(journal);
        if (from !== to && balances[from] >= amount)
          journal.push(posting(`move-${journal.length}`, move(from, to, amount)));
        const after = replayYear(journal).balances;
        expect(fundIdentity(after)).toEqual({ sumsToZero: true, withinTotal: true, nothingNegative: true });
        expect(cameIn(after)).toBe(appropriation);
        expect(after.available + committed(after)).toBe(appropriation);
      }
    }),
  );
});

test('money from nowhere, too much and an overdrawn account are each told', () => {
  expect(fundIdentity({ ...emptyBalances, available: 1 })).toEqual({
    sumsToZero: false,
    withinTotal: true,
    nothingNegative: true,
  });
  expect(fundIdentity({ ...emptyBalances, reserved: 1 })).toMatchObject({ withinTotal: false });
  expect(fundIdentity({ ...emptyBalances, available: -1, reserved: 1 })).toEqual({
    sumsToZero: true,
    withinTotal: false,
    nothingNegative: false,
  });
});

test('a replay adds up specs and caps, gives back included, and names postings that do not balance', () => {
  const taken = {
    specs: [{ specId: 'infrastructure', amount: 500, count: 1 }],
    cap: { uscc: 'U', amount: 500, cap: 2_000 },
  };
  const given = {
    specs: [{ specId: 'infrastructure', amount: -200, count: 0 }],
    cap: { uscc: 'U', amount: -200, cap: 2_000 },
  };
  const replayed = replayYear([
    posting('a', move('available', 'reserved', 500), taken),
    posting('b', move('reserved', 'available', 200), given),
    posting('c', { available: 1 }),
  ]);
  expect(replayed.specs.get('infrastructure')).toEqual({ amount: 300, count: 1 });
  expect(replayed.caps.get('U')).toBe(300);
  expect(replayed.unbalanced).toEqual(['c']);
  expect(accountDifferences({ ...emptyBalances, available: -300, reserved: 300 }, replayed.balances)).toEqual([
    'available',
  ]);
  expect(accounts.length).toBe(9);
});
