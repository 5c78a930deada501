import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { placeOf } from '../../core/documents/place.ts';
import { fen } from '../../core/money/money.ts';
import { workflowNames } from '../../core/ports/events.ts';
import { usccKey } from '../../core/registry/organisation.ts';
import { uniqueKey } from '../../storage/keys.ts';
import { awsSystem } from '../../verify/aws-system.ts';
import { readItem } from '../../verify/stored.ts';
import { verify } from '../../verify/verify.ts';
import { catalogueWorld } from './catalogue-world.ts';
import { countEverything } from './counting.ts';
import { startEngine } from './engine.ts';
import { localPolicies } from './local-policies.ts';
import { startObjects } from './objects.ts';
import { noon, ordersWorld } from './orders-world.ts';
import { machineArn } from './step-functions.ts';
import { openWorkflowBench } from './workflow-bench.ts';

export type RawItem = Readonly<Record<string, unknown>>;

const credentials = { accessKeyId: 'local', secretAccessKey: 'a secret of this machine' };
const region = 'cn-north-1';

/**
 * A small system with everything that verify looks at: orders of a year with quotas and a local policy, a signed one and
 * one that waits for money, an offering whose review waits for somebody, and every document's content in its store.
 */
export async function verifiedWorld() {
  const engine = await startEngine();
  const objects = await startObjects();
  const catalogue = catalogueWorld(engine);
  const bench = await openWorkflowBench(engine, { at: noon('2019-09-27'), world: catalogue.clock });
  await catalogue.submitted(await catalogue.provider('云帆科技'));
  await bench.rest();

  const world = await ordersWorld(engine, 2031, {
    fund: 300_000,
    parameters: { jurisdictionQuotas: { '150100': fen(10_000_000) }, providerQuota: fen(10_000_000) },
  });
  await localPolicies(world).inForce();
  const offer = await world.offer(await world.organisation('provider'), 'business-management', 1_000_000);
  await world.signedOrder(await world.organisation('enterprise'), offer, '10000');
  await world.place(await world.organisation('enterprise'), offer, { use: 'maximum' }, {}, { whenShort: 'wait' });

  const { client: documents, table: TableName } = engine;
  const put = (item: RawItem) => documents.send(new PutCommand({ TableName, Item: item }));
  const remove = ({ pk, sk }: RawItem) => documents.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
  const all = async (): Promise<RawItem[]> => (await documents.send(new ScanCommand({ TableName }))).Items ?? [];

  // What the worlds leave out of what registry and documents write.
  for (const stored of (await all()).map(readItem)) {
    if (stored.kind !== 'entity') continue;
    if (stored.entity === 'organisation') {
      const key = uniqueKey('organisation-uscc', usccKey(stored.value));
      await put({ ...key, type: 'unique', owner: stored.value.id, at: 0 });
    }
    if (stored.entity === 'document') {
      const { store, key } = placeOf(stored.value);
      const content = { Bucket: objects.buckets[store], Key: key, Body: Buffer.alloc(stored.value.size) };
      await objects.client.send(new PutObjectCommand(content));
    }
  }

  // As the stream does.
  await countEverything(engine);

  const deadLetters = new Map<string, number>();
  const clients = {
    dynamodb: new DynamoDBClient({ region, credentials, endpoint: engine.endpoint }),
    workflows: new SFNClient({
      region,
      credentials,
      endpoint:
        (await bench.sfn.config
          .endpoint?.()
          .then(({ protocol, hostname, port }) => `${protocol}//${hostname}:${port}`)) ?? '',
    }),
    objects: new S3Client({ region, credentials, endpoint: objects.endpoint, forcePathStyle: true }),
  };
  const stateMachines = Object.fromEntries(workflowNames.map((name) => [name, machineArn(name)])) as Record<
    (typeof workflowNames)[number],
    string
  >;
  const system = awsSystem(
    clients,
    { table: TableName, stateMachines, buckets: objects.buckets },
    { deadLetters: async () => deadLetters, now: async () => Math.max(bench.now(), Date.now() + 3_600_000) },
  );
  /** What is found, as check and code. */
  const found = async (): Promise<string[]> =>
    (await verify(system)).findings.map(({ check, code }) => `${check}/${code}`).sort();

  return {
    engine,
    bench,
    objects,
    clients,
    system,
    deadLetters,
    all,
    put,
    remove,
    found,
    /** What is found after one item was damaged, or removed; then it is as it was. */
    async afterDamage(
      which: (item: RawItem) => unknown,
      damage: (item: RawItem) => RawItem | undefined,
    ): Promise<string[]> {
      const item = (await all()).find(which);
      if (!item) throw new Error('there is nothing like that to damage');
      const damaged = damage(item);
      await (damaged ? put(damaged) : remove(item));
      try {
        return await found();
      } finally {
        await put(item);
      }
    },
    async stop() {
      for (const client of Object.values(clients)) client.destroy();
      await bench.close();
      await objects.stop();
      await engine.stop();
    },
  };
}
