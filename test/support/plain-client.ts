import { Agent, request } from 'node:http';
import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { named } from './faulty-client.ts';

type Fields = Readonly<Record<string, unknown>>;
/** A value as it travels: its one field says of what kind it is. */
type Typed = Readonly<Record<string, unknown>>;

interface Sent {
  readonly input: Fields;
  readonly constructor: { readonly name: string };
}

/** Fields that hold items or keys, wherever in a request or an answer. */
const items = new Set(['Item', 'Key', 'ExclusiveStartKey', 'LastEvaluatedKey', 'ExpressionAttributeValues']);
/** Fields that hold many of them. */
const lists = new Set(['Items', 'Keys']);

/**
 * The document client for whoever makes thousands of calls: the same commands over the same protocol as the SDK's, and the
 * same answers and errors, at a third of the work. It signs nothing (the engine on this machine asks for nothing), retries
 * nothing, and has none of the SDK's layers between a command and its text.
 */
export function plainClient(endpoint: string): DynamoDBDocumentClient {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });

  const post = (operation: string, body: string): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const asked = request(
        {
          agent,
          host: hostname,
          port,
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'content-length': Buffer.byteLength(body),
            'x-amz-target': `DynamoDB_20120810.${operation}`,
            // The engine wants to see a signature, and takes any for right.
            'x-amz-date': '20190916T010000Z',
            authorization:
              'AWS4-HMAC-SHA256 Credential=test/20190916/cn-north-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => void chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });

  const send = async ({ input, constructor: command }: Sent): Promise<unknown> => {
    const operation = operationOf(command.name);
    const { status, text } = await post(operation, JSON.stringify(typed(input)));
    const answer = JSON.parse(text) as Fields;
    if (status !== 200) throw errorOf(answer);
    return plain(answer);
  };
  return { send, destroy: () => agent.destroy() } as unknown as DynamoDBDocumentClient;
}

/** `PutCommand` of documents is `PutItem` of the service. */
function operationOf(command: string): string {
  const name = command.replace(/Command$/, '');
  if (name === 'TransactWrite' || name === 'TransactGet') return `${name}Items`;
  return name === 'Query' || name === 'Scan' ? name : `${name}Item`;
}

/** A request with its items and keys in the types of the protocol. */
function typed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value !== 'object' || value === null) return value;
  return mapped(value as Fields, (name, field) => {
    if (items.has(name)) return mapped(field as Fields, (_, one) => typeOf(one));
    return lists.has(name) ? (field as Fields[]).map((key) => mapped(key, (_, one) => typeOf(one))) : typed(field);
  });
}

/** An answer with its items and keys as documents. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return mapped(value as Fields, (name, field) => {
    if (items.has(name)) return document(field);
    if (lists.has(name)) return (field as Typed[]).map(document);
    // What a batch has found, by table.
    if (name === 'Responses' && !Array.isArray(field)) {
      return mapped(field as Fields, (_, found) => (found as Typed[]).map(document));
    }
    return plain(field);
  });
}

const mapped = (fields: Fields, to: (name: string, field: unknown) => unknown): Record<string, unknown> => {
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) if (fields[name] !== undefined) result[name] = to(name, fields[name]);
  return result;
};

function typeOf(value: unknown): Typed {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      if (value === null) return { NULL: true };
      if (Array.isArray(value)) return { L: value.filter((one) => one !== undefined).map(typeOf) };
      if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
      return { M: mapped(value as Fields, (_, field) => typeOf(field)) };
    default:
      throw new TypeError(`no type for ${typeof value}`);
  }
}

const document = (fields: unknown): Record<string, unknown> =>
  mapped(fields as Fields, (_, field) => valueIn(field as Typed));

function valueIn(value: Typed): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.M !== undefined) return document(value.M);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.L !== undefined) return (value.L as Typed[]).map(valueIn);
  if (value.NULL !== undefined) return null;
  if (typeof value.B === 'string') return new Uint8Array(Buffer.from(value.B, 'base64'));
  throw new TypeError(`no value of ${Object.keys(value).join()}`);
}

function errorOf(answer: Fields): Error {
  const name = String(answer.__type).replace(/^.*#/, '');
  const message = String(answer.message ?? answer.Message ?? name);
  if (name !== 'TransactionCanceledException') return Object.assign(named(name), { message });
  // What was in the way stays in the types of the protocol, as the SDK leaves it.
  const CancellationReasons = withBytes(answer.CancellationReasons) as CancellationReason[];
  return new TransactionCanceledException({ message, $metadata: {}, CancellationReasons });
}

/** The same with the bytes of its values instead of their text. */
function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes);
  if (typeof value !== 'object' || value === null) return value;
  return mapped(value as Fields, (name, field) =>
    name === 'B' && typeof field === 'string' ? new Uint8Array(Buffer.from(field, 'base64')) : withBytes(field),
  );
}
