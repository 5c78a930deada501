import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyRouteContract } from '../../contracts/route.ts';
import { routes } from '../../contracts/routes.ts';
import { idsOf, sha256 } from '../../functions/_runtime/ids.ts';
import { callerNamed } from '../support/authorization-table.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectRefusal } from '../support/every-problem.ts';
import { dump, writtenSince } from '../support/registry-world.ts';
import { type WholeWorld, wholeWorld } from '../support/whole-world.ts';

let engine: Engine;
let world: WholeWorld;

beforeAll(async () => {
  engine = await startEngine();
  world = await wholeWorld(engine);
});
afterAll(async () => {
  await world.stop();
  await engine.stop();
});

const named = (operation: string): AnyRouteContract => {
  const route = routes.find((one) => one.operation === operation);
  if (!route) throw new Error(`${operation} is gone`);
  return route;
};
const asOwner = () => callerNamed('enterprise', world);

describe('a text that becomes part of a key', () => {
  /** The subject of a sign-in is the one part of a key that people write freely. */
  const subjects = [
    'victim#x',
    '#victim',
    'victim#',
    '../victim',
    'AUDIT#1',
    'MEMBER#victim',
    ':v0',
    '#n0',
    '__proto__',
    'constructor',
    '*',
    '%23',
    'victim\u200b',
  ];

  test.each(subjects)('%j names one person and nobody else', async (sub) => {
    const { organisationId } = world.own.enterprise;
    const { caller, headers } = asOwner();
    const call = { params: { organisationId }, ...(headers ? { headers } : {}) };
    const added = await world.send(named('add-member'), caller, {
      ...call,
      body: { sub, name: '苏和', role: 'clerk' },
    });
    expect(added.status).toBe(201);
    const memberships = (who: string) => world.send(named('read-memberships'), { sub: who });
    expect(JSON.stringify((await memberships(sub)).body)).toContain(organisationId);
    for (const other of ['victim', 'x', '1', 'AUDIT', 'MEMBER', sub.toUpperCase(), `${sub}#`, sub.slice(1)]) {
      if (subjects.includes(other)) continue;
      expect(JSON.stringify((await memberships(other)).body), other).not.toContain(organisationId);
    }
    // It lies in the organisation's partition as every member does, and its trail says so.
    const trail = await world.send(named('read-organisation-trail'), caller, call);
    expect(trail.status).toBe(200);
    expect(trail.body.items.filter(({ entity }: { entity: string }) => entity === 'member').length).toBeGreaterThan(0);
  });

  test('reaches no record of another kind in the same partition', async () => {
    const { organisationId } = world.own.enterprise;
    const { caller, headers } = asOwner();
    const before = await dump(engine);
    for (const sub of ['ORGANISATION', 'IDENTITY', 'AUDIT', '#', 'MEMBER', '', ' ', `user-${organisationId}#AUDIT`]) {
      const answered = await world.send(named('change-member-role'), caller, {
        params: { organisationId, sub },
        body: { role: 'clerk' },
        version: 1,
        ...(headers ? { headers } : {}),
      });
      expectRefusal(answered, [404], JSON.stringify(sub));
    }
    expect(await writtenSince(engine, before)).toEqual([]);
  });
});

describe('a name that a spreadsheet would run', () => {
  test.each(['=HYPERLINK("http://x.example";"点此")', '+1+1', '-2+3', '@SUM(A1)', '\ufeff=1+1', '＝1+1', '"=1+1'])(
    '%j stands in the payment file as text',
    async (name) => {
      const { organisationId } = world.own.provider;
      const [organisation, identity] = await Promise.all([
        engine.store.get('organisation', { id: organisationId }),
        engine.store.get('identityRecord', { organisationId }),
      ]);
      if (!organisation || !identity?.bankAccount) throw new Error('no provider');
      const { payoutId, lineId } = world.own.shared;
      const line = await engine.store.get('payoutLine', { payoutId: payoutId ?? '', id: lineId ?? '' });
      if (!line) throw new Error('no line');
      const change = await engine.store.commit(
        [
          {
            do: 'update',
            entity: 'payoutLine',
            value: { ...line, providerName: name, version: line.version + 1 },
            from: [line.status],
            audit: { action: 'rename' },
          },
          {
            do: 'update',
            entity: 'identityRecord',
            value: {
              ...identity,
              version: identity.version + 1,
              bankAccount: { ...identity.bankAccount, accountName: name, bank: name },
            },
            audit: { action: 'rename' },
          },
        ],
        { actor: { sub: 'seed', role: 'system' }, at: line.updatedAt, requestId: `req_${name}` },
      );
      expect(change.ok).toBe(true);
      const file = await world.send(named('read-payment-file'), callerNamed('finance', world).caller, {
        params: { payoutId: payoutId ?? '' },
      });
      expect(file.status).toBe(200);
      const cells = String(file.body.csv).split(/,(?=")|\r\n/);
      expect(cells.length).toBeGreaterThan(15);
      for (const cell of cells.filter((one) => one !== '')) {
        expect(cell).toMatch(/^\ufeff?"/);
        expect(cell).not.toMatch(/^\ufeff?"[\s\ufeff]*[=+\-@＝＋－＠]/);
      }
    },
  );
});

describe('the page about the interface', () => {
  test('puts what it is told into the document as text, never as HTML', () => {
    const folder = join(import.meta.dirname, '../../demo/api-page');
    for (const file of ['page.js', 'index.html'])
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|javascript:/,
      );
  });
});

describe('ids', () => {
  test('say nothing of each other: 26 places of 32 letters each, other ones for another person or key', () => {
    const made = Array.from({ length: 2_000 }, (_, i) =>
      idsOf(sha256(JSON.stringify(['somebody', `key-${i}`])))('ord'),
    );
    expect(new Set(made).size).toBe(made.length);
    for (let place = 4; place < 30; place++) expect(new Set(made.map((id) => id[place])).size).toBe(32);
    const [mine, theirs] = ['somebody', 'another'].map((sub) => idsOf(sha256(JSON.stringify([sub, 'key-1'])))('ord'));
    const alike = [...(mine ?? '')].filter((letter, i) => letter === theirs?.[i]).length;
    expect(alike).toBeLessThan(4 + 10);
  });
});
