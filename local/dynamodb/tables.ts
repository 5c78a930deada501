import type { TableModel } from '../template/model.ts';
import { type DynamoCall, DynamoError } from './api.ts';

interface Description {
  readonly Table: {
    readonly KeySchema: readonly { AttributeName: string; KeyType: string }[];
    readonly GlobalSecondaryIndexes?: readonly { IndexName: string }[];
    readonly LatestStreamArn?: string;
    readonly StreamSpecification?: { StreamViewType?: string };
  };
}

/**
 * Makes the tables exist as the template has them: created when missing, given new indexes, stream and expiry when
 * they exist already. Returns the stream's ARN by table name. Throws when a stored table has another primary key.
 */
export async function ensureTables(call: DynamoCall, tables: readonly TableModel[]): Promise<Map<string, string>> {
  const streams = new Map<string, string>();
  for (const table of tables) {
    const existing = await describe(call, table.name);
    if (existing) await adapt(call, table, existing);
    else await create(call, table);
    if (table.ttlAttribute) await enableExpiry(call, table.name, table.ttlAttribute);
    const stream = (await describe(call, table.name))?.Table.LatestStreamArn;
    if (stream) streams.set(table.name, stream);
  }
  return streams;
}

async function describe(call: DynamoCall, name: string): Promise<Description | undefined> {
  try {
    return await call<Description>('DynamoDB_20120810.DescribeTable', { TableName: name });
  } catch (error) {
    if (error instanceof DynamoError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function create(call: DynamoCall, table: TableModel): Promise<void> {
  await call('DynamoDB_20120810.CreateTable', {
    TableName: table.name,
    AttributeDefinitions: table.attributeDefinitions,
    KeySchema: table.keySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(table.globalIndexes.length > 0 && { GlobalSecondaryIndexes: table.globalIndexes }),
    ...(table.localIndexes.length > 0 && { LocalSecondaryIndexes: table.localIndexes }),
    ...(table.streamViewType && { StreamSpecification: streamOf(table.streamViewType) }),
  });
}

function streamOf(viewType: string) {
  return { StreamEnabled: true, StreamViewType: viewType };
}

async function adapt(call: DynamoCall, table: TableModel, { Table: stored }: Description): Promise<void> {
  const key = (schema: readonly { AttributeName: string; KeyType: string }[]) =>
    schema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).join(', ');
  if (key(stored.KeySchema) !== key(table.keySchema)) {
    throw new Error(`the stored table ${table.name} has another key (${key(stored.KeySchema)}): reset the data folder`);
  }
  const has = new Set(stored.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const index of table.globalIndexes.filter(({ IndexName }) => !has.has(IndexName))) {
    await call('DynamoDB_20120810.UpdateTable', {
      TableName: table.name,
      AttributeDefinitions: table.attributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    });
  }
  if (table.streamViewType && !stored.StreamSpecification?.StreamViewType) {
    await call('DynamoDB_20120810.UpdateTable', {
      TableName: table.name,
      StreamSpecification: streamOf(table.streamViewType),
    });
  }
}

async function enableExpiry(call: DynamoCall, name: string, attribute: string): Promise<void> {
  const { TimeToLiveDescription: stored } = await call<{ TimeToLiveDescription?: { TimeToLiveStatus?: string } }>(
    'DynamoDB_20120810.DescribeTimeToLive',
    { TableName: name },
  );
  if (stored?.TimeToLiveStatus === 'ENABLED') return;
  await call('DynamoDB_20120810.UpdateTimeToLive', {
    TableName: name,
    TimeToLiveSpecification: { AttributeName: attribute, Enabled: true },
  });
}
