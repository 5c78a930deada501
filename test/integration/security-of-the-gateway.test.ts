import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startEngine } from '../support/engine.ts';
import { captureLog, dump, writtenSince } from '../support/registry-world.ts';
import { type WholeGateway, wholeGateway } from '../support/whole-gateway.ts';

let engine: Engine;
let system: WholeGateway;
let log: ReturnType<typeof captureLog>;
let before: readonly string[];
const tokens: string[] = [];

beforeAll(async () => {
  engine = await startEngine();
  system = await wholeGateway(engine);
  log = captureLog();
  before = await dump(engine);
});
afterAll(async () => {
  log.restore();
  await system.stop();
  await engine.stop();
});

const tokenOf = async (name: Parameters<WholeGateway['tokenOf']>[0]) => {
  const token = await system.tokenOf(name);
  tokens.push(token);
  return token;
};
const get = async (path: string, token?: string, headers: Readonly<Record<string, string>> = {}) => {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(system.url + path, { headers: { ...authorization, ...headers } });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const fund = '/v1/funds/2019';

describe('a token', () => {
  test('of the issuer, for the service, in its time, is taken; the same claims by our own hand too', async () => {
    expect((await get(fund, await tokenOf('regional'))).status).toBe(200);
    const claims = { sub: 'the-regional-officer', roles: ['regional-officer'] };
    expect((await get(fund, await system.signed(claims))).status).toBe(200);
  });

  /** Whole claims of a regional officer, so that only what is wrong with the token can be why it is refused. */
  const officer = () => ({
    iss: system.issuer,
    aud: system.audience,
    sub: 'the-regional-officer',
    roles: ['regional-officer'],
    iat: system.now(),
    exp: system.now() + 600,
  });
  const forge = async (key: CryptoKey | Uint8Array, header: JWTHeaderParameters) =>
    new SignJWT(officer()).setProtectedHeader(header).sign(key);
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const publicPem = async () => {
    const { kty, n, e } = system.signingKey as JWK;
    const key = createPublicKey({ key: { kty, n, e } as JsonWebKey, format: 'jwk' });
    return String(key.export({ type: 'spki', format: 'pem' }));
  };

  const badTokens: Readonly<Record<string, () => Promise<string> | string>> = {
    'by another key that names itself as the issuer’s': async () =>
      forge((await generateKeyPair('RS256')).privateKey, { alg: 'RS256', kid: system.signingKey.kid }),
    'by a key of another set': async () =>
      forge((await generateKeyPair('RS256')).privateKey, { alg: 'RS256', kid: 'of-another-set' }),
    'that brings its own key along': async () => {
      const { privateKey, publicKey } = await generateKeyPair('RS256');
      return forge(privateKey, { alg: 'RS256', jwk: await exportJWK(publicKey) });
    },
    'that says where its key is': async () =>
      forge((await generateKeyPair('RS256')).privateKey, { alg: 'RS256', kid: 'x', jku: `${system.issuer}/mine` }),
    'by an elliptic key under the issuer’s name': async () =>
      forge((await generateKeyPair('ES256')).privateKey, { alg: 'ES256', kid: system.signingKey.kid }),
    'with the public key as the secret (HS256)': async () =>
      forge(new TextEncoder().encode(await publicPem()), { alg: 'HS256', kid: system.signingKey.kid }),
    'with the modulus as the secret (HS256)': async () =>
      forge(Buffer.from(String((system.signingKey as JWK).n), 'base64url'), {
        alg: 'HS256',
        kid: system.signingKey.kid,
      }),
    'without a signature (alg: none)': () => `${base64({ alg: 'none' })}.${base64(officer())}.`,
    'without a signature (alg: NONE)': () =>
      `${base64({ alg: 'NONE', kid: system.signingKey.kid })}.${base64(officer())}.`,
    'whose signature was cut off': async () => (await system.signed(officer())).replace(/\.[^.]*$/, '.'),
    'whose claims were exchanged': async () => {
      const [header, , signature] = (await system.signed({ sub: 'somebody' })).split('.');
      return `${header}.${base64(officer())}.${signature}`;
    },
    'by the issuer’s key in another algorithm (PS256)': async () =>
      forge((await importJWK({ ...system.signingKey, alg: 'PS256' } as JWK, 'PS256')) as CryptoKey, {
        alg: 'PS256',
        kid: system.signingKey.kid,
      }),
    'that has expired': () => system.signed({ ...officer(), iat: system.now() - 900, exp: system.now() - 1 }),
    'that never expires': () => system.signed({ ...officer(), exp: undefined }),
    'that is not valid yet': () => system.signed({ ...officer(), nbf: system.now() + 60 }),
    'that was issued in the future': () => system.signed({ ...officer(), iat: system.now() + 60 }),
    'for another audience': () => system.signed({ ...officer(), aud: 'another-service' }),
    'for no audience': () => system.signed({ ...officer(), aud: undefined }),
    'of another issuer': () => system.signed({ ...officer(), iss: 'https://issuer.example' }),
    'of an issuer with a slash more': () => system.signed({ ...officer(), iss: `${system.issuer}/` }),
    'of no issuer': () => system.signed({ ...officer(), iss: undefined }),
    'that is made for the portal to know who signed in (an ID token)': () =>
      system.signed({ ...officer(), aud: system.clientId, nonce: 'n', at_hash: 'h' }),
    'of nobody': () => system.signed({ ...officer(), sub: undefined }),
    'of somebody without a name': () => system.signed({ ...officer(), sub: '' }),
    'that is no token': () => 'a.b.c',
    'that is empty': () => '',
    'that is very long': () => `${'a'.repeat(12_000)}.b.c`,
  };

  test.each(Object.entries(badTokens))('%s is refused', async (_what, make) => {
    const token = await make();
    const { status, text } = await get(fund, token);
    expect(status).toBe(401);
    if (token !== '') expect(text).not.toContain(token);
  });

  test('is read from one place: not from the query, a cookie, the body or another header', async () => {
    const token = await tokenOf('regional');
    for (const name of ['access_token', 'authorization', 'Authorization', 'token'])
      expect((await get(`${fund}?${name}=${token}`)).status, name).toBe(401);
    for (const name of [
      'cookie',
      'x-authorization',
      'proxy-authorization',
      'x-amzn-oidc-data',
      'x-forwarded-authorization',
    ])
      expect((await get(fund, undefined, { [name]: `authorization=Bearer ${token}` })).status, name).toBe(401);
    expect((await get(fund, undefined, { authorization: `Basic ${token}` })).status).toBe(401);
  });

  test.each([
    ['an object', { 'regional-officer': true }],
    ['a number', 1],
    ['nothing', null],
    ['another case', ['Regional-Officer']],
    ['a longer word', ['regional-officers', 'not-regional-officer', 'regional-officer-deputy']],
    ['roles that are no staff', ['system', 'enterprise', 'provider', 'person', 'administrator', '*']],
    ['names of what every object has', ['constructor', '__proto__', 'toString']],
  ])('whose roles are %s gives none', async (_what, roles) => {
    expect((await get(fund, await system.signed({ sub: 'odd', roles }))).status).toBe(403);
  });

  test.each([
    ['a list', ['150200']],
    ['a number', 150200],
    ['another region', '110000'],
    ['all of them', '*'],
    ['nothing', ''],
  ])('of a city whose jurisdiction is %s opens no city', async (_what, jurisdiction) => {
    const token = await system.signed({ sub: 'odd', roles: ['city-reviewer'], jurisdiction });
    expect((await get('/v1/organisations?kind=enterprise&jurisdiction=150200', token)).status).toBe(
      // A number reads as its digits: the issuer meant this city.
      jurisdiction === 150200 ? 200 : 403,
    );
  });
});

/** Sends a raw request as the enterprise; the answer must be one of these, and nothing may be written. */
const raw = async (head: string, body: Uint8Array | string = '') => {
  const answer = await system.raw(`${head}\nhost: localhost\nconnection: close`, body);
  expect(answer.text).not.toMatch(/node_modules|\.ts:\d|Error:/);
  return answer;
};

describe('a path', () => {
  test.each([
    '/v1/plans/2019/..%2f..%2ffunds%2f2019',
    '/v1/plans/..%2ffunds%2f2019',
    '/v1/catalogue/../funds/2019',
    '/v1/catalogue/%2e%2e/funds/2019',
    '/v1/catalogue/%252e%252e%252ffunds%252f2019',
    '/v1/plans/2019%2fdraft',
    '/v1/plans/2019%00',
    '/v1/plans/2019;draft',
    '/v1/plans/2019%23draft',
    '/v1/plans/2019%20',
    '/v1/plans/２０１９',
    '/v1/plans/%EF%BC%92%EF%BC%90%EF%BC%91%EF%BC%99',
    '/v1/plans/%C0%AE%C0%AE',
    '/v1/plans/%ff',
    '/v1/plans/%',
    '//v1/funds/2019',
    '/v1//funds/2019',
    '/v1/funds/2019/',
    '/V1/Funds/2019',
    '/v1/funds\\2019',
    '/openapi.json/../v1/funds/2019',
    '/openapi.json%2f..%2fv1%2ffunds%2f2019',
    `/v1/plans/${'9'.repeat(6_000)}`,
    `/${'a/'.repeat(3_000)}`,
    '/__proto__/constructor',
    '*',
  ])('%s leads nowhere without a token', async (path) => {
    const { status, text } = await raw(`GET ${path} HTTP/1.1`);
    expect([400, 401, 404], `${status}`).toContain(status);
    expect(text).not.toContain('appropriation');
  });

  test('with another host, or as a whole address, is the same path', async () => {
    for (const target of ['http://elsewhere.example/v1/funds/2019', `${system.url}/v1/funds/2019`])
      expect([400, 401, 404]).toContain((await raw(`GET ${target} HTTP/1.1`)).status);
  });

  test('that is far too long is refused by the server itself', async () => {
    expect((await raw(`GET /v1/plans/${'9'.repeat(70_000)} HTTP/1.1`)).status).toBe(431);
  });
});

describe('a header', () => {
  const order = () => `/v1/orders/${system.world.own.shared.orderId}`;
  const asEnterprise = async () => `authorization: Bearer ${await tokenOf('enterprise')}`;

  test('that would change the method, the address or the person changes nothing', async () => {
    const plain = await raw(`GET ${order()} HTTP/1.1\n${await asEnterprise()}`);
    expect(plain.status).toBe(200);
    const bodyOf = ({ text }: { text: string }) => text.slice(text.indexOf('\r\n\r\n'));
    for (const header of [
      'x-http-method-override: DELETE',
      'x-http-method: PUT',
      'x-method-override: POST',
      'x-original-url: /v1/funds/2019',
      'x-rewrite-url: /v1/funds/2019',
      'x-forwarded-for: 127.0.0.1, 10.0.0.1',
      'x-forwarded-host: elsewhere.example',
      'x-forwarded-proto: https\nx-forwarded-port: 443',
      'forwarded: for=127.0.0.1;host=elsewhere.example',
      'x-amzn-request-context: {"authorizer":{"jwt":{"claims":{"sub":"x","roles":"[inspector]"}}}}',
      'x-roles: inspector',
    ]) {
      const answer = await raw(`GET ${order()} HTTP/1.1\n${await asEnterprise()}\n${header}`);
      expect(answer.status, header).toBe(200);
      expect(bodyOf(answer), header).toBe(bodyOf(plain));
    }
  });

  test('that names somebody else’s organisation, or two, is refused', async () => {
    const { own, foreign } = system.world;
    const [mine, theirs] = [own.enterprise.organisationId, foreign.enterprise.organisationId];
    for (const header of [
      `dengyun-organisation: ${theirs}`,
      `dengyun-organisation: ${mine}\ndengyun-organisation: ${theirs}`,
      `dengyun-organisation: ${theirs}\ndengyun-organisation: ${mine}`,
      `dengyun-organisation: ${mine},${mine}`,
    ])
      expect((await raw(`GET ${order()} HTTP/1.1\n${await asEnterprise()}\n${header}`)).status, header).toBe(403);
  });

  const cancel = async (headers: string, body: Uint8Array | string = '{"reason":"不再需要"}', type?: string) =>
    raw(
      [
        `POST ${order()}/cancellation HTTP/1.1`,
        await asEnterprise(),
        `content-type: ${type ?? 'application/json'}`,
        `content-length: ${Buffer.byteLength(body)}`,
        headers,
      ].join('\n'),
      body,
    );
  const key = 'idempotency-key: of-this-test-1';

  test('Idempotency-Key that is sent twice is no key, though both were the same', async () => {
    for (const second of ['idempotency-key: of-this-test-2', key])
      expect((await cancel(`if-match: "999"\n${key}\n${second}`)).status).toBe(400);
  });

  test.each(['W/"999", "1"', '"999", "1"', '*', '"1e3"', '"9999999999999999999"', '"-1"', '1', '""', '"0x1"'])(
    'If-Match %s says no version',
    async (version) => {
      expect((await cancel(`${key}\nif-match: ${version}`)).status).toBe(428);
    },
  );

  test('If-Match that is sent twice says no version; a weak one is one', async () => {
    expect((await cancel(`${key}\nif-match: "1"\nif-match: "1"`)).status).toBe(428);
    expect((await cancel(`${key}\nif-match: W/"999"`)).status).toBe(412);
  });

  const asked = `${key}\nif-match: "999"`;
  test.each([
    ['packed', gzipSync('{"reason":"x"}'), 'application/json', 'content-encoding: gzip', [400]],
    [
      'in bytes that are not UTF-8',
      Buffer.from([...Buffer.from('{"reason":"'), 0xb0, 0xfc, 0xcd, 0xb7, 0x22, 0x7d]),
      'application/json',
      '',
      [400],
    ],
    ['in bytes of UTF-16', Buffer.from('{"reason":"x"}', 'utf16le'), 'application/json; charset=utf-16', '', [400]],
    ['as a form', 'reason=x', 'application/x-www-form-urlencoded', '', [415]],
    ['as a form with a file', '--b\r\n\r\n--b--', 'multipart/form-data; boundary=b', '', [415]],
    ['as text that happens to be JSON', '{"reason":"x"}', 'text/plain', '', [415]],
    ['as JSON of another kind', '{"reason":"x"}', 'application/json-patch+json', '', [415]],
    ['as XML', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'application/xml', '', [415]],
    ['with a NUL in it', '{"reason":"x\\u0000y"}', 'application/json', '', [422]],
    ['with a text that turns the direction of reading', '{"reason":"x\\u202ey"}', 'application/json', '', [422]],
    ['with a number beyond all numbers', '{"reason":1e999}', 'application/json', '', [422]],
    ['with a key of every object', '{"reason":"x","__proto__":{"isAdmin":true}}', 'application/json', '', [422]],
    [
      'with a constructor',
      '{"reason":"x","constructor":{"prototype":{"isAdmin":true}}}',
      'application/json',
      '',
      [422],
    ],
    ['nested without end', `{"reason":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'application/json', '', [422]],
    [
      'nested without end, with half a character',
      `{"reason":${'['.repeat(100_000)}"\\ud800"${']'.repeat(100_000)}}`,
      'application/json',
      '',
      [400],
    ],
    ['above our own limit', JSON.stringify({ reason: 'x'.repeat(256 * 1024) }), 'application/json', '', [413]],
  ] as const)('says nothing of a body %s: it is refused', async (_what, body, type, more, statuses) => {
    const { status, text } = await cancel([asked, more].filter((line) => line !== '').join('\n'), body, type);
    expect(statuses, text.slice(-300)).toContain(status);
  });

  test('of a length that is beyond the gateway’s, or contradicts itself, is refused', async () => {
    const head = `POST ${order()}/cancellation HTTP/1.1\n${await asEnterprise()}\ncontent-type: application/json\n${asked}`;
    expect((await raw(`${head}\ncontent-length: ${11 * 1024 * 1024}`)).status).toBe(413);
    expect((await raw(`${head}\ncontent-length: 5\ntransfer-encoding: chunked`, '0\r\n\r\n')).status).toBe(400);
    expect((await raw(`${head}\ncontent-length: 5\ncontent-length: 6`, '{}   ')).status).toBe(400);
    expect((await raw(`${head}\ncontent-length: -1`)).status).toBe(400);
  });
});

describe('after all that', () => {
  test('nothing is written, and no object has a key that none should have', async () => {
    expect(await writtenSince(engine, before)).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('isAdmin' in {}).toBe(false);
  });

  test('no token is in a log line, and nothing failed', () => {
    const all = [...log.lines, ...system.logged].join('\n');
    expect(log.lines.length).toBeGreaterThan(50);
    expect(tokens.length).toBeGreaterThan(10);
    for (const token of tokens) expect(all).not.toContain(token.split('.')[2]);
    expect(log.lines.filter((line) => JSON.parse(line).level !== 'info')).toEqual([]);
    expect(system.logged).toEqual([]);
  });
});

describe('too many requests', () => {
  test('are turned away per route, before the body is looked at, and others are served', async () => {
    const path = `/v1/public/notices/${system.world.own.shared.noticeId}/objections`;
    const statuses: number[] = [];
    for (let i = 0; i < 14; i++) statuses.push((await fetch(system.url + path, { method: 'POST', body: '{' })).status);
    // A burst of ten, and at most what is refilled meanwhile at two a second.
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(415));
    expect(statuses).toContain(429);
    expect((await fetch(`${system.url}/v1/public/notices?year=2019`)).status).toBe(200);
  });
});
