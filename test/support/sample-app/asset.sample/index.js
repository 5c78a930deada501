// A bundle as the runtime finds it in an assembly: CommonJS, although the nearest package.json says "module".
const { setTimeout: delay } = require('node:timers/promises');

const dynamo = async (operation, body) => {
  const response = await fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20250101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=a/20250101/b/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.__type}: ${answer.message}`);
  return answer;
};

const put = (pk, text, more = {}) =>
  dynamo('PutItem', {
    TableName: process.env.TABLE,
    Item: { pk: { S: pk }, sk: { S: '-' }, text: { S: text }, at: { S: new Date().toISOString() }, ...more },
  });

let invocations = 0;

exports.echo = async (event, context) => {
  invocations += 1;
  const order = event.queryStringParameters ?? {};
  if (order.throw) throw Object.assign(new Error('as ordered'), { name: order.throw });
  if (order.log) console.log('printed', { word: order.log });
  if (order.exit) process.exit(3);
  if (order.hoard) for (const kept = []; ; ) kept.push(new Array(1_000_000).fill(0.5));
  if (order.reach) {
    try {
      await fetch(order.reach);
      return { reached: true };
    } catch (error) {
      return { reached: false, cause: String(error.cause) };
    }
  }
  if (order.answer) return JSON.parse(order.answer);
  return {
    event,
    environment: process.env,
    now: Date.now(),
    invocations,
    context: { ...context, remaining: context.getRemainingTimeInMillis() },
  };
};

exports.put = async (event) => {
  const id = event.pathParameters?.id ?? event.id;
  const { text, expiresAt } = event.body ? JSON.parse(event.body) : event;
  await put(id, text, expiresAt && { expiresAt: { N: String(expiresAt) } });
  return { statusCode: 201, body: JSON.stringify({ id }) };
};

exports.slow = async (event) => {
  while (event.spin);
  await delay(Number(event.queryStringParameters?.ms ?? event.ms));
  return { slept: true };
};

exports.outbox = async (event) => {
  const batchItemFailures = [];
  for (const { dynamodb } of event.Records) {
    const { pk, text } = dynamodb.NewImage;
    if (text.S === 'poison') batchItemFailures.push({ itemIdentifier: dynamodb.SequenceNumber });
    else if (text.S === 'bomb') throw new Error('bomb');
    else await put(pk.S.replace('OUT#', 'DONE#'), text.S);
  }
  return { batchItemFailures };
};

exports.nightly = async (event) => {
  if (process.env.NIGHTLY_FAILS) throw new Error('not tonight');
  await put(`NIGHT#${event.at}`, new Date().toISOString());
};
