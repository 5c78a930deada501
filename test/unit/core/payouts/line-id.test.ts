import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { lineId } from '../../../../core/payouts/line-id.ts';

const ids = (prefix: string) => fc.stringMatching(/^[0-9A-Z]{26}$/).map((text) => `${prefix}_${text}`);
const place = fc.tuple(ids('pay'), ids('org'), fc.integer({ min: 1, max: 9999 }));

test('a step that runs again gives a line the same number', () => {
  fc.assert(
    fc.property(place, (of) => {
      expect(lineId(...of)).toBe(lineId(...of));
    }),
  );
});

test('a number is never given twice: another order, another provider or another line has another one', () => {
  const [pay, org] = [`pay_${'A'.repeat(26)}`, `org_${'B'.repeat(26)}`] as const;
  const numbers = [
    lineId(pay, org, 1),
    lineId(pay, org, 2),
    lineId(`pay_${'C'.repeat(26)}`, org, 1),
    lineId(pay, `org_${'C'.repeat(26)}`, 1),
    // Parties that change places are others.
    lineId(org, pay, 1),
  ];
  expect(new Set(numbers).size).toBe(numbers.length);
  fc.assert(
    fc.property(place, place, (one, other) => {
      fc.pre(one.join() !== other.join());
      expect(lineId(...one)).not.toBe(lineId(...other));
    }),
  );
});

test('a number has the form that the contract knows', () => {
  const { lineId: form } = payoutsRoutes.correctLine.params.shape;
  fc.assert(
    fc.property(place, (of) => {
      expect(form.safeParse(lineId(...of)).success).toBe(true);
    }),
  );
});
