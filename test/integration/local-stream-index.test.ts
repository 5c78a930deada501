import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../local/dynamodb/engine.ts';
import { indexStreamRecords } from '../../local/dynamodb/stream-index.ts';
import { ensureTables } from '../../local/dynamodb/tables.ts';
import type { TableModel } from '../../local/template/model.ts';

const WRITES = 12;
const folder = mkdtempSync(join(tmpdir(), 'dengyun-stream-index-'));
const database = join(folder, 'dynamodb/tables.sqlite');
const table = (name: string): TableModel => ({
  arn: `arn:aws:dynamodb:local:000000000000:table/${name}`,
  name,
  keySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  attributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  globalIndexes: [],
  localIndexes: [],
  streamViewType: 'NEW_IMAGE',
  ttlAttribute: undefined,
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Asks the file itself, beside the engine that has it open. */
function ask(sql: string): string[] {
  const file = new DatabaseSync(database, { readOnly: true });
  try {
    return file
      .prepare(sql)
      .all()
      .map((row) => Object.values(row).join(' '));
  } finally {
    file.close();
  }
}

const indexesOf = () => ask("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = '_stream_records'");

/** Everything in a table's stream: sequence number and key. */
async function streamOf({ call }: Engine, streamArn: string): Promise<string[]> {
  const streams = 'DynamoDBStreams_20120810';
  const { StreamDescription } = await call<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
    `${streams}.DescribeStream`,
    { StreamArn: streamArn },
  );
  const records: string[] = [];
  for (const { ShardId } of StreamDescription.Shards) {
    const { ShardIterator } = await call<{ ShardIterator: string }>(`${streams}.GetShardIterator`, {
      StreamArn: streamArn,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const { Records } = await call<{
      Records: { dynamodb: { SequenceNumber: string; Keys: { pk: { S: string } } } }[];
    }>(`${streams}.GetRecords`, { ShardIterator });
    records.push(...Records.map(({ dynamodb }) => `${dynamodb.SequenceNumber} ${dynamodb.Keys.pk.S}`));
  }
  return records;
}

describe('the index on the stream records of the engine', () => {
  const start = () =>
    startEngine({ dataDir: folder, port: 0, onExit: () => undefined, log: (line) => said.push(line) });
  const said: string[] = [];
  let engine: Engine;
  let arn = '';
  const write = async (from: number) => {
    for (let i = from; i < from + WRITES; i++) {
      const TableName = i % 2 ? 'orders' : 'others';
      await engine.call('DynamoDB_20120810.PutItem', { TableName, Item: { pk: { S: `item-${i}` } } });
    }
  };
  const expected = (count: number) =>
    Array.from({ length: count }, (_, i) => i)
      .filter((i) => i % 2)
      .map((i, place) => `${place + 1} item-${i}`);

  beforeAll(async () => {
    engine = await start();
    arn = (await ensureTables(engine.call, [table('orders'), table('others')])).get('orders') ?? '';
    await write(0);
  });
  afterAll(() => engine.stop());

  it('exists once the engine has started, and nothing had to be said', () => {
    expect(indexesOf()).toEqual(['stream_records_by_sequence']);
    expect(said).toEqual([]);
  });

  it("serves the engine's own question for the next sequence number", () => {
    const plan = ask(
      "EXPLAIN QUERY PLAN SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = 'orders'",
    );
    expect(plan.join()).toContain(
      'SEARCH _stream_records USING COVERING INDEX stream_records_by_sequence (table_name=?)',
    );
  });

  it('leaves the stream as it is: every record once, in the order of writing', async () => {
    expect(await streamOf(engine, arn)).toEqual(expected(WRITES));
  });

  it('is there, once, after a restart on the same data, and numbers go on', async () => {
    await engine.stop();
    engine = await start();
    await write(WRITES);
    expect(indexesOf()).toEqual(['stream_records_by_sequence']);
    expect(await streamOf(engine, arn)).toEqual(expected(2 * WRITES));
    expect(said).toEqual([]);
  });

  it.each([
    ['that is missing', () => undefined],
    ['without that table', (file: string) => new DatabaseSync(file).close()],
    ['that is no database', (file: string) => writeFileSync(file, 'x'.repeat(5000))],
  ])('is not made in a file %s, and stops nobody', async (name, make) => {
    const file = join(folder, `${name.length}.sqlite`);
    make(file);
    expect(await indexStreamRecords(file)).toEqual(expect.any(String));
  });
});
