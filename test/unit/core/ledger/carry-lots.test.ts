import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  carryLots,
  type Lot,
  lotsTotal,
  mergeLots,
  sourcesOf,
  takeOldest,
} from '../../../../core/ledger/carry-lots.ts';
import { fen } from '../../../../core/money/money.ts';

const lot = (originYear: number, amount: number): Lot => ({ originYear, amount: fen(amount) });
const close = (facts: { sources: readonly Lot[]; live: number; free: number; carryOverYears?: number }) =>
  carryLots({ year: 2021, carryOverYears: 2, ...facts, live: fen(facts.live), free: fen(facts.free) });

describe('money by year of origin (clause 一-(二))', () => {
  test('the golden case: of 1,000,000 yuan, 700,000 are paid, 150,000 move with vouchers and 150,000 are free', () => {
    const sources = sourcesOf(2021, { carriedIn: fen(0), own: fen(100_000_000) }, []);
    expect(close({ sources, live: 15_000_000, free: 15_000_000 })).toEqual({
      live: [lot(2021, 15_000_000)],
      free: [lot(2021, 15_000_000)],
      lapsed: [],
      shortfall: 0,
    });
  });

  test('the oldest money is paid out first, then committed; what is free is the newest', () => {
    const sources = [lot(2019, 30), lot(2020, 50), lot(2021, 100)];
    expect(close({ sources, live: 60, free: 80 })).toMatchObject({
      live: [lot(2020, 40), lot(2021, 20)],
      free: [lot(2021, 80)],
    });
  });

  test('free money lapses when the next year would use it more than the plan’s years after its own', () => {
    const sources = [lot(2019, 30), lot(2020, 50), lot(2021, 100)];
    expect(close({ sources, live: 0, free: 180 })).toMatchObject({
      free: [lot(2020, 50), lot(2021, 100)],
      lapsed: [lot(2019, 30)],
    });
    expect(close({ sources, live: 0, free: 180, carryOverYears: 0 })).toMatchObject({ free: [], lapsed: sources });
  });

  test('money behind live commitments never lapses, however old it is', () => {
    expect(close({ sources: [lot(2015, 70)], live: 70, free: 0 })).toMatchObject({ live: [lot(2015, 70)], lapsed: [] });
  });

  test('a shortfall after a cut is what the commitments miss', () => {
    expect(close({ sources: [lot(2021, 90)], live: 100, free: -10 })).toEqual({
      live: [lot(2021, 90)],
      free: [],
      lapsed: [],
      shortfall: 10,
    });
  });

  test('money without a record of its origin counts as the year before’s, and recovered money as the year’s own', () => {
    expect(sourcesOf(2021, { carriedIn: fen(50), own: fen(100) }, [lot(2019, 30)])).toEqual([
      lot(2019, 30),
      lot(2020, 20),
      lot(2021, 100),
    ]);
  });

  const lots = fc.array(
    fc.record({ originYear: fc.integer({ min: 2015, max: 2021 }), amount: fc.nat(1_000_000).map(fen) }),
    { maxLength: 8 },
  );

  test('taking from lots gives every fen to one side, and never a newer lot before an older one', () => {
    fc.assert(
      fc.property(lots, fc.nat(1000), (all, share) => {
        const amount = fen(Math.floor((lotsTotal(all) * share) / 1000));
        const { taken, left } = takeOldest(all, amount);
        expect(lotsTotal(taken)).toBe(amount);
        expect(mergeLots(...taken, ...left)).toEqual(mergeLots(...all));
        const [oldestLeft] = left;
        if (oldestLeft) expect(taken.every(({ originYear }) => originYear <= oldestLeft.originYear)).toBe(true);
      }),
    );
  });

  test('a close loses and finds no fen: what came in was paid, is carried, or lapsed (invariant 7)', () => {
    fc.assert(
      fc.property(lots, fc.nat(1000), fc.nat(1000), fc.nat(3), (sources, a, b, carryOverYears) => {
        const total = lotsTotal(sources);
        const paid = Math.floor((total * a) / 1000);
        const live = Math.floor(((total - paid) * b) / 1000);
        const free = total - paid - live;
        const carried = close({ sources, live, free, carryOverYears });
        expect(lotsTotal(carried.live)).toBe(live);
        expect(lotsTotal(carried.free) + lotsTotal(carried.lapsed)).toBe(free);
        expect(carried.free.every(({ originYear }) => 2022 - originYear <= carryOverYears)).toBe(true);
      }),
    );
  });

  test('over many years the lots are what the fund holds, with every shortfall told', () => {
    const yearly = fc.record({
      own: fc.nat(10_000),
      paid: fc.nat(1000),
      live: fc.nat(1000),
      cut: fc.nat(300),
      carryOverYears: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(yearly, { minLength: 1, maxLength: 8 }), (years) => {
        let carriedIn = 0;
        let recorded: Lot[] = [];
        years.forEach((of, n) => {
          const year = 2020 + n;
          const came = Math.max(0, carriedIn) + of.own;
          const paid = Math.floor((came * of.paid) / 1000);
          const cut = Math.min(of.own, Math.max(0, Math.min(of.cut, came - paid)));
          const left = came - cut - paid;
          const live = Math.floor(((left + cut) * of.live) / 1000);
          const free = left - live;
          const sources = sourcesOf(year, { carriedIn: fen(carriedIn), own: fen(of.own - cut) }, recorded);
          const { carryOverYears } = of;
          const carried = carryLots({ year, sources, live: fen(live), free: fen(free), carryOverYears });
          expect(carried.shortfall).toBe(Math.max(0, -free));
          recorded = mergeLots(...carried.live, ...carried.free);
          carriedIn = left - lotsTotal(carried.lapsed);
          expect(lotsTotal(recorded)).toBe(carriedIn);
        });
      }),
    );
  });
});
