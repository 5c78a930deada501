import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../core/actors/actor.ts';
import type { LocalPosting } from '../../core/topups/local-ledger.ts';
import { makeSignOrder } from '../../core/usecases/orders/sign-order.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { checkLocalFund, localPolicies } from '../support/local-policies.ts';
import { accepted, type OrdersWorld, ordersWorld } from '../support/orders-world.ts';

let engine: Engine;
let year = 2025;
let world: OrdersWorld;
let local: ReturnType<typeof localPolicies>;
let policyId: string;
let posted = 0;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  year += 1;
  world = await ordersWorld(engine, year);
  local = localPolicies(world);
  policyId = (await local.inForce({ fund: '100.00', enterpriseMaximum: '60.00' })).id;
});

const actor: Actor = { sub: 'test', role: 'system' };
const commit = (entries: LocalPosting['entries'], enterprise?: LocalPosting['enterprise']) => {
  posted += 1;
  const posting = {
    id: `lol_test_${posted}`,
    policyId,
    at: world.clock.at,
    reason: 'grant',
    reference: { entity: 'voucher', id: 'vch' },
    actor: 'test',
    entries,
    ...(enterprise ? { enterprise } : {}),
  };
  return world.store.commit([{ do: 'post-local', posting }], { actor, at: world.clock.at, requestId: posting.id });
};
const grant = (amount: number, uscc = 'one') =>
  commit({ available: -amount, granted: amount }, { uscc, amount, most: 6_000 });
const short = { ok: false, reason: 'condition', failure: { rule: 'local-fund-short' } };

describe('the write of a local fund', () => {
  test('takes the last fen of it, and no fen more', async () => {
    expect(await grant(6_000)).toEqual({ ok: true });
    expect(await grant(4_001, 'two')).toMatchObject(short);
    expect(await grant(4_000, 'two')).toEqual({ ok: true });
    expect(await grant(1, 'three')).toMatchObject(short);
    expect(await world.store.localFund(policyId)).toMatchObject({ available: 0, granted: 10_000 });
  });

  test('gives an enterprise its maximum, and no fen more, and takes back no more than it had', async () => {
    expect(await grant(6_001)).toMatchObject(short);
    expect(await grant(5_999)).toEqual({ ok: true });
    expect(await grant(2)).toMatchObject(short);
    expect(await grant(1)).toEqual({ ok: true });
    expect(await world.store.localUsed(policyId, 'one')).toBe(6_000);
    const back = (amount: number) =>
      commit({ granted: -amount, available: amount }, { uscc: 'one', amount: -amount, most: 0 });
    expect(await back(6_001)).toMatchObject(short);
    expect(await back(6_000)).toEqual({ ok: true });
    expect(await world.store.localFund(policyId)).toMatchObject({ available: 10_000, granted: 0 });
  });

  test('gives nothing back that was not granted, and uses nothing that is not there', async () => {
    expect(await commit({ granted: -1, available: 1 })).toMatchObject(short);
    expect(await commit({ granted: -1, used: 1 })).toMatchObject(short);
    expect(await commit({ used: -1, available: 1 })).toMatchObject(short);
  });

  test('brings in money once, and never moves what does not sum to zero', async () => {
    expect(await commit({ appropriation: -1, available: 1 })).toMatchObject(short);
    await expect(commit({ available: -1 })).rejects.toThrow(RangeError);
    expect(await world.store.localFund(policyId)).toMatchObject({ appropriation: -10_000, available: 10_000 });
  });
});

describe('a signature that was decided', () => {
  const decided = async () => {
    const offer = await world.offer(await world.organisation('provider'), 'business-management', 1_000_000);
    const enterprise = await world.organisation('enterprise');
    const order = accepted(await world.answer(accepted(await world.place(enterprise, offer)), offer, '10000'));
    const command = {
      actor: { sub: `user-${enterprise.id}`, role: 'enterprise' as const, organisationId: enterprise.id },
      at: world.clock.at,
      newId: (prefix: string) => `${prefix}_${enterprise.id.slice(4)}`,
    };
    const decision = await makeSignOrder({ reads: world.store })({ orderId: order.id }, command);
    if (!decision.ok) throw new Error(decision.failure.rule);
    const { result, changes } = decision.value;
    return {
      topUp: result.voucher?.localTopUps?.[0]?.amount,
      write: () =>
        world.store.commit(changes, { actor: command.actor, at: command.at, requestId: `req-${enterprise.id}` }),
    };
  };

  test('is written only while the policies are as they were read', async () => {
    const { topUp, write } = await decided();
    expect(topUp).toBe(6_000);
    accepted(await local.end(await policy()));
    expect(await write()).toMatchObject({ ok: false, reason: 'condition', failure: { rule: 'try-again' } });
    expect(await world.store.localFund(policyId)).toMatchObject({ granted: 0 });
  });

  test('takes voucher and top-up together or neither', async () => {
    const [first, second] = [await decided(), await decided()];
    expect([first.topUp, second.topUp]).toEqual([6_000, 6_000]);
    expect(await first.write()).toEqual({ ok: true });
    const before = await world.store.fund(year);
    expect(await second.write()).toMatchObject(short);
    expect(await world.store.fund(year)).toEqual(before);
    expect(Object.values(await checkLocalFund(world.store, policyId))).not.toContain(false);
    expect((await decided()).topUp).toBe(4_000);
  });

  const policy = async () => {
    const stored = await world.store.get('localPolicy', { id: policyId });
    if (!stored) throw new Error('no policy');
    return stored;
  };
});
