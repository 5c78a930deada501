import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countOf,
  difference,
  fenOf,
  isNothing,
  percentText,
  ratioText,
  total,
  yuanOf,
} from '../../../portal/src/format/amounts.ts';

const fen = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });

describe('amounts of answers', () => {
  it('are added and subtracted to the last fen, whatever their size and sign', () => {
    fc.assert(
      fc.property(fc.array(fen), fen, (all, one) => {
        const amounts = all.map(yuanOf);
        const sum = all.reduce((so, amount) => so + amount, 0n);
        expect(fenOf(total(amounts))).toBe(sum);
        expect(fenOf(difference(yuanOf(one), total(amounts)))).toBe(one - sum);
        expect(isNothing(yuanOf(one))).toBe(one === 0n);
      }),
    );
  });

  it('are read as people type them', () => {
    expect([fenOf('1234.5'), fenOf('0.07'), fenOf('-0.05'), fenOf('20000')]).toEqual([123450n, 7n, -5n, 2000000n]);
  });
});

describe('a ratio', () => {
  it('is typed as a percentage and sent as what it is, and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
        const ratio = `${Math.floor(hundredths / 10_000)}.${String(hundredths % 10_000).padStart(4, '0')}`;
        const percent = percentText(ratio);
        expect(Number(percent)).toBe(hundredths / 100);
        expect(Number(ratioText(percent))).toBe(hundredths / 10_000);
      }),
    );
    expect([ratioText('15'), ratioText('20'), ratioText('100'), ratioText('0'), ratioText('12.5')]).toEqual([
      '0.15',
      '0.2',
      '1',
      '0',
      '0.125',
    ]);
  });

  it('that is none stays as it was typed, for the contract to refuse it', () => {
    expect([
      ratioText('一成'),
      ratioText('1.234'),
      ratioText('-1'),
      countOf('十'),
      countOf('1.5'),
      countOf('12'),
    ]).toEqual(['一成', '1.234', '-1', '十', '1.5', 12]);
  });
});
