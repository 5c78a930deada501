import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bankAccountSchema } from '../../../../core/identity/bank-account.ts';
import { maskBankAccount, maskIdCard, maskName, maskPhone } from '../../../../core/identity/masks.ts';
import { isLandline, isMobile, phoneSchema } from '../../../../core/identity/phone.ts';
import { idCards } from '../../../support/arbitraries.ts';

describe('phones of the mainland', () => {
  test.each(['13800000011', '19912345678', '16600000000'])('%s is a mobile', (text) => {
    expect([isMobile(text), isLandline(text), phoneSchema.safeParse(text).success]).toEqual([true, false, true]);
  });

  test.each(['0471-6945000', '04716945000', '010-65001234', '010-65001234-8001', '0482-8267000'])(
    '%s is a landline',
    (text) => {
      expect([isMobile(text), isLandline(text), phoneSchema.safeParse(text).success]).toEqual([false, true, true]);
    },
  );

  test.each([
    '',
    '12800000011',
    '1380000001',
    '138000000110',
    '+8613800000011',
    '138 0000 0011',
    '6945000',
    '0471-0945000',
    '0471-694500',
    '13800000011\n',
    '１3800000011',
  ])('%j is none', (text) => {
    expect([isMobile(text), isLandline(text), phoneSchema.safeParse(text).success]).toEqual([false, false, false]);
  });
});

describe('bank accounts', () => {
  test.each(['12345678', '0602002909200012345', '1'.repeat(30)])('%s is one', (text) => {
    expect(bankAccountSchema.parse(text)).toBe(text);
  });

  test.each(['1234567', '1'.repeat(31), '6222 0210 0000', '62220210A0000', '12345678\n', '１２３４５６７８'])(
    '%j is none',
    (text) => {
      expect(bankAccountSchema.safeParse(text).success).toBe(false);
    },
  );
});

describe('masked personal data', () => {
  test('shows what recognition needs', () => {
    expect(maskIdCard('11010519491231002X')).toBe('110105**********2X');
    expect(maskPhone('13812340011')).toBe('138****0011');
    expect(maskPhone('0471-6945011')).toBe('0471****11');
    expect(maskPhone('010-65001234-8001')).toBe('010****34');
    expect(maskBankAccount('0602002909200012345')).toBe('****2345');
    expect(maskName('张三')).toBe('张*');
    expect(maskName('欧阳娜娜')).toBe('欧*');
    expect(maskName('𠮷田')).toBe('𠮷*');
  });

  test('text of an unexpected form is hidden whole', () => {
    for (const text of ['', '110105491231002', '11010519491231002X ', 'not a number'])
      expect(maskIdCard(text)).toBe('****');
    for (const text of ['', '110', '+8613812340011', '138 1234 0011']) expect(maskPhone(text)).toBe('****');
    for (const text of ['', '1234567', '6222 0210 0000']) expect(maskBankAccount(text)).toBe('****');
    for (const text of ['', ' ', '张']) expect(maskName(text)).toBe('*');
  });

  test('the birth date of a masked identity number is not to be seen', () => {
    fc.assert(
      fc.property(idCards, (idCard) => {
        const masked = maskIdCard(idCard);
        expect(masked).toHaveLength(18);
        expect(masked.slice(6, 16)).toBe('*'.repeat(10));
      }),
    );
  });

  test('two accounts with the same end look the same, whatever their length', () => {
    expect(maskBankAccount('11111111112345')).toBe(maskBankAccount('222222222222222345'));
  });
});
