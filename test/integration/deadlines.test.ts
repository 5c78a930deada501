import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Task } from '../../core/inbox/task.ts';
import type { Organisation } from '../../core/registry/organisation.ts';
import { WAITING_TOO_LONG } from '../../functions/deadlines/sweep.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted, noon, type Offer, type OrdersWorld, ordersWorld } from '../support/orders-world.ts';

const year = 2026;
let engine: Engine;
let world: OrdersWorld;
let enterprise: Organisation;
let crm: Offer;

// A sweep looks at the whole table, so each test has its own.
beforeEach(async () => {
  engine = await startEngine();
  world = await ordersWorld(engine, year);
  enterprise = await world.organisation('enterprise');
  crm = await world.offer(await world.organisation('provider'), 'business-management', 4_000_000);
});
afterEach(() => engine.stop());

const holds = async () => {
  expect(await moneyFindings(engine, year)).toEqual([]);
};
const balances = () => world.store.fund(year);
const cap = () => world.store.capUsed(year, enterprise.uscc);

describe('deadlines', () => {
  const run = () => world.sweep({}, { awsRequestId: `sweep-${world.clock.at}` });

  test('a reservation lapses the day after its last, once, and gives everything back', async () => {
    const placed = accepted(await world.place(enterprise, crm));
    accepted(await world.place(enterprise, crm, { use: 'none' }));
    world.clock.at = noon(placed.reservedUntil);
    expect(await run()).toMatchObject({ reservation: 0 });
    world.clock.at += 12 * 3_600_000 + 300_000;
    expect(await run()).toMatchObject({ reservation: 1, failed: 0 });
    expect(await run()).toMatchObject({ reservation: 0 });
    const read = await world.send('readOrder', world.memberOf(enterprise), { params: { orderId: placed.id } });
    expect(read.body).toMatchObject({ status: 'lapsed', version: 2 });
    expect(await balances()).toMatchObject({ available: 100_000_000, reserved: 0 });
    await holds();
  });

  test('a voucher expires the day after its last, and its order can still be settled', async () => {
    const signed = await world.signedOrder(enterprise, crm, '40000');
    world.clock.at = noon(signed.voucher.expiresOn);
    expect(await run()).toMatchObject({ voucher: 0 });
    world.clock.at += 86_400_000;
    expect(await run()).toMatchObject({ voucher: 1 });
    expect(await balances()).toMatchObject({ available: 100_000_000, active: 0 });
    expect(await cap()).toBe(0);
    const delivered = accepted(await world.deliver(enterprise, signed, { outcome: 'full' }));
    expect(delivered).toMatchObject({ status: 'delivered', voucher: { status: 'expired' } });
    await holds();
  });

  test('a voucher that is past its last day is not used any more, swept up or not', async () => {
    const signed = await world.signedOrder(enterprise, crm, '40000');
    world.clock.at = noon(signed.voucher.expiresOn) + 86_400_000;
    const delivered = accepted(await world.deliver(enterprise, signed, { outcome: 'full' }));
    expect(delivered).toMatchObject({ status: 'delivered' });
    expect(await run()).toMatchObject({ voucher: 1 });
    expect(await world.store.get('voucher', { id: signed.voucher.id })).toMatchObject({ status: 'expired' });
    expect(await balances()).toMatchObject({ available: 100_000_000, active: 0 });
    await holds();
  });

  test('one that cannot be applied stops no other, and the run fails at its end', async () => {
    const broken = accepted(await world.place(enterprise, crm));
    const fine = accepted(await world.place(enterprise, crm));
    // The ledger no longer has what this order reserved.
    await world.seed({
      do: 'post',
      posting: {
        id: `led_fault_${year}`,
        year,
        at: 0,
        reason: 'fault',
        reference: { entity: 'order', id: broken.id },
        actor: 'seed',
        entries: {},
        specs: [],
        cap: { uscc: enterprise.uscc, amount: -800_000, cap: 0 },
      },
    });
    world.clock.at = noon(`${year}-06-01`);
    await expect(run()).rejects.toThrow('1 deadlines could not be applied');
    const states = await Promise.all(
      [broken, fine].map(async ({ id }) => (await world.store.get('order', { id }))?.status),
    );
    expect(states.sort()).toEqual(['lapsed', 'placed']);
  });

  test('a review that took too long is ended and its execution told', async () => {
    const id = `tsk_${String(year).padStart(26, '0')}`;
    await world.seed({
      do: 'create',
      entity: 'task',
      value: {
        id,
        version: 1,
        createdAt: 0,
        updatedAt: 0,
        kind: 'offering-review',
        status: 'open',
        role: 'regional-officer',
        subject: { entity: 'offering', id: 'x', label: 'x' },
        dueOn: `${year}-03-02`,
        excluded: [],
        token: 'token',
        executionName: 'exe',
      },
    });
    expect(await run()).toMatchObject({ task: 0 });
    world.clock.at += 86_400_000;
    expect(await run()).toMatchObject({ task: 1 });
    expect(await world.store.get('task', { id })).toMatchObject({ status: 'overdue' });
  });

  test('a case of the last level, or an approval of money, that waits longer than expected stays as it is, and is counted for an alarm', async () => {
    const lines: string[] = [];
    const warn = vi.spyOn(console, 'warn').mockImplementation((line: string) => void lines.push(line));
    const task = (n: number, fields: Partial<Task>): Task => ({
      id: `tsk_${String(n).padStart(26, '0')}`,
      version: 1,
      createdAt: 0,
      updatedAt: 0,
      kind: 'provider-selection',
      status: 'open',
      role: 'regional-officer',
      subject: { entity: 'certification', id: 'x', label: 'x' },
      expectedBy: `${year}-03-02`,
      excluded: [],
      token: 'token',
      executionName: 'exe',
      ...fields,
    });
    const late = task(1, {});
    for (const value of [
      late,
      task(2, {
        kind: 'payout-finance',
        role: 'finance-officer',
        heldBy: 'somebody',
        heldByName: '王工',
        heldSince: 0,
      }),
      task(3, { status: 'decided' }),
      task(4, { expectedBy: `${year}-03-31` }),
    ]) {
      await world.seed({ do: 'create', entity: 'task', value });
    }
    expect(await run()).toMatchObject({ waiting: 0 });
    world.clock.at += 86_400_000;
    expect(await run()).toMatchObject({ task: 0, waiting: 2, failed: 0 });
    expect(await world.store.get('task', { id: late.id })).toEqual(late);
    warn.mockRestore();
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', message: WAITING_TOO_LONG, count: 2 },
    ]);
  });
});
