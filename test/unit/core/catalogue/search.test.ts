import { expect, test } from 'vitest';
import { matches } from '../../../../core/catalogue/search.ts';
import { fen } from '../../../../core/money/money.ts';

const offering = {
  providerName: '蒙云科技 Cloud',
  listing: {
    name: 'ＣＲＭ 客户管理',
    kind: 'business-management' as const,
    category: 'business-application' as const,
    price: fen(1),
    priceUnit: 'once' as const,
    voucherSupported: true,
  },
};

test.each([
  [{}, true],
  [{ q: '客户' }, true],
  [{ q: '蒙云' }, true],
  [{ q: 'crm cloud' }, true],
  [{ q: 'crm 数据库' }, false],
  [{ voucherSupported: true }, true],
  [{ voucherSupported: false }, false],
])('a search for %j finds it: %s', (filter, found) => {
  expect(matches(offering, filter)).toBe(found);
});

test('an offering without a published version is never found', () => {
  expect(matches({ providerName: 'x' }, {})).toBe(false);
});
