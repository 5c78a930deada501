import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ordersRoutes } from '../../contracts/orders.ts';
import { planRoutes } from '../../contracts/plan.ts';
import { businessDateOf, yearOf } from '../../core/calendar/business-date.ts';
import { conclude, openPlan, place, publish } from '../../demo/business.ts';
import { apply, approveApplication, certify, type Member, register } from '../../demo/cast.ts';
import type { Json } from '../../demo/client.ts';
import { type EmbeddedSystem, type System, startSystem } from '../../demo/system.ts';
import { removeFolder } from '../support/folders.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
const at = (name: string) => join(folder, name);

/** As `npm run` would. */
const run = async (script: string, ...args: string[]): Promise<{ code: number; said: string }> => {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { cwd: root });
    return { code: 0, said: stdout };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error)) throw error;
    return { code: Number(error.code), said: `${error.stdout}${error.stderr}` };
  }
};

const enterprise = (system: System, number: number): Promise<Member> =>
  register(system, {
    username: `enterprise${number}`,
    kind: 'enterprise',
    name: `第${number}机械厂`,
    jurisdiction: '150200',
    section: 'C',
    serial: 3000 + number,
  });

/** Certified people with an offering; an application that waits for its city. */
async function makeWorld(system: System, year: number) {
  await openPlan(system, {
    year,
    appropriation: '5000000.00',
    specs: [{ category: 'infrastructure', amount: '5000000.00', count: 900 }],
  });
  const provider = await register(system, {
    username: 'provider1',
    kind: 'provider',
    name: '云上草原科技有限公司',
    jurisdiction: '150100',
    section: 'I',
    serial: 9301,
  });
  await certify(system, provider);
  const service = { name: '弹性计算', kind: 'computing', price: '1200.00', priceUnit: 'month' } as const;
  const offeringId = await publish(system, provider, service);
  const buyer = await enterprise(system, 1);
  await certify(system, buyer);
  const applicant = await enterprise(system, 2);
  return { provider, offeringId, buyer, applicant, applicationId: await apply(applicant) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dengyun-backup-'));
});
afterAll(async () => {
  for (const system of running) await system.stop();
  await removeFolder(folder);
});

const running: EmbeddedSystem[] = [];
const start = async (name: string) => {
  const system = await startSystem({ dataDir: at(name), functionConcurrency: 2 });
  running.push(system);
  return system;
};

describe('a backup of the whole system, taken while people use it', () => {
  it('is restored into an empty folder with all that was answered, and the system goes on there', async () => {
    const system = await start('system');
    const year = yearOf(businessDateOf(system.clock.now()));
    const { provider, offeringId, buyer, applicant, applicationId } = await makeWorld(system, year);
    const deal = {
      enterprise: buyer,
      provider,
      offeringId,
      kind: 'computing',
      quantity: 1,
      contractNumber: 'HT-1',
      listPrice: '100.00',
    } as const;

    // Orders that reserve money are placed without pause.
    const answers: Json[] = [];
    let over = false;
    const placing = (async () => {
      while (!over) answers.push(await place(system, deal));
    })();
    while (answers.length < 6) await pause(20);
    const before = [...answers];
    const backup = await run('demo/backup.ts', at('backup'), '--data', at('system'));
    expect(backup).toMatchObject({ code: 0, said: expect.stringContaining('已备份') });
    const after = answers.length;
    while (answers.length < after + 2) await pause(20);
    over = true;
    await placing;
    await system.stop();

    expect(await run('demo/restore.ts', at('backup'), '--data', at('system'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('is not empty'),
    });
    expect(await run('demo/restore.ts', at('backup'), '--data', at('restored'))).toMatchObject({
      code: 0,
      said: expect.stringContaining('已恢复'),
    });
    expect(await run('verify/main.ts', '--data', at('restored'))).toMatchObject({
      code: 0,
      said: expect.stringContaining('未发现问题'),
    });

    const restored = await start('restored');
    const there = (member: Member): Member => ({ ...member, person: restored.person(member.person.username) });
    await restored.settled();
    const read = (order: Json) => there(buyer).person.try(ordersRoutes.readOrder, { params: { orderId: order.id } });
    for (const order of before) expect((await read(order)).body).toEqual(order);
    // What came after it shows that the backup was not of the end.
    expect((await read(answers.at(-1))).status).toBe(404);

    // The application waits for its city still, and the city's decision moves it on.
    await approveApplication(restored, there(applicant), applicationId);
    // And an order that was placed before becomes a voucher.
    const people = { enterprise: there(buyer), provider: there(provider) };
    const concluded = await conclude(restored, { ...deal, ...people }, before[0]);
    expect(concluded.voucher.face).toBe('15.00');
    await restored.settled();
    expect(restored.executions().filter(({ status }) => status !== 'SUCCEEDED' && status !== 'RUNNING')).toEqual([]);
    expect(restored.deadLetters()).toEqual([]);
    const trial = await restored.person('finance').do(planRoutes.trialBalance, { params: { year } });
    expect(trial).toMatchObject({ balanced: true });
  }, 180_000);
});
