import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesByMore, highestPrice, percentChange } from '../../../../core/catalogue/market-price.ts';
import { fen } from '../../../../core/money/money.ts';
import { amounts } from '../../../support/arbitraries.ts';

test('without tolerance the market price itself is the highest price', () => {
  fc.assert(fc.property(amounts(), (market) => highestPrice(market, '0') === market));
});

test('the tolerance is rounded down to the fen, so that no fen above it passes', () => {
  expect(highestPrice(fen(9_999), '0.05')).toBe(10_498);
  expect(highestPrice(fen(1), '0.9999')).toBe(1);
  expect(highestPrice(fen(10_000_000_000_000), '9.9999')).toBe(109_999_000_000_000);
});

test('for any market price and tolerance the limit is the largest whole fen that is not above it', () => {
  const tolerances = fc.integer({ min: 0, max: 99_999 });
  fc.assert(
    fc.property(amounts(), tolerances, (market, n) => {
      const limit = BigInt(highestPrice(market, `${Math.floor(n / 10_000)}.${String(n % 10_000).padStart(4, '0')}`));
      const exact = BigInt(market) * BigInt(10_000 + n);
      return limit * 10_000n <= exact && (limit + 1n) * 10_000n > exact;
    }),
  );
});

test('a price that changes by exactly the ratio does not change by more, one fen further does', () => {
  expect(changesByMore(fen(10_000), fen(12_000), '0.2')).toBe(false);
  expect(changesByMore(fen(10_000), fen(12_001), '0.2')).toBe(true);
  expect(changesByMore(fen(10_000), fen(8_000), '0.2')).toBe(false);
  expect(changesByMore(fen(10_000), fen(7_999), '0.2')).toBe(true);
});

test('a change is told in percent with one decimal, whichever its direction', () => {
  expect(percentChange(fen(10_000), fen(12_500))).toBe(25);
  expect(percentChange(fen(30_000), fen(20_000))).toBe(33.3);
});
