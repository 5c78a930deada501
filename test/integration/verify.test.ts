import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { print } from '../../verify/print.ts';
import { verify } from '../../verify/verify.ts';
import { machineArn } from '../support/step-functions.ts';
import { type RawItem, verifiedWorld } from '../support/verified-world.ts';

let world: Awaited<ReturnType<typeof verifiedWorld>>;
beforeAll(async () => {
  world = await verifiedWorld();
}, 120_000);
afterAll(() => world?.stop());

const type =
  (name: string, more: (data: Record<string, unknown>, item: RawItem) => unknown = () => true) =>
  (item: RawItem) =>
    item.type === name && more((item.data ?? item) as Record<string, unknown>, item);
/** Changes fields of an entity. */
const entity =
  (change: (data: Record<string, unknown>) => object) =>
  (item: RawItem): RawItem => {
    const data = item.data as Record<string, unknown>;
    return { ...item, data: { ...data, ...change(data) } };
  };
const gone = () => undefined;
const more =
  (field: string, by: number) =>
  (item: RawItem): RawItem => ({ ...item, [field]: Number(item[field]) + by });
const posted = (reason: string) => type('posting', ({ posting }) => (posting as { reason: string }).reason === reason);

test('a system that nobody damaged has no finding', async () => {
  expect(await world.found()).toEqual([]);
});

describe('each kind of damage is found, and nothing else', () => {
  /** Which check it shows, what is damaged and how, and everything that is found then. */
  const damages: [string, (item: RawItem) => unknown, (item: RawItem) => RawItem | undefined, string[]][] = [];
  const damaged = (...damage: (typeof damages)[number]) => damages.push(damage);

  damaged('a record of no known kind', type('local-fund'), (item) => ({ ...item, type: 'purse' }), [
    'local-funds/balance',
    'local-funds/balance',
    'local-funds/balance',
    'local-funds/vouchers',
    'readable/unreadable',
  ]);
  damaged(
    'a record in a list where it does not belong',
    type('voucher'),
    (item) => ({ ...item, gsi3pk: 'VOUCHERS#2030' }),
    ['readable/misplaced'],
  );
  damaged(
    'a change without its entry in the trail',
    type('audit', ({ entity: of }) => of === 'voucher'),
    gone,
    ['trail/gap'],
  );
  damaged(
    'a balance',
    type('fund', (_, { reserved }) => Number(reserved) > 0),
    more('reserved', 1),
    ['ledger/balance', 'ledger/identity', 'vouchers/account'],
  );
  damaged(
    'a fund that gave more than it had',
    type('fund', (_, { pk }) => pk === 'FUND#2031#0'),
    more('available', -900_000),
    ['ledger/balance', 'ledger/identity'],
  );
  damaged(
    'what is left of a spec',
    type('fund', (_, item) => item['app:leftAmount']),
    more('app:leftAmount', -1),
    ['ledger/line'],
  );
  damaged(
    'the quota of a jurisdiction',
    type('fund', (_, item) => item['jurisdiction:150100:usedAmount']),
    more('jurisdiction:150100:usedAmount', 1),
    ['ledger/line', 'vouchers/line'],
  );
  damaged(
    'what a voucher was counted for',
    type('counted', (_, { pk }) => String(pk).includes('#voucher#')),
    gone,
    ['progress/cell', 'progress/cell', 'progress/thing'],
  );
  damaged(
    'the progress of a month',
    type('progress', (_, { 'active-fen': fen }) => fen),
    more('active-fen', 1),
    ['progress/cell'],
  );
  damaged(
    'what an open task was counted for',
    type('counted', (_, { pk }) => String(pk).includes('#task#')),
    gone,
    ['progress/cell', 'progress/thing'],
  );
  damaged(
    'how many tasks wait in an office',
    type('progress', (_, { pk }) => pk === 'PROGRESS#tasks'),
    (item) => ({ ...item, '2019-09-01': 1 }),
    ['progress/cell'],
  );
  damaged('the quota of a provider', type('provider-quota'), more('used', 1), [
    'ledger/counter',
    'vouchers/provider-quota',
  ]);
  damaged('a yearly cap', type('cap'), more('used', -1), ['ledger/counter', 'vouchers/cap']);
  damaged('a cap that was passed', type('cap'), more('used', 2_000_000), [
    'ledger/counter',
    'ledger/over-limit',
    'vouchers/cap',
  ]);
  damaged(
    'money that came from another year and left none',
    type('fund', (_, { pk }) => pk === 'FUND#2031#0'),
    (item) => ({ ...item, carryIn: -100 }),
    ['ledger/balance', 'ledger/carried'],
  );
  damaged(
    'how many shards a pool has',
    type('pool', (_, { pk }) => pk === 'FUND#2031'),
    (item) => ({ ...item, shards: 7 }),
    ['ledger/shard'],
  );
  damaged(
    'a posting that does not sum to zero',
    posted('issue'),
    (item) => {
      const posting = item.posting as { entries: Record<string, number> };
      return { ...item, posting: { ...posting, entries: { ...posting.entries, active: 1 } } };
    },
    ['ledger/balance', 'ledger/unbalanced'],
  );
  damaged('a posting that is gone', posted('appropriate'), gone, ['ledger/balance', 'ledger/balance']);
  damaged(
    'a voucher whose face nobody posted',
    type('voucher'),
    entity(({ face }) => ({ face: Number(face) + 100 })),
    ['vouchers/account', 'vouchers/cap'],
  );
  damaged(
    'a voucher that was paid more than it is worth',
    type('voucher'),
    entity(({ face }) => ({ paid: Number(face) + 1 })),
    ['vouchers/over-face'],
  );
  damaged('what a local fund granted', type('local-fund'), more('granted', -1), [
    'local-funds/balance',
    'local-funds/vouchers',
  ]);
  damaged('what an enterprise had of a local fund', type('local-used'), more('used', 1), ['local-funds/used']);
  damaged(
    'the figures of the waiting list',
    type('waitingList'),
    entity(({ amount }) => ({ amount: Number(amount) + 1 })),
    ['waiting-list/figures'],
  );
  damaged(
    'a shard without the mark of the waiting list',
    type('fund', (_, { waiting }) => waiting),
    ({ waiting: _, ...item }) => item,
    ['waiting-list/mark'],
  );
  damaged(
    'days subsidised by a voucher that is not there',
    type('serviceHistory'),
    (item) => ({
      ...item,
      parts: String(item.parts).replaceAll(/vch_\w+/g, 'vch_none'),
    }),
    ['services/unknown'],
  );
  damaged(
    'a contract number that is not on record',
    type('unique', ({ pk }) => String(pk).includes('contract-number')),
    gone,
    ['uniqueness/free'],
  );
  damaged(
    'a contract number of somebody else',
    type('unique', ({ pk }) => String(pk).includes('contract-number')),
    (item) => ({
      ...item,
      owner: 'ord_other',
    }),
    ['uniqueness/ownerless', 'uniqueness/twice'],
  );
  damaged(
    'a voucher with money taken back by no recovery',
    type('voucher'),
    entity(() => ({ reclaimed: 5 })),
    ['recoveries/reclaimed'],
  );
  damaged('a task that is gone while its execution waits for it', type('task'), gone, [
    'executions/unasked',
    'progress/thing',
    'trail/orphan',
  ]);
  damaged(
    'an entity that is done while its execution waits',
    type('offeringVersion', ({ status }) => status === 'in-review'),
    entity(() => ({ status: 'withdrawn' })),
    ['executions/idle'],
  );
  damaged(
    'a document whose content has another size',
    type('document', ({ status }) => status === 'accepted'),
    entity(({ size }) => ({ size: Number(size) + 1 })),
    ['objects/size'],
  );

  test.each(damages)('%s', async (_, which, damage, findings) => {
    expect(await world.afterDamage(which, damage)).toEqual(findings);
  });

  test('an event that lies in the outbox for more than a minute, and not before', async () => {
    const now = await world.system.now();
    const event = (age: number) => ({
      pk: 'OUTBOX#evt_1',
      sk: 'EVENT',
      type: 'outbox',
      event: { id: 'evt_1', at: now - age, type: 'task-answered', token: 'none', output: {} },
    });
    await world.put(event(20_000));
    expect(await world.found()).toEqual([]);
    await world.put(event(70_000));
    // However long it takes to look again: it is the same event that waits.
    const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1100));
    const { findings } = await verify(world.system, { only: ['outbox'], pause });
    expect(findings.map(({ code, where }) => `${code} ${where}`)).toEqual(['waiting evt_1']);
    expect(await world.found()).toEqual(['outbox/waiting']);
    await world.remove(event(0));
  });

  test('a dead letter', async () => {
    world.deadLetters.set('DeadLetters', 1);
    expect(await world.found()).toEqual(['dead-letters/letters']);
    world.deadLetters.clear();
  });

  test('an object without a record, and a record without its object', async () => {
    const { client, buckets } = world.objects;
    const stray = { Bucket: buckets.identity, Key: 'doc_none/0' };
    await client.send(new PutObjectCommand({ ...stray, Body: 'x' }));
    expect(await world.found()).toEqual(['objects/orphan']);
    await client.send(new DeleteObjectCommand(stray));
    const document = (await world.all()).find(type('document', ({ status }) => status === 'accepted'));
    if (!document) throw new Error('no document');
    const { objectKey } = document.data as { objectKey: string };
    await client.send(new DeleteObjectCommand({ Bucket: buckets.evidence, Key: objectKey }));
    expect(await world.found()).toEqual(['objects/missing']);
    await client.send(new PutObjectCommand({ Bucket: buckets.evidence, Key: objectKey, Body: Buffer.alloc(1000) }));
  });
});

describe('whoever looks', () => {
  test('cannot write: the clients refuse before anything is sent', async () => {
    const { dynamodb, workflows, objects } = world.clients;
    const arn = machineArn('payout');
    await expect(
      dynamodb.send(new CreateTableCommand({ TableName: 'x', AttributeDefinitions: [], KeySchema: [] })),
    ).rejects.toThrow('only reads');
    await expect(workflows.send(new StopExecutionCommand({ executionArn: arn }))).rejects.toThrow('only reads');
    await expect(objects.send(new PutObjectCommand({ Bucket: 'b', Key: 'k' }))).rejects.toThrow('only reads');
  });

  test('is not told of what only moved between two looks', async () => {
    const [cap] = (await world.all()).filter(type('cap'));
    if (!cap) throw new Error('no cap');
    await world.put(more('used', -1)(cap));
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
      await world.put(cap);
    };
    expect(await verify(world.system, { only: ['ledger'], pause })).toMatchObject({ findings: [], looks: 2 });
    expect(pauses).toBe(1);
  });

  test('is told of a total that is wrong and keeps moving', async () => {
    const [cap] = (await world.all()).filter(type('cap'));
    const counted = type('posting', ({ posting }) => {
      const { cap: of } = posting as { cap?: { uscc: string } };
      return of && String(cap?.pk).includes(of.uscc);
    });
    const [entry] = (await world.all()).filter(counted);
    if (!cap || !entry) throw new Error('no cap, or nothing that counts in it');
    /** So much more was used by then, which the counter and the journal both know. */
    const moved = async (by: number) => {
      const posting = entry.posting as { cap: { amount: number } };
      await world.put(more('used', by - 1)(cap));
      await world.put({ ...entry, posting: { ...posting, cap: { ...posting.cap, amount: posting.cap.amount + by } } });
    };
    let by = 0;
    await moved(by);
    const pause = () => moved(++by);
    const { findings, looks } = await verify(world.system, { only: ['ledger'], pause });
    expect(findings.map(({ check, code }) => `${check}/${code}`)).toEqual(['ledger/counter']);
    expect([looks, by]).toEqual([3, 2]);
    await world.put(cap);
    await world.put(entry);
    expect(await world.found()).toEqual([]);
  });

  test('is told in both languages what to do, and a program by the last line', async () => {
    world.deadLetters.set('DeadLetters', 3);
    const report = await verify(world.system, { only: ['dead-letters'] });
    world.deadLetters.clear();
    const lines: string[] = [];
    print(report, (line) => lines.push(line));
    expect(lines.slice(0, 3)).toEqual([
      '✗ dead-letters/letters  DeadLetters',
      expect.stringContaining('3 条'),
      expect.stringContaining('3 messages'),
    ]);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ findings: 1, looks: 3, byCheck: { 'dead-letters': 1 } });
  });
});

test('an execution that was stopped leaves its entity and its task behind', async () => {
  const running: string[] = [];
  for await (const { name } of world.system.executions()) running.push(name);
  const executionArn = `${machineArn('offering-review').replace(':stateMachine:', ':execution:')}:${running[0]}`;
  await world.bench.sfn.send(new StopExecutionCommand({ executionArn }));
  expect(await world.found()).toEqual(['executions/asked', 'executions/missing']);
});
