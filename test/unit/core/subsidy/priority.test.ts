import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen, sum } from '../../../../core/money/money.ts';
import { comparePriority, fundInOrder } from '../../../../core/subsidy/priority.ts';
import { amounts } from '../../../support/arbitraries.ts';

const owed = fc.record({ id: fc.uuid(), activeAt: fc.integer({ min: 0, max: 50 }), owed: amounts(2_000_000) });
const items = fc.uniqueArray(owed, { selector: ({ id }) => id, maxLength: 30 });

describe('first used, first subsidised (一-(二))', () => {
  it('orders by the time the voucher became active, not by the order of claims', () => {
    const late = { id: 'a', activeAt: 2 };
    const early = { id: 'b', activeAt: 1 };
    expect([late, early].sort(comparePriority)).toEqual([early, late]);
  });

  it('fills the marginal one to the last fen and defers the rest', () => {
    const claims = [
      { id: 'third', activeAt: 3, owed: fen(500) },
      { id: 'first', activeAt: 1, owed: fen(1000) },
      { id: 'second', activeAt: 2, owed: fen(1000) },
    ];
    expect(fundInOrder(claims, fen(1500)).map(({ item, funded, deferred }) => [item.id, funded, deferred])).toEqual([
      ['first', 1000, 0],
      ['second', 500, 500],
      ['third', 0, 500],
    ]);
  });

  it('pays deferred money in the order of use, never a fen over what there is, never a fen less than it could (invariant 6)', () => {
    fc.assert(
      fc.property(items, amounts(20_000_000), (claims, available) => {
        const funded = fundInOrder(claims, available);
        const paid = sum(funded.map((f) => f.funded));
        const total = sum(claims.map((c) => c.owed));
        expect(paid).toBe(Math.min(total, available));
        expect(paid + sum(funded.map((f) => f.deferred))).toBe(total);
        // Once somebody is deferred, nobody behind is funded.
        const margin = funded.findIndex((f) => f.deferred > 0);
        if (margin >= 0) expect(sum(funded.slice(margin + 1).map((f) => f.funded))).toBe(0);
      }),
    );
  });

  it('does not depend on the order in which claims come in', () => {
    fc.assert(
      fc.property(items, amounts(20_000_000), (claims, available) => {
        expect(fundInOrder([...claims].reverse(), available)).toEqual(fundInOrder(claims, available));
      }),
    );
  });
});
