import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicRoutes } from '../../contracts/public.ts';
import { routes } from '../../contracts/routes.ts';
import { rules } from '../../core/rules/index.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { publicApi } from '../../functions/public-api/routes/index.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { call } from '../support/http-event.ts';
import { expectProblem } from '../support/problem.ts';
import { captureLog } from '../support/registry-world.ts';

let engine: Engine;
let api: unknown;
const log = captureLog();
beforeAll(async () => {
  engine = await startEngine();
  api = createApi({ store: engine.store, now: () => 0, routes: publicApi() });
});
afterAll(() => {
  log.restore();
  return engine.stop();
});

test('the OpenAPI document is public, cacheable, and has every route', async () => {
  const answered = await call(api, publicRoutes.readOpenapi, undefined);
  expect(answered.status).toBe(200);
  expect(answered.headers['cache-control']).toBe('public, max-age=300');
  expect(answered.body.openapi).toBe('3.1.0');
  for (const { path } of routes) expect(answered.body.paths[path]).toBeDefined();
  expect((await call(api, publicRoutes.readOpenapi, undefined)).headers.etag).toBe(answered.headers.etag);
  const headers = { 'if-none-match': answered.headers.etag ?? '' };
  expect((await call(api, publicRoutes.readOpenapi, undefined, { headers })).status).toBe(304);
});

test('every rule is public, with its clause and its sentences', async () => {
  const { status, headers, body } = await call(api, publicRoutes.listRules, undefined);
  expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=300']);
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(Object.keys(rules));
  expect(body.items).toContainEqual({ name: 'same-person', ...rules['same-person'] });
});

test('what is not a query of theirs is refused', async () => {
  for (const contract of Object.values(publicRoutes)) {
    expectProblem(await call(api, contract, undefined, { query: { colour: 'red' } }), 422, 'invalid-request');
  }
});
