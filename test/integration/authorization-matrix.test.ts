import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyRouteContract } from '../../contracts/route.ts';
import { routes } from '../../contracts/routes.ts';
import {
  bodyOfOwn,
  type CallerName,
  callerNamed,
  callerNames,
  type Declared,
  declarations,
  type Expected,
  idsOfSubject,
  queryOfOwn,
} from '../support/authorization-table.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectRefusal } from '../support/every-problem.ts';
import type { Answered } from '../support/http-event.ts';
import { canaries, captureLog, dump, writtenSince } from '../support/registry-world.ts';
import { bodySamples, querySamples, unknownIds } from '../support/route-samples.ts';
import { paramNames } from '../support/whole-api.ts';
import { type WholeWorld, wholeWorld } from '../support/whole-world.ts';

/** Readings of what is there, refused for the state it is in. */
const refusedForState: Readonly<Record<string, number>> = { 'preview-signing': 409, 'read-place': 409 };

const named = new Map(routes.map((route) => [route.operation, route]));
const isRead = ({ method }: AnyRouteContract) => method === 'GET';

interface Case {
  readonly route: AnyRouteContract;
  readonly declared: Declared;
  readonly caller: CallerName;
  readonly expected: Expected;
}
const cases: readonly Case[] = declarations.flatMap((declared) => {
  const route = named.get(declared.operation);
  return route ? callerNames.map((caller) => ({ route, declared, caller, expected: declared.expected[caller] })) : [];
});
const undecided = routes.filter(({ operation }) => !declarations.some((one) => one.operation === operation));

let engine: Engine;
let world: WholeWorld;
let log: ReturnType<typeof captureLog>;
let reads = 0;
/** Every answer of this file, to look for what must be in none. */
const answers: { operation: string; caller: CallerName; status: number; text: string }[] = [];

beforeAll(async () => {
  engine = await startEngine();
  world = await wholeWorld(engine);
  log = captureLog();
  engine.intercept((_, proceed) => {
    reads += 1;
    return proceed();
  });
});
afterAll(async () => {
  log.restore();
  const count = (wanted: Expected) => cases.filter(({ expected }) => expected === wanted).length;
  console.info(
    `authorization matrix: ${cases.length} cases (${routes.length} routes × ${callerNames.length} callers × what the ` +
      `record belongs to): ${count('allowed')} allowed, ${count(401)} without a token, ${count(403)} forbidden, ` +
      `${count(404)} not told that it exists; ${undecided.length} routes undecided`,
  );
  await world.stop();
  await engine.stop();
});

async function send({ route, declared, caller }: Case, ids?: Readonly<Record<string, string>>): Promise<Answered> {
  const { own } = world;
  const { operation } = route;
  const { caller: who, headers } = callerNamed(caller, world);
  const [body = {}] = bodySamples[operation] ?? [];
  const answered = await world.send(route, who, {
    params: ids ?? idsOfSubject(declared.subject, own),
    query: { ...querySamples[operation], ...(isRead(route) ? queryOfOwn(operation, own) : {}) },
    ...(isRead(route) ? {} : { body: bodyOfOwn(operation, body as object, own) }),
    // A version that nothing has: whoever may change the record is told so, and changes nothing.
    ...(route.ifMatch ? { version: 999 } : {}),
    ...(headers ? { headers } : {}),
  });
  answers.push({ operation, caller, status: answered.status, text: JSON.stringify([answered.headers, answered.body]) });
  return answered;
}

const nameOf = ({ declared: { operation, subject, who }, caller, expected }: Case) =>
  `${operation} by ${caller}, ${subject} (for ${who}): ${expected}`;
const withoutRequest = ({ status, headers, body }: Answered) => ({
  status,
  headers: { ...headers, 'x-request-id': '' },
  body: { ...body, requestId: '' },
});

describe('the authorization matrix', () => {
  test('has a decision for every route, and none for a route that is gone', () => {
    expect(undecided.map(({ operation }) => operation)).toEqual([]);
    expect(declarations.map(({ operation }) => operation).filter((operation) => !named.has(operation))).toEqual([]);
  });

  test('decides a route once for each thing that its record may belong to', () => {
    const keys = declarations.map(({ operation, subject }) => `${operation} ${subject}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

const byOperation = [...Map.groupBy(cases, ({ declared }) => declared.operation)];

describe('who has no business there', () => {
  test.each(byOperation)('%s refuses, and changes nothing', async (_operation, own) => {
    const before = await dump(engine);
    for (const one of own) {
      if (one.expected === 'allowed') continue;
      expectRefusal(await send(one), [one.expected], nameOf(one));
    }
    expect(await writtenSince(engine, before)).toEqual([]);
  });

  test.each(byOperation)('%s says of a record one may not know of what it says of none', async (_operation, own) => {
    for (const one of own) {
      if (one.expected !== 404 || paramNames(one.route).length === 0) continue;
      reads = 0;
      const hidden = await send(one);
      const readsOfHidden = reads;
      reads = 0;
      const unknown = await send(one, unknownIds);
      expect(withoutRequest(hidden), nameOf(one)).toEqual(withoutRequest(unknown));
      expect(readsOfHidden, `reads, ${nameOf(one)}`).toBe(reads);
    }
  });
});

describe('whom it is for', () => {
  // Readings first: commands change what is read.
  const sorted = byOperation.toSorted(
    ([, [a]], [, [b]]) => Number(b && isRead(b.route)) - Number(a && isRead(a.route)),
  );
  test.each(sorted)('%s lets them in', async (operation, own) => {
    for (const one of own) {
      if (one.expected !== 'allowed') continue;
      const { status, body } = await send(one);
      const text = `${nameOf(one)}: ${status} ${JSON.stringify(body).slice(0, 300)}`;
      if (isRead(one.route)) expect(status, text).toBe(refusedForState[operation] ?? 200);
      else if (one.route.ifMatch) expect([409, 412, 422], text).toContain(status);
      else expect([200, 201, 202, 409, 422], text).toContain(status);
    }
  });
});

describe('what all of them were told', () => {
  const inAnswers = (secrets: Readonly<Record<string, string>>) =>
    answers.flatMap(({ operation, caller, text }) =>
      Object.entries(secrets)
        .filter(([, secret]) => text.includes(secret))
        .map(([name]) => `${name} in ${operation} to ${caller}`),
    );

  test('holds no identity data, but the account in the payment file of the finance department', () => {
    expect(answers.length).toBeGreaterThan(cases.length);
    const found = new Set(inAnswers(canaries));
    expect([...found].sort()).toEqual([
      'account in read-payment-file to finance',
      'account in read-payment-file to regional+finance',
    ]);
  });

  test('holds no secret of ours: no callback token of a workflow, no credential, no key of an idempotent request', () => {
    expect(new Set(inAnswers(world.secrets))).toEqual(new Set());
  });

  test('holds a presigned signature only where a link or a form was asked for', () => {
    const signed = answers.filter(({ text }) => /X-Amz-(?:Signature|Credential|Security-Token)/i.test(text));
    expect([...new Set(signed.map(({ operation }) => operation))].sort()).toEqual([
      'open-document-link',
      'read-document-content',
      'request-objection-upload',
      'request-upload',
    ]);
    for (const { status, operation } of signed) expect([200, 201], operation).toContain(status);
  });

  test('does not name the people behind an organisation to the public, not even masked', () => {
    const open = answers.filter(
      ({ operation, caller }) =>
        caller === 'nobody' && !['read-openapi', 'list-rules', 'request-objection-upload'].includes(operation),
    );
    expect(open.length).toBeGreaterThan(100);
    for (const { operation, text } of open)
      expect(text, operation).not.toMatch(
        /contactName|legalRepresentative|idCard|objector|phone|bankAccount|uploadedBy/,
      );
  });

  test('is in no log line: no identity data, no secret, no signature, nobody’s name of sign-in, no failure of ours', () => {
    expect(log.lines.length).toBeGreaterThan(answers.length - 1);
    const all = log.lines.join('\n');
    for (const secret of [...Object.values(canaries), ...Object.values(world.secrets)])
      expect(all).not.toContain(secret);
    expect(all).not.toMatch(/X-Amz-|Bearer |"sub"|user-org_|the-finance-officer/i);
    expect(log.lines.filter((line) => JSON.parse(line).level !== 'info')).toEqual([]);
  });

  test('identity data lies in the partitions made for it and in no other, so in no other record of the stream', async () => {
    const holding = (await dump(engine)).filter((item) =>
      Object.values(canaries).some((canary) => item.includes(canary)),
    );
    const prefixes = new Set(holding.map((item) => String(JSON.parse(item).pk).split('#')[0]));
    expect([...prefixes].sort()).toEqual(['IDENTITY', 'OBJECTION']);
  });
});
