import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  allocate,
  amountSchema,
  type Fen,
  fen,
  fenSchema,
  formatYuan,
  formatYuanZh,
  isNegative,
  max,
  min,
  parseYuan,
  prorate,
  ratioOf,
  ratioSchema,
  subtract,
  sum,
  ZERO,
} from '../../../../core/money/money.ts';
import { amounts, ratios } from '../../../support/arbitraries.ts';

const yuan = (text: string): Fen => {
  const parsed = parseYuan(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.reason}`);
  return parsed.value;
};

describe('fen are whole and safe', () => {
  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53)])('%s is no amount of fen', (n) => {
    expect(() => fen(n)).toThrow(RangeError);
    expect(fenSchema.safeParse(n).success).toBe(false);
  });

  test('there is one zero', () => {
    expect(Object.is(fen(-0), 0)).toBe(true);
    expect(Object.is(subtract(fen(5), fen(5)), 0)).toBe(true);
    expect(Object.is(min(fen(-0), ZERO), 0)).toBe(true);
  });

  test('a stored amount is never negative, a stored posting may be', () => {
    expect(amountSchema.safeParse(-1).success).toBe(false);
    expect(amountSchema.parse(0)).toBe(0);
    expect(fenSchema.parse(-1)).toBe(-1);
  });

  test.each(['1', '1.5', null, undefined, true])('%j is no stored amount', (value) => {
    expect(amountSchema.safeParse(value).success).toBe(false);
  });
});

describe('yuan at the API', () => {
  test.each([
    ['0', 0],
    ['0.01', 1],
    ['0.1', 10],
    ['1234.50', 123_450],
    ['1234.5', 123_450],
    ['1234', 123_400],
    ['133333.34', 13_333_334],
    ['100000000000', 10_000_000_000_000],
    ['100000000000.00', 10_000_000_000_000],
  ])('"%s" is %i fen', (text, value) => {
    expect(parseYuan(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'format'],
    [' 1', 'format'],
    ['1 ', 'format'],
    ['1\n', 'format'],
    ['+1', 'format'],
    ['01', 'format'],
    ['00.10', 'format'],
    ['.5', 'format'],
    ['5.', 'format'],
    ['1,234.50', 'format'],
    ['1e3', 'format'],
    ['0x10', 'format'],
    ['１２', 'format'],
    ['¥1', 'format'],
    ['Infinity', 'format'],
    ['NaN', 'format'],
    ['1.234', 'decimals'],
    ['1.000', 'decimals'],
    ['-1', 'negative'],
    ['-0', 'negative'],
    ['-0.05', 'negative'],
    ['100000000000.01', 'too-large'],
    ['9'.repeat(20), 'too-large'],
    ['9'.repeat(400), 'too-large'],
  ])('%j is refused: %s', (text, reason) => {
    expect(parseYuan(text)).toEqual({ ok: false, reason });
  });

  test('no text at all makes reading throw', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseYuan(text).ok === 'boolean'));
  });

  test('what is written is read back to the fen', () => {
    fc.assert(
      fc.property(amounts(), (amount) => {
        expect(parseYuan(formatYuan(amount))).toEqual({ ok: true, value: amount });
      }),
    );
  });

  test.each([
    [0, '0.00', '¥0.00'],
    [5, '0.05', '¥0.05'],
    [-5, '-0.05', '-¥0.05'],
    [123_450, '1234.50', '¥1,234.50'],
    [2_000_000, '20000.00', '¥20,000.00'],
    [-100_000_000, '-1000000.00', '-¥1,000,000.00'],
    [Number.MAX_SAFE_INTEGER, '90071992547409.91', '¥90,071,992,547,409.91'],
  ])('%i fen are written %s and %s', (amount, api, zh) => {
    expect(formatYuan(fen(amount))).toBe(api);
    expect(formatYuanZh(fen(amount))).toBe(zh);
  });
});

describe('sums', () => {
  test('add, subtract, sum, min and max work on fen', () => {
    expect(add(fen(1), fen(2), fen(3))).toBe(6);
    expect(add()).toBe(0);
    expect(sum(new Set([fen(1), fen(2)]))).toBe(3);
    expect(subtract(fen(10), fen(3), fen(8))).toBe(-1);
    expect(isNegative(subtract(fen(10), fen(3), fen(8)))).toBe(true);
    expect(isNegative(ZERO)).toBe(false);
    expect(min(fen(3), fen(1), fen(2))).toBe(1);
    expect(max(fen(3), fen(1), fen(2))).toBe(3);
  });

  test('a total beyond the safe integers is refused, not rounded', () => {
    expect(() => add(fen(Number.MAX_SAFE_INTEGER), fen(1))).toThrow(RangeError);
    expect(() => subtract(fen(-Number.MAX_SAFE_INTEGER), fen(1))).toThrow(RangeError);
  });
});

describe('ratios of clause 五-(二)', () => {
  test.each([
    ['0.15', '133333.34', '20000.00'],
    ['0.20', '100000', '20000.00'],
    ['0.25', '80000', '20000.00'],
    ['0.15', '0.06', '0.00'],
    ['0.15', '0.07', '0.01'],
    ['0.2', '0.04', '0.00'],
    ['1', '0.01', '0.01'],
  ])('%s of %s yuan is %s, rounded down to the fen', (ratio, fee, expected) => {
    expect(formatYuan(ratioOf(yuan(fee), ratio, 'down'))).toBe(expected);
  });

  test('the share is the largest whole fen that does not exceed the ratio', () => {
    fc.assert(
      fc.property(amounts(), ratios, (amount, ratio) => {
        const share = BigInt(ratioOf(amount, ratio, 'down'));
        // Exact in ten-thousandths, independently of decimal.js.
        const exact = BigInt(amount) * BigInt(Math.round(Number(ratio) * 10_000));
        expect(share * 10_000n <= exact && exact < (share + 1n) * 10_000n).toBe(true);
      }),
    );
  });

  test('splitting a fee into lines never raises the share', () => {
    fc.assert(
      fc.property(fc.array(amounts(1_000_000), { minLength: 1, maxLength: 20 }), ratios, (lines, ratio) => {
        const byLine = sum(lines.map((line) => ratioOf(line, ratio, 'down')));
        expect(byLine).toBeLessThanOrEqual(ratioOf(sum(lines), ratio, 'down'));
      }),
    );
  });

  test.each(['0', '0.0', '0.0000', '1.1', '1.0001', '2', '-0.1', '0.12345', '.5', '15%', '1e-1', '', '0.15 ', '00.1'])(
    '"%s" is no ratio',
    (text) => {
      expect(ratioSchema.safeParse(text).success).toBe(false);
      expect(() => ratioOf(fen(100), text, 'down')).toThrow(RangeError);
    },
  );

  test.each(['0.15', '0.2', '0.0001', '1', '1.0', '1.0000', '0.9999'])('"%s" is a ratio', (text) => {
    expect(ratioSchema.parse(text)).toBe(text);
  });

  test('a negative amount has no share', () => {
    expect(() => ratioOf(fen(-1), '0.15', 'down')).toThrow(RangeError);
  });
});

describe('parts', () => {
  test('a part by days is rounded down', () => {
    expect(prorate(fen(1000), 1, 3)).toBe(333);
    expect(prorate(fen(1000), 0, 3)).toBe(0);
    expect(prorate(fen(1000), 3, 3)).toBe(1000);
    expect(prorate(fen(Number.MAX_SAFE_INTEGER), 364, 365)).toBe(8_982_521_996_508_823);
  });

  test.each([
    [-1, 3],
    [4, 3],
    [0, 0],
    [1.5, 3],
    [1, 2.5],
  ])('%d of %d is no part of a whole', (part, whole) => {
    expect(() => prorate(fen(100), part, whole)).toThrow(RangeError);
  });

  test('a part and its rest never exceed the whole', () => {
    fc.assert(
      fc.property(amounts(), fc.integer({ min: 1, max: 3660 }), fc.nat(3660), (amount, whole, some) => {
        const part = some % (whole + 1);
        const rest = amount - prorate(amount, part, whole) - prorate(amount, whole - part, whole);
        expect(rest === 0 || rest === 1).toBe(true);
      }),
    );
  });

  test('fen left over go to the largest remainders, the earlier first', () => {
    expect(allocate(fen(100), [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(fen(200), [1, 1, 1])).toEqual([67, 67, 66]);
    expect(allocate(fen(10), [1, 2, 7])).toEqual([1, 2, 7]);
    expect(allocate(fen(10), [3, 3, 1])).toEqual([4, 4, 2]);
    expect(allocate(fen(1), [0, 1, 1, 0])).toEqual([0, 1, 0, 0]);
    expect(allocate(ZERO, [1, 2])).toEqual([0, 0]);
  });

  test('the shares add up exactly, each within one fen of its proportion, none for weight 0', () => {
    const weights = fc
      .array(fc.oneof(fc.nat(5), fc.maxSafeNat()), { minLength: 1, maxLength: 12 })
      .filter((all) => all.some((weight) => weight > 0));
    fc.assert(
      fc.property(amounts(), weights, (amount, all) => {
        const shares = allocate(amount, all);
        expect(sum(shares)).toBe(amount);
        const whole = all.reduce((total, weight) => total + BigInt(weight), 0n);
        for (const [index, share] of shares.entries()) {
          const weight = BigInt(all[index] ?? 0);
          const down = (BigInt(amount) * weight) / whole;
          expect([down, down + 1n]).toContain(BigInt(share));
          if (weight === 0n) expect(share).toBe(0);
        }
      }),
    );
  });

  test.each([[[]], [[0]], [[0, 0]], [[-1, 2]], [[0.5]]])('weights %j divide nothing', (weights) => {
    expect(() => allocate(fen(100), weights)).toThrow(RangeError);
  });

  test('a negative amount is not divided', () => {
    expect(() => prorate(fen(-1), 1, 2)).toThrow(RangeError);
    expect(() => allocate(fen(-1), [1])).toThrow(RangeError);
  });
});
