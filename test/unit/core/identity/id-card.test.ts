import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { businessDate } from '../../../../core/calendar/business-date.ts';
import { checkIdCard, composeIdCard, idCardCheckDigit, idCardSchema } from '../../../../core/identity/id-card.ts';
import { idCards } from '../../../support/arbitraries.ts';

describe('a resident identity number (GB 11643-1999)', () => {
  test('the example of the standard passes', () => {
    expect(checkIdCard('11010519491231002X')).toEqual({
      ok: true,
      idCard: '11010519491231002X',
      registeredIn: '110105',
      birthDate: '1949-12-31',
    });
    expect(idCardCheckDigit('11010519491231002')).toBe('X');
    expect(idCardCheckDigit('44052418800101001')).toBe('4');
  });

  test.each([
    ['', 'length'],
    ['110105491231002', 'old-15-digits'],
    ['1101054912310022', 'length'],
    ['11010519491231002X ', 'length'],
    ['11010519491231002x', 'characters'],
    ['1101051949123100XX', 'characters'],
    ['１1010519491231002X', 'characters'],
    ['99010519491231002X', 'division'],
    ['110105194902300021', 'birth-date'],
    ['110105190002290021', 'birth-date'],
    ['110105194913310021', 'birth-date'],
    ['440524188001010014', 'birth-date'],
    ['110105194912310021', 'check-digit'],
    ['110105194912310029', 'check-digit'],
  ])('%j is refused: %s', (text, reason) => {
    expect(checkIdCard(text)).toEqual({ ok: false, reason });
    const issues = idCardSchema.safeParse(text).error?.issues;
    expect(issues).toMatchObject([{ code: 'custom', message: `id-card-${reason}` }]);
    // The number is the most sensitive datum there is: a complaint about it must not carry it.
    if (text) expect(JSON.stringify(issues)).not.toContain(text);
  });

  test('29 February is a birthday in leap years only', () => {
    const first17 = '15010220000229001';
    expect(checkIdCard(first17 + idCardCheckDigit(first17))).toMatchObject({ ok: true, birthDate: '2000-02-29' });
    const never = '15010220010229001';
    expect(checkIdCard(never + idCardCheckDigit(never))).toEqual({ ok: false, reason: 'birth-date' });
  });

  test('every composed number passes', () => {
    fc.assert(
      fc.property(idCards, (idCard) => {
        expect(checkIdCard(idCard)).toMatchObject({ ok: true, registeredIn: idCard.slice(0, 6) });
        expect(idCardSchema.parse(idCard)).toBe(idCard);
      }),
    );
  });

  test('one mistyped character never passes', () => {
    fc.assert(
      fc.property(idCards, fc.nat(17), fc.constantFrom(...'0123456789X'), (idCard, position, character) => {
        fc.pre(idCard[position] !== character);
        expect(checkIdCard(idCard.slice(0, position) + character + idCard.slice(position + 1)).ok).toBe(false);
      }),
    );
  });

  test('two neighbours swapped never pass', () => {
    fc.assert(
      fc.property(idCards, fc.nat(16), (idCard, position) => {
        const [a = '', b = ''] = idCard.slice(position, position + 2);
        fc.pre(a !== b);
        expect(checkIdCard(idCard.slice(0, position) + b + a + idCard.slice(position + 2)).ok).toBe(false);
      }),
    );
  });

  test('no text at all makes checking throw', () => {
    fc.assert(fc.property(fc.string({ maxLength: 20 }), (text) => typeof checkIdCard(text).ok === 'boolean'));
  });

  test.each([
    ['15010', 1],
    ['990000', 1],
    ['150102', -1],
    ['150102', 1000],
    ['150102', 0.5],
  ])('no number can be composed for division %s and sequence %d', (division, sequence) => {
    expect(() => composeIdCard(division, businessDate('1990-01-01'), sequence)).toThrow(RangeError);
  });

  test('nobody was born before 1900', () => {
    expect(() => composeIdCard('150102', businessDate('1899-12-31'), 1)).toThrow(RangeError);
  });
});
