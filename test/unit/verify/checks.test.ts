import { describe, expect, test } from 'vitest';
import type { EntityName } from '../../../core/entities.ts';
import { type CheckName, checks } from '../../../verify/checks/index.ts';
import type { Stored } from '../../../verify/stored.ts';
import type { VerifiedSystem } from '../../../verify/system.ts';

/** An entity as a check sees it, with the fields that matter. */
const entity = (name: EntityName, value: object): Stored =>
  ({ kind: 'entity', entity: name, value, key: { pk: 'x', sk: 'x' }, inPlace: true }) as unknown as Stored;
const voucher = (id: string, more: object) => entity('voucher', { id, status: 'active', face: 100, ...more });
const recovery = (more: object) =>
  entity('recovery', {
    id: 'rec_1',
    voucherId: 'vch_1',
    status: 'confirmed',
    amount: 50,
    held: 0,
    recovered: 0,
    returns: [],
    ...more,
  });

/** What a check finds in these records, as code and place. */
async function foundBy(name: CheckName, stored: readonly Stored[]): Promise<string[]> {
  const check = checks[name]();
  for (const one of stored) check.see(one);
  const found: string[] = [];
  for await (const { code, where } of check.judge({} as VerifiedSystem, 0)) found.push(`${code} ${where}`);
  return found;
}

describe('no day of a service is subsidised twice', () => {
  const period = (id: string, from: string, to: string, kind = 'computing') => ({
    voucherId: id,
    voucherNumber: id,
    kind,
    from,
    to,
  });
  const found = (first: object, second: object, status = 'active') =>
    foundBy('services', [
      voucher('vch_1', {}),
      voucher('vch_2', { status }),
      entity('serviceHistory', { enterpriseUscc: 'U', periods: [first, second] }),
    ]);
  const september = period('vch_1', '2019-09-01', '2019-09-30');

  test('two vouchers for a common day are found', async () => {
    expect(await found(september, period('vch_2', '2019-09-30', '2019-10-31'))).toEqual(['twice enterprise U']);
  });

  test('neighbours, another kind of service, and a voucher that does not count are none', async () => {
    expect(await found(september, period('vch_2', '2019-10-01', '2019-10-31'))).toEqual([]);
    expect(await found(september, period('vch_2', '2019-09-30', '2019-10-31', 'storage'))).toEqual([]);
    expect(await found(september, period('vch_2', '2019-09-30', '2019-10-31'), 'void')).toEqual([]);
  });
});

describe('what is taken back of a voucher is what its recoveries say', () => {
  const back = (amount: number) => ({ recovered: amount, returns: [{ by: 'transfer', amount }] });

  test('a recovery and its voucher that say the same are right', async () => {
    expect(
      await foundBy('recoveries', [voucher('vch_1', { reclaimed: 50, recovered: 20 }), recovery(back(20))]),
    ).toEqual([]);
  });

  test('a voucher that knows of more, or less, that came back', async () => {
    for (const recovered of [19, 21]) {
      const stored = [voucher('vch_1', { reclaimed: 50, recovered }), recovery(back(20))];
      expect(await foundBy('recoveries', stored)).toEqual(['recovered vch_1']);
    }
  });

  test('a voucher that does not know of its recovery', async () => {
    expect(await foundBy('recoveries', [recovery({})])).toEqual(['reclaimed vch_1']);
  });

  test('returns that do not come to what is said to be back', async () => {
    const stored = [voucher('vch_1', { reclaimed: 50, recovered: 20 }), recovery({ ...back(20), returns: [] })];
    expect(await foundBy('recoveries', stored)).toEqual(['parts rec_1']);
  });

  test('more back and held than is taken back', async () => {
    const stored = [voucher('vch_1', { reclaimed: 50, recovered: 20 }), recovery({ ...back(20), held: 31 })];
    expect(await foundBy('recoveries', stored)).toEqual(['parts rec_1']);
  });
});
