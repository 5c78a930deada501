import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRouter } from '../../local/gateway/router.ts';
import type { Runtime } from '../../local/main.ts';
import type { RouteModel } from '../../local/template/model.ts';
import { accessToken, startSample, temporaryFolder } from '../support/local-runtime.ts';

type Json = Record<string, unknown>;

describe('choosing a route', () => {
  const keys = [
    'GET /pets/dog/1',
    'GET /pets/dog/{id}',
    'GET /pets/{proxy+}',
    'POST /pets/dog/{id}/{kind}',
    'ANY /{proxy+}',
    '$default',
  ];
  const route = (routeKey: string): RouteModel => ({
    routeKey,
    functionName: 'f',
    timeoutMs: 1,
    authorizer: undefined,
    scopes: [],
    throttle: undefined,
  });
  const match = createRouter(keys.map(route));

  it.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', undefined],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
    ['POST', '/pets/dog/2/big', 'POST /pets/dog/{id}/{kind}', { id: '2', kind: 'big' }],
    ['POST', '/pets/dog/2', 'ANY /{proxy+}', { proxy: 'pets/dog/2' }],
    ['GET', '/', '$default', undefined],
  ])('%s %s goes to %s', (method, path, key, parameters) => {
    const found = match(method, path);
    expect(found?.route.routeKey).toBe(key);
    expect(found?.parameters).toEqual(parameters);
  });

  it('finds nothing without a default', () => {
    expect(createRouter([route('GET /a')])('GET', '/b')).toBeUndefined();
    expect(createRouter([route('GET /a/{id}')])('GET', '/a/')).toBeUndefined();
  });
});

describe('the HTTP gateway', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let runtime: Runtime;
  let token: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const site = join(folder.path, 'site');
    mkdirSync(site);
    writeFileSync(join(site, 'index.html'), '<p>登云</p>');
    const portal = join(folder.path, 'portal');
    mkdirSync(join(portal, 'assets'), { recursive: true });
    writeFileSync(join(portal, 'index.html'), '<p>portal</p>');
    writeFileSync(join(portal, 'assets/app-1.js'), 'export {}');
    writeFileSync(join(folder.path, 'secret.txt'), 'secret');
    symlinkSync(join(folder.path, 'secret.txt'), join(site, 'link.txt'));
    runtime = await startSample(join(folder.path, 'data'), {
      static: { '/docs': site },
      site: ({ issuer }) => ({
        folder: portal,
        headers: { 'x-policy': 'strict' },
        files: { '/config.json': JSON.stringify({ issuer }) },
      }),
    });
    token = await accessToken(runtime.issuerUrl);
  });
  afterAll(async () => {
    await runtime.stop();
    await folder.remove();
  });

  const call = (path: string, init: RequestInit = {}) => fetch(runtime.apiUrl + path, init);
  const eventOf = async (path: string, init: RequestInit = {}) => {
    const response = await call(path, init);
    expect(response.status).toBe(200);
    return ((await response.json()) as { event: Json & { requestContext: Json; headers: Json } }).event;
  };
  const answering = (answer: unknown) =>
    call(`/v1/echo/1?answer=${encodeURIComponent(JSON.stringify(answer))}`, { redirect: 'manual' });

  it('serves a site where no route answers: one page for every address, files as they are', async () => {
    const page = { headers: { accept: 'text/html,*/*;q=0.8' } };
    for (const path of ['/', '/notices/ntc_1', '/v1/nothing']) {
      const answer = await call(path, page);
      expect([path, answer.status, await answer.text()]).toEqual([path, 200, '<p>portal</p>']);
      expect(answer.headers.get('x-policy')).toBe('strict');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
    const script = await call('/assets/app-1.js');
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(await (await call('/config.json')).json()).toEqual({ issuer: runtime.issuerUrl });
  });

  it('tells a program that nothing is there, and never leaves the folder of the site', async () => {
    expect((await call('/v1/nothing')).status).toBe(404);
    expect((await call('/assets/gone.js', { headers: { accept: '*/*' } })).status).toBe(404);
    expect((await call('/', { method: 'POST', headers: { accept: 'text/html' } })).status).toBe(404);
    expect(await raw('GET /../secret.txt HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(/ 404 /);
    expect(await raw('GET /%2e%2e/secret.txt HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(/ 404 /);
  });

  it('hands a request on in payload format 2.0', async () => {
    const event = await eventOf('/v1/echo/a/b%20c?q=1&q=2%263&empty=', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', 'X-Two': 'x' },
      body: '{"登":"云"}',
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /v1/echo/{proxy+}',
      rawPath: '/v1/echo/a/b c',
      rawQueryString: 'q=1&q=2%263&empty=',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { q: '1,2&3', empty: '' },
      pathParameters: { proxy: 'a/b c' },
      body: '{"登":"云"}',
      isBase64Encoded: false,
      headers: { 'x-two': 'x', 'content-type': 'application/json' },
      requestContext: {
        accountId: '000000000000',
        http: { method: 'POST', path: '/v1/echo/a/b c', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        routeKey: 'ANY /v1/echo/{proxy+}',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      },
    });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  it('leaves out what the request does not have', async () => {
    const event = await eventOf('/v1/echo/fixed');
    expect(event.routeKey).toBe('GET /v1/echo/fixed');
    for (const field of ['body', 'cookies', 'queryStringParameters', 'pathParameters']) {
      expect(event).not.toHaveProperty(field);
    }
  });

  it('joins repeated headers with a comma', async () => {
    const answer = await raw('GET /v1/echo/1 HTTP/1.1\r\nhost: x\r\nX-A: 1\r\nx-a: 2\r\nconnection: close\r\n\r\n');
    expect(answer).toContain('"x-a":"1,2"');
  });

  it('hands binary bodies and forms on as base64', async () => {
    const event = await eventOf('/v1/echo/x/y', { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    expect(event).toMatchObject({ isBase64Encoded: true, body: Buffer.from('a=1').toString('base64') });
  });

  it('sends a full response as the function gives it', async () => {
    const response = await answering({
      statusCode: 303,
      headers: { Location: '/x', ETag: '"1"' },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: '',
    });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/x');
    expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
    expect(response.headers.get('apigw-requestid')).toBeTruthy();
  });

  it('takes a result without a status as the body of a 200', async () => {
    const response = await answering({ ok: true });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ ok: true });
    expect(await (await answering('plain')).text()).toBe('plain');
  });

  it('decodes base64 bodies', async () => {
    const response = await answering({ statusCode: 200, isBase64Encoded: true, body: 'AP8=' });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
  });

  it.each([
    { statusCode: 'much' },
    { statusCode: 200, body: { not: 'text' } },
    { statusCode: 200, headers: { 'x-bad': 'a\r\nset-cookie: b=1' } },
  ])('answers 500 to a response that HTTP cannot carry: %j', async (answer) => {
    const response = await answering(answer);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('answers 500 when the function fails, without saying why', async () => {
    const response = await call('/v1/echo/1?throw=Secret');
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('{"message":"Internal Server Error"}');
  });

  it('answers 404 where there is no route', async () => {
    const response = await call('/nowhere');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'Not Found' });
  });

  it('answers 400 to a path that cannot be decoded', async () => {
    expect((await call('/v1/echo/%E0%A4%A')).status).toBe(400);
  });

  it('answers 413 above ten megabytes, announced or not', async () => {
    const large = Buffer.alloc(10 * 1024 * 1024 + 1);
    expect((await call('/v1/echo/x', { method: 'POST', body: large })).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(large);
        controller.close();
      },
    });
    const streamed: RequestInit & { duplex: 'half' } = { method: 'POST', body: stream, duplex: 'half' };
    expect((await call('/v1/echo/x', streamed)).status).toBe(413);
  });

  it('answers 429 when a route’s bucket is empty', async () => {
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await call('/v1/scarce')).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  describe('with a token', () => {
    const authorized = (bearer: string) => ({ headers: { authorization: `Bearer ${bearer}` } });

    it('hands the claims on as text, lists in brackets', async () => {
      const { requestContext } = await eventOf('/v1/private', authorized(token));
      const { jwt } = requestContext.authorizer as { jwt: { claims: Json; scopes: unknown } };
      expect(jwt.claims).toMatchObject({
        sub: 'usr_ann',
        name: 'Ann',
        aud: 'sample',
        iss: runtime.issuerUrl,
        roles: '[reviewer auditor]',
        level: '3',
        home: 'map[city:150100]',
      });
      expect(jwt.claims.exp).toMatch(/^\d+$/);
      expect(jwt.scopes).toBeNull();
    });

    it('answers 403 when none of the route’s scopes is in the token', async () => {
      const response = await call('/v1/scoped', authorized(token));
      expect(response.status).toBe(403);
      expect(await response.json()).toEqual({ message: 'Forbidden' });
    });

    it('answers 401 without a token, with a broken or a tampered one', async () => {
      const [header, payload = '', signature] = token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
      const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'usr_eve' })).toString('base64url');
      const none = Buffer.from('{"alg":"none"}').toString('base64url');
      for (const bad of ['', 'x', `${header}.${forged}.${signature}`, `${none}.${payload}.`]) {
        const response = await call('/v1/private', bad ? authorized(bad) : {});
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expect(await response.json()).toEqual({ message: 'Unauthorized' });
      }
    });

    it('answers 401 once the token has expired by the runtime’s clock', async () => {
      expect((await call('/v1/private', authorized(token))).status).toBe(200);
      await runtime.clock.advanceBy(31 * 60_000);
      expect((await call('/v1/private', authorized(token))).status).toBe(401);
      const fresh = await accessToken(runtime.issuerUrl);
      expect((await call('/v1/private', authorized(fresh))).status).toBe(200);
    });
  });

  describe('for browsers', () => {
    it('answers the preflight of an allowed origin itself', async () => {
      const response = await call('/v1/private', {
        method: 'OPTIONS',
        headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'GET' },
      });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
      expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
      expect(response.headers.get('access-control-max-age')).toBe('600');
    });

    it('gives other origins nothing, whatever the function says', async () => {
      const answer = encodeURIComponent(
        JSON.stringify({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' }, body: 'x' }),
      );
      const response = await call(`/v1/echo/1?answer=${answer}`, { headers: { origin: 'https://evil.example' } });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  describe('with static folders', () => {
    it('serves their files with the right type', async () => {
      const response = await call('/docs');
      expect(response.url).toBe(`${runtime.apiUrl}/docs/`);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toBe('<p>登云</p>');
    });

    it.each(['/docs/../secret.txt', '/docs/%2e%2e/secret.txt', '/docs/..%2fsecret.txt', '/docs/link.txt', '/docs/%00'])(
      'serves nothing outside of them: %s',
      async (path) => {
        const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
        expect(answer).toMatch(/^HTTP\/1\.1 404/);
        expect(answer).not.toContain('secret');
      },
    );
  });

  /** One request exactly as written. */
  function raw(request: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(Number(new URL(runtime.apiUrl).port), '127.0.0.1', () => socket.write(request));
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('end', () => resolve(answer));
      socket.on('error', reject);
    });
  }
});
