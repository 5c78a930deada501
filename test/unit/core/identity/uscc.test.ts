import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkUscc,
  composeUscc,
  isInnerMongolia,
  organisationCheckCharacter,
  usccCheckCharacter,
  usccSchema,
} from '../../../../core/identity/uscc.ts';
import { usccs } from '../../../support/arbitraries.ts';

const CHARACTERS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];

describe('a unified social credit code (GB 32100-2015)', () => {
  // As listed companies print them.
  test.each([
    ['914403001922038216', '440300'],
    ['9144030071526726XG', '440300'],
    ['91110000802100433B', '110000'],
    ['91330100799655058B', '330100'],
  ])('%s of a real company passes, registered in %s', (text, registeredIn) => {
    expect(checkUscc(text)).toEqual({
      ok: true,
      uscc: text,
      registeredIn,
      authority: '9',
      category: '1',
      organisationCode: text.slice(8, 17),
    });
    expect(usccSchema.parse(text)).toBe(text);
  });

  test.each([
    ['', 'length'],
    ['91110000802100433', 'length'],
    ['91110000802100433B ', 'length'],
    ['91110000802100433b', 'characters'],
    ['91110000802100433I', 'characters'],
    ['9111000080210043 B', 'characters'],
    ['９1110000802100433B', 'characters'],
    ['91A10000802100433B', 'division'],
    ['91990000802100433B', 'division'],
    ['91110000802100433C', 'check-character'],
    ['91110100802100433B', 'check-character'],
  ])('%j is refused: %s', (text, reason) => {
    expect(checkUscc(text)).toEqual({ ok: false, reason });
    expect(usccSchema.safeParse(text).error?.issues).toMatchObject([{ code: 'custom', message: `uscc-${reason}` }]);
  });

  test('the organisation code inside has its own check character, even if the whole code adds up', () => {
    const first17 = '91110000802100434'; // …433 would be right
    expect(checkUscc(first17 + usccCheckCharacter(first17))).toEqual({ ok: false, reason: 'organisation-code-check' });
  });

  test('the examples of GB 11714 hold', () => {
    expect(organisationCheckCharacter('D2143569')).toBe('X');
    expect(organisationCheckCharacter('80210043')).toBe('3');
  });

  test.each([5, null, undefined, {}])('%j is no text at all', (value) => {
    expect(usccSchema.safeParse(value).success).toBe(false);
  });

  test('every composed code passes, and says where it was registered', () => {
    fc.assert(
      fc.property(usccs, (uscc) => {
        expect(checkUscc(uscc)).toMatchObject({ ok: true, uscc, registeredIn: uscc.slice(2, 8) });
        expect(isInnerMongolia(uscc)).toBe(true);
      }),
    );
  });

  test('one mistyped character never passes', () => {
    fc.assert(
      fc.property(usccs, fc.nat(17), fc.constantFrom(...CHARACTERS), (uscc, position, character) => {
        fc.pre(uscc[position] !== character);
        expect(checkUscc(uscc.slice(0, position) + character + uscc.slice(position + 1)).ok).toBe(false);
      }),
    );
  });

  test('two neighbours swapped never pass', () => {
    fc.assert(
      fc.property(usccs, fc.nat(16), (uscc, position) => {
        const [a = '', b = ''] = uscc.slice(position, position + 2);
        fc.pre(a !== b);
        expect(checkUscc(uscc.slice(0, position) + b + a + uscc.slice(position + 2)).ok).toBe(false);
      }),
    );
  });

  test('no text at all makes checking throw', () => {
    const near = fc.string({ unit: fc.constantFrom(...CHARACTERS, 'I', 'é', '𝒳'), minLength: 17, maxLength: 19 });
    fc.assert(fc.property(fc.oneof(fc.string(), near), (text) => typeof checkUscc(text).ok === 'boolean'));
  });

  test('a code given elsewhere is not of Inner Mongolia', () => {
    expect(isInnerMongolia(composeUscc('110000', 7))).toBe(false);
    expect(isInnerMongolia(composeUscc('150781', 7))).toBe(true);
  });

  test.each([
    ['15010', 1],
    ['1501000', 1],
    ['990000', 1],
    ['15010X', 1],
    ['150100', -1],
    ['150100', 1.5],
    ['150100', 100_000_000],
  ])('no code can be composed for division %s and serial %d', (division, serial) => {
    expect(() => composeUscc(division, serial)).toThrow(RangeError);
  });

  test.each(['', '9111000080210043', '91110000802100433B', '9111000080210043I'])(
    '%j has no check character',
    (text) => {
      expect(() => usccCheckCharacter(text)).toThrow(RangeError);
    },
  );

  test.each(['', '8021004', '802100433', '8021004é'])('%j is no start of an organisation code', (text) => {
    expect(() => organisationCheckCharacter(text)).toThrow(RangeError);
  });
});
