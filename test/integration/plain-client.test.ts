import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startEngine } from '../support/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

type Answer = Readonly<Record<string, unknown>>;
type Send = (command: unknown) => Promise<Answer>;
const sdk: Send = (command) => engine.sdk.send(command as never) as Promise<object> as Promise<Answer>;
const plain: Send = (command) => engine.client.send(command as never) as Promise<object> as Promise<Answer>;

const item = (sk: string) => ({
  pk: 'A',
  sk,
  gsi1pk: 'G',
  gsi1sk: sk,
  data: { text: '登云 "x"', number: -1.5, none: null, yes: true, list: [1, 'a', { deep: [] }], left: undefined },
  bytes: new Uint8Array([0, 255, 7]),
});
const put = (table: string, sk: string) =>
  new TransactWriteCommand({
    TransactItems: [
      {
        Put: {
          TableName: table,
          Item: item(sk),
          ConditionExpression: 'attribute_not_exists(#pk)',
          ExpressionAttributeNames: { '#pk': 'pk' },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ],
  });

/** What was said, without the number of the request and the like. */
const said = async (asked: Promise<Answer>): Promise<unknown> => {
  try {
    const { $metadata: _, ...answer } = await asked;
    return answer;
  } catch (error) {
    const { name, message, CancellationReasons } = error as Error & { CancellationReasons?: unknown };
    return { name, message, CancellationReasons };
  }
};

test('the plain client answers as the client of the SDK does', async () => {
  const { table } = engine;
  const key = (sk: string) => ({ pk: 'A', sk });
  expect(await said(plain(put(table, '1')))).toEqual(await said(sdk(put(table, '2'))));
  await plain(put(table, '3'));
  const values = { ExpressionAttributeNames: { '#pk': 'gsi1pk' }, ExpressionAttributeValues: { ':pk': 'G' } };
  const commands = [
    new GetCommand({ TableName: table, Key: key('1'), ConsistentRead: true }),
    new GetCommand({ TableName: table, Key: key('none') }),
    new BatchGetCommand({ RequestItems: { [table]: { Keys: [key('1'), key('none')], ConsistentRead: true } } }),
    new TransactGetCommand({ TransactItems: [{ Get: { TableName: table, Key: key('2') } }] }),
    new QueryCommand({
      TableName: table,
      IndexName: 'gsi1',
      KeyConditionExpression: '#pk = :pk',
      ...values,
      Limit: 2,
    }),
    new ScanCommand({ TableName: table }),
    // Turned away, with what was in the way; and refused for what it is.
    put(table, '1'),
    new QueryCommand({ TableName: table, KeyConditionExpression: 'nonsense', ...values }),
  ];
  for (const command of commands) expect(await said(plain(command))).toEqual(await said(sdk(command)));

  const { LastEvaluatedKey } = await plain(commands[4]);
  const next = new QueryCommand({
    ...(commands[4] as QueryCommand).input,
    ExclusiveStartKey: LastEvaluatedKey as never,
  });
  expect(await said(plain(next))).toEqual(await said(sdk(next)));
  await plain(new DeleteCommand({ TableName: table, Key: key('1') }));
  expect((await sdk(commands[0])).Item).toBeUndefined();
});
