import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imbalance, type Posting, replay } from '../../../../core/ledger/posting.ts';
import { figuresOfVoucher } from '../../../../core/ledger/voucher-figures.ts';
import { fen, sum } from '../../../../core/money/money.ts';
import type { Voucher } from '../../../../core/orders/voucher.ts';
import { type Home, recoveryPostings, takenBack, yearsOf } from '../../../../core/recoveries/postings.ts';
import { openOf, receivableOf, shareOut } from '../../../../core/recoveries/receivable.ts';
import type { Recovery } from '../../../../core/recoveries/recovery.ts';

const recoveryOf = (id: string, fields: Partial<Recovery>): Recovery => ({
  providerId: 'org_1',
  id,
  version: 1,
  createdAt: 0,
  updatedAt: 0,
  status: 'confirmed',
  providerName: '云帆科技',
  voucherId: 'vch_1',
  voucherNumber: 'YQ2019-1',
  orderId: 'ord_1',
  year: 2019,
  amount: fen(0),
  reasonCode: 'fraud',
  note: '涉嫌虚假服务',
  proposedBy: 'officer',
  excluded: ['officer'],
  held: fen(0),
  recovered: fen(0),
  returns: [],
  ...fields,
});

const voucherOf = (fields: Partial<Voucher>): Voucher =>
  ({ id: 'vch_1', orderId: 'ord_1', year: 2019, status: 'redeemed', parts: [], ...fields }) as Voucher;

const cause = { at: 1, actor: 'finance', recoveryId: 'rcv_1' };
const postingsOf = (voucher: Voucher, amount: number, homeOf: (year: number) => Home = () => ({ stays: true })) =>
  recoveryPostings(voucher, fen(amount), homeOf, cause).flatMap((change): Posting[] =>
    change.do === 'post' ? [change.posting] : [],
  );

describe('what a provider owes', () => {
  const recoveries = fc.array(
    fc
      .record({
        amount: fc.nat(1000),
        held: fc.nat(500),
        recovered: fc.nat(500),
        createdAt: fc.nat(5),
        status: fc.constantFrom('proposed', 'confirmed', 'rejected'),
      })
      .map((r) => ({ ...r, amount: r.amount + r.held + r.recovered })),
    { maxLength: 8 },
  );

  test('is shared out to the last fen, the oldest first, never more than is open of each', () => {
    fc.assert(
      fc.property(recoveries, fc.nat(6000), (drawn, amount) => {
        const all = drawn.map((fields, n) => recoveryOf(`rcv_${n}`, fields as Partial<Recovery>));
        const { shares, rest } = shareOut(fen(amount), all);
        const { open } = receivableOf(all);
        expect(sum(shares.map((share) => share.amount)) + rest).toBe(amount);
        expect(rest).toBe(Math.max(0, amount - open));
        for (const share of shares) {
          expect(share.amount).toBeGreaterThan(0);
          expect(share.amount).toBeLessThanOrEqual(openOf(share.recovery));
        }
        // Only the last one may be left with something, and nobody older is passed over.
        for (const share of shares.slice(0, -1)) expect(share.amount).toBe(openOf(share.recovery));
        const ages = shares.map((share) => share.recovery.createdAt);
        expect(ages).toEqual(ages.toSorted((a, b) => a - b));
      }),
    );
  });

  test('is nothing before it is confirmed and after it is rejected', () => {
    for (const status of ['proposed', 'rejected'] as const) {
      const recovery = recoveryOf('rcv_1', { status, amount: fen(500) });
      expect(openOf(recovery)).toBe(0);
      expect(receivableOf([recovery])).toEqual({ confirmed: 0, recovered: 0, held: 0, open: 0 });
    }
  });
});

describe('the postings of money that came back', () => {
  const paid = fc.record({
    parts: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 }),
    deducted: fc.nat(100),
    years: fc.array(fc.nat(900), { maxLength: 3 }),
    cuts: fc.array(fc.nat(2000), { maxLength: 6 }),
  });

  test('in however many pieces: each year gets back what it paid, each spec what it cost, no fen twice (一-(二))', () => {
    fc.assert(
      fc.property(paid, ({ parts, deducted, years, cuts }) => {
        const face = parts.reduce((a, b) => a + b, 0);
        const payable = Math.max(1, face - deducted);
        // Payments of several years, the last one of them the rest.
        let rest = payable;
        const paidFrom = [...years, payable].map((wanted, n) => {
          const amount = Math.min(rest, wanted);
          rest -= amount;
          return { year: 2019 + n, amount };
        });
        const voucher = (recovered: number) =>
          voucherOf({
            face: fen(face),
            payable: fen(payable),
            parts: parts.map((amount, n) => ({
              specId: `spec-${n}`,
              category: 'infrastructure',
              ratio: '0.15',
              fee: fen(amount),
              amount: fen(amount),
            })),
            ...(years.length > 0 ? { paidFrom: paidFrom.map((one) => ({ ...one, amount: fen(one.amount) })) } : {}),
            recovered: fen(recovered),
          });
        const postings: Posting[] = [];
        let back = 0;
        for (const piece of [...cuts, payable]) {
          const amount = Math.min(piece, payable - back);
          postings.push(...postingsOf(voucher(back), amount));
          back += amount;
        }
        expect(back).toBe(payable);
        expect(postings.every(({ entries }) => imbalance(entries) === 0)).toBe(true);
        expect(new Set(postings.map(({ id, year }) => `${year} ${id}`)).size).toBe(postings.length);
        for (const year of new Set(paidFrom.map((one) => one.year))) {
          const expected = years.length > 0 ? paidFrom.filter((one) => one.year === year) : [{ amount: payable }];
          const total = expected.reduce((t, one) => t + one.amount, 0);
          const balances = replay(postings.filter((posting) => posting.year === year));
          expect(balances).toMatchObject({ recovered: 0 - total, available: total });
        }
        const given = postings.flatMap(({ specs }) => specs);
        expect(given.every(({ amount, count }) => amount < 0 && count === 0)).toBe(true);
        expect(given.reduce((total, { amount }) => total + amount, 0)).toBe(-payable);
        parts.forEach((part, n) => {
          const ofSpec = given.filter(({ specId }) => specId === `spec-${n}`);
          expect(0 - ofSpec.reduce((total, { amount }) => total + amount, 0)).toBeLessThanOrEqual(part);
        });
        expect(postings.every(({ cap }) => cap === undefined)).toBe(true);
      }),
    );
  });

  test('what came back to a year stays with it, when the rest moves on and another year pays after all', () => {
    // The bank had given the transfer back, so that it is still to be paid; half of it is taken back meanwhile.
    const waits = voucherOf({ face: fen(500), payable: fen(500), status: 'payable', bankReturns: 1 });
    const half = takenBack(waits, fen(250));
    expect(half).toMatchObject({ recovered: 250, recoveredTo: [{ year: 2019, amount: 250 }] });
    const paid = { ...half, status: 'redeemed', fundYear: 2020 } as const;
    const recovered = (voucher: Voucher) =>
      figuresOfVoucher(voucher).flatMap(({ year, entries }) =>
        entries.recovered ? [{ year, recovered: entries.recovered }] : [],
      );
    expect(recovered(paid)).toEqual([{ year: 2019, recovered: -250 }]);
    expect(yearsOf(paid, fen(250))).toEqual([{ year: 2020, amount: 250 }]);
    expect(recovered(takenBack(paid, fen(250)))).toEqual([
      { year: 2019, recovered: -250 },
      { year: 2020, recovered: -250 },
    ]);
  });

  test('a closed year keeps nothing: it is carried on, or lapses', () => {
    const voucher = voucherOf({ face: fen(500), payable: fen(500) });
    expect(yearsOf(voucher, fen(500))).toEqual([{ year: 2019, amount: 500 }]);
    const carried = postingsOf(voucher, 500, () => ({ carriedTo: 2021 }));
    expect(carried.map(({ reason, year }) => `${reason} ${year}`)).toEqual([
      'recover 2019',
      'carry-out 2019',
      'carry-in 2021',
    ]);
    expect(replay(carried.filter(({ year }) => year === 2019))).toMatchObject({
      recovered: -500,
      available: 0,
      carryIn: 500,
    });
    expect(replay(carried.filter(({ year }) => year === 2021))).toMatchObject({ available: 500, carryIn: -500 });
    const lapsed = postingsOf(voucher, 500, () => ({ lapses: true }));
    expect(replay(lapsed)).toMatchObject({ recovered: -500, available: 0, appropriation: 500 });
  });

  test('limits come back in the year of use, money in the year of the fund that paid', () => {
    const voucher = voucherOf({
      face: fen(500),
      payable: fen(500),
      fundYear: 2020,
      parts: [{ specId: 's', category: 'infrastructure', ratio: '0.15', fee: fen(5000), amount: fen(500) }],
    });
    const postings = postingsOf(voucher, 200);
    expect(postings.map(({ year, entries, specs }) => ({ year, entries, specs }))).toEqual([
      { year: 2020, entries: { recovered: -200, available: 200 }, specs: [] },
      { year: 2019, entries: {}, specs: [{ specId: 's', amount: -200, count: 0 }] },
    ]);
  });
});
