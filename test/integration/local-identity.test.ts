import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../local/clock/clock.ts';
import { type Account, startIssuer } from '../../local/identity/issuer.ts';

const DAY = 24 * 3600 * 1000;
const audience = 'the-service';
const clientId = 'portal';
const accounts: Account[] = [
  {
    sub: 'person_1',
    username: 'wang',
    password: 'correct horse',
    name: '王芳',
    claims: { roles: ['city-reviewer'], jurisdiction: '150100' },
  },
  {
    sub: 'person_2',
    username: 'li',
    password: 'battery staple',
    name: '李 <b>强</b>',
    office: '财政厅 <i>',
    claims: { roles: [] },
  },
];

let dataDir: string;
let clock: Clock;
let running: Awaited<ReturnType<typeof startIssuer>>;

const start = (port = 0) =>
  startIssuer({ port, accounts, audience, clientId, redirectUris: ['https://portal.example/back'], dataDir, clock });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'identity-'));
  clock = createClock({
    onError: (error) => {
      throw error;
    },
  });
  running = await start();
});

afterAll(async () => {
  clock.stop();
  await running.stop();
  await rm(dataDir, { recursive: true });
});

type Answer = Record<string, string | number | undefined>;

const tokenRequest = async (parameters: Record<string, string>, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams({ client_id: clientId, ...parameters });
  const response = await fetch(`${running.issuer}/token`, { method: 'POST', body, headers });
  return { response, answer: (await response.json()) as Answer };
};

const passwordGrant = (username: string, password: string, more: Record<string, string> = {}) =>
  tokenRequest({ grant_type: 'password', username, password, ...more });

/** Verifies as the gateway does, with the published keys, at the given time. */
const verify = async (token: unknown, now = clock.now()): Promise<JWTPayload> => {
  const keys = createRemoteJWKSet(new URL(`${running.issuer}/jwks`));
  const options = { issuer: running.issuer, audience, currentDate: new Date(now), algorithms: ['RS256'] };
  return (await jwtVerify(String(token), keys, options)).payload;
};

/** A browser, as far as this issuer can tell: it keeps cookies and follows redirects within the issuer. */
class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  async open(address: string, init: RequestInit = {}): Promise<{ response: Response; address: string }> {
    const url = new URL(address, running.issuer);
    if (url.origin !== running.issuer) return { response: new Response(), address: url.href };
    const cookie = [...this.#cookies]
      .filter(([, { path }]) => url.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(url, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const text of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      const path = /path=([^;]+)/i.exec(text)?.[1] ?? '/';
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(text)) this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path });
    }
    const location = response.headers.get('location');
    return location ? this.open(new URL(location, url).href) : { response, address: url.href };
  }

  send(address: string, form: Record<string, string>) {
    return this.open(address, { method: 'POST', body: new URLSearchParams(form) });
  }
}

const verifier = randomBytes(32).toString('base64url');
const authorization = (more: Record<string, string> = {}) =>
  `/auth?${new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:49152/signed-in',
    scope: 'openid profile',
    state: 'a state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  })}`;

const signIn = async (browser: Browser, more: Record<string, string> = {}) => {
  const page = await browser.open(authorization(more));
  return browser.send(page.address, { username: 'wang', password: 'correct horse' });
};

const codeGrant = (address: string, more: Record<string, string> = {}) =>
  tokenRequest({
    grant_type: 'authorization_code',
    code: new URL(address).searchParams.get('code') ?? '',
    redirect_uri: 'http://127.0.0.1:49152/signed-in',
    code_verifier: verifier,
    ...more,
  });

describe('an access token', () => {
  it('says who someone is and what the account claims, for the service, for half an hour', async () => {
    const { response, answer } = await passwordGrant('wang', 'correct horse');
    expect(response.status).toBe(200);
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 1800 });
    expect(decodeProtectedHeader(String(answer.access_token))).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    const payload = await verify(answer.access_token);
    expect(payload).toMatchObject({
      sub: 'person_1',
      name: '王芳',
      roles: ['city-reviewer'],
      jurisdiction: '150100',
      aud: audience,
      iss: running.issuer,
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(1800);
  });

  it('is dated by the moved clock, and refused by it', async () => {
    const before = await passwordGrant('wang', 'correct horse');
    await clock.advanceBy(30 * DAY);
    const { answer } = await passwordGrant('wang', 'correct horse');
    const payload = await verify(answer.access_token);
    expect(Math.abs((payload.iat ?? 0) * 1000 - clock.now())).toBeLessThan(60_000);
    await expect(verify(before.answer.access_token)).rejects.toThrow('"exp"');
    const userInfo = (token: unknown) =>
      fetch(`${running.issuer}/me`, { headers: { authorization: `Bearer ${token}` } }).then(
        (answered) => answered.status,
      );
    expect(await userInfo(answer.access_token)).toBe(200);
    expect(await userInfo(before.answer.access_token)).toBe(401);
  });

  it('stays valid over a restart, because the keys are kept where only their owner reads', async () => {
    const { answer } = await passwordGrant('wang', 'correct horse');
    await running.stop();
    running = await start(Number(new URL(running.issuer).port));
    expect((await verify(answer.access_token)).sub).toBe('person_1');
    expect((await stat(join(dataDir, 'issuer-keys.json'))).mode & 0o777).toBe(0o600);
    const published = await fetch(`${running.issuer}/jwks`).then((response) => response.json());
    expect(Object.keys((published as { keys: [object] }).keys[0])).not.toContain('d');
  });
});

describe('the password grant', () => {
  it.each([
    ['a wrong password', 'wang', 'wrong', {}, 400, 'invalid_grant'],
    ['an unknown person', 'nobody', '', { password: 'x' }, 400, 'invalid_grant'],
    ['an empty password', 'wang', '', {}, 400, 'invalid_request'],
    ['an unknown client', 'wang', 'correct horse', { client_id: 'stranger' }, 401, 'invalid_client'],
  ])('refuses %s', async (_, username, password, more, status, error) => {
    const { response, answer } = await passwordGrant(username, password, more);
    expect([response.status, answer.error, answer.access_token]).toEqual([status, error, undefined]);
  });
});

describe('signing in with a browser', () => {
  it('leads from the page over a code to tokens that know the person', async () => {
    const browser = new Browser();
    const page = await browser.open(authorization());
    expect(page.response.status).toBe(200);
    const html = await page.response.text();
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('<label for="password">');
    expect(html).toContain('财政厅 &lt;i&gt; 李 &lt;b&gt;强');
    expect(html).not.toContain('correct horse');

    const { address } = await browser.send(page.address, { username: 'wang', password: 'correct horse' });
    expect(new URL(address).searchParams.get('state')).toBe('a state');
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:49152\/signed-in\?/);
    const { answer } = await codeGrant(address);
    expect(await verify(answer.access_token)).toMatchObject({ sub: 'person_1', roles: ['city-reviewer'] });
    expect(decodeJwt(String(answer.id_token))).toMatchObject({ sub: 'person_1', name: '王芳', aud: clientId });

    const origin = 'http://localhost:5173';
    const headers = { authorization: `Bearer ${answer.access_token}`, origin };
    const userInfo = await fetch(`${running.issuer}/me`, { headers });
    expect(userInfo.headers.get('access-control-allow-origin')).toBe(origin);
    expect(await userInfo.json()).toEqual({
      sub: 'person_1',
      name: '王芳',
      preferred_username: 'wang',
      roles: ['city-reviewer'],
      jurisdiction: '150100',
    });
  });

  it('is remembered until signing out, which leads back', async () => {
    const browser = new Browser();
    const first = await codeGrant((await signIn(browser)).address);
    const again = await browser.open(authorization());
    expect(new URL(again.address).searchParams.get('code')).toBeTruthy();

    const back = 'http://127.0.0.1:49152/';
    const parameters = new URLSearchParams({
      id_token_hint: String(first.answer.id_token),
      post_logout_redirect_uri: back,
    });
    const question = await browser.open(`/session/end?${parameters}`);
    const html = await question.response.text();
    expect(html).toContain('退出登录');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect((await browser.send('/session/end/confirm', { xsrf, logout: 'yes' })).address).toBe(back);
    expect((await browser.open(authorization())).address).toContain('/interaction/');
  });

  it('asks again after a wrong password, keeping the name', async () => {
    const browser = new Browser();
    const page = await browser.open(authorization());
    const { response } = await browser.send(page.address, { username: 'wang"', password: 'wrong' });
    expect(response.status).toBe(401);
    const html = await response.text();
    expect(html).toContain('role="alert"');
    expect(html).toContain('value="wang&quot;"');
    const { address } = await browser.send(page.address, { username: 'wang', password: 'correct horse' });
    expect(new URL(address).searchParams.has('code')).toBe(true);
  });

  it('can be cancelled, and asked for again when the client wants it', async () => {
    const browser = new Browser();
    const page = await browser.open(authorization());
    const cancelled = await browser.send(`${page.address}/cancel`, {});
    expect(new URL(cancelled.address).searchParams.get('error')).toBe('access_denied');
    await signIn(browser);
    expect((await browser.open(authorization({ prompt: 'login' }))).address).toContain('/interaction/');
    const consented = await browser.open(authorization({ prompt: 'consent', scope: 'openid offline_access' }));
    expect(new URL(consented.address).searchParams.has('code')).toBe(true);
  });

  it('gives refresh tokens that work once, and not after weeks of the moved clock', async () => {
    const { answer } = await codeGrant((await signIn(new Browser())).address);
    const refresh = (token: unknown) => tokenRequest({ grant_type: 'refresh_token', refresh_token: String(token) });
    const second = await refresh(answer.refresh_token);
    expect((await verify(second.answer.access_token)).sub).toBe('person_1');
    await clock.advanceBy(30 * DAY);
    expect((await refresh(second.answer.refresh_token)).answer.error).toBe('invalid_grant');
  });

  it('belongs to the browser that began it', async () => {
    const page = await new Browser().open(authorization());
    const { response } = await new Browser().send(page.address, { username: 'wang', password: 'correct horse' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('无法登录');
  });

  it.each([
    ['a foreign host', { redirect_uri: 'https://evil.example/signed-in' }],
    ['a host that begins like this machine', { redirect_uri: 'http://127.0.0.1.evil.example/' }],
    ['an address that hides its host', { redirect_uri: 'http://127.0.0.1@evil.example/' }],
    ['an unknown client', { client_id: 'stranger' }],
  ])('is refused for %s, without going there', async (_, more) => {
    const { response, address } = await new Browser().open(authorization(more));
    expect(response.status).toBe(400);
    expect(new URL(address).origin).toBe(running.issuer);
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  it.each([['http://localhost:3000/any/path'], ['http://[::1]:3000/'], ['https://portal.example/back']])(
    'may lead to %s',
    async (redirect_uri) => {
      expect((await new Browser().open(authorization({ redirect_uri }))).address).toContain('/interaction/');
    },
  );

  it('needs the proof of who began it: no challenge, no code; no verifier, no token', async () => {
    const missing = await new Browser().open(authorization({ code_challenge: '', code_challenge_method: '' }));
    expect(new URL(missing.address).searchParams.get('error')).toBe('invalid_request');
    const { address } = await signIn(new Browser());
    expect((await codeGrant(address, { code_verifier: 'x'.repeat(43) })).answer.error).toBe('invalid_grant');
  });

  it('is refused for another service', async () => {
    const { address } = await new Browser().open(authorization({ resource: 'https://elsewhere.example' }));
    expect(new URL(address).searchParams.get('error')).toBe('invalid_target');
  });
});

describe('the issuer', () => {
  it('describes itself', async () => {
    const found = await fetch(`${running.issuer}/.well-known/openid-configuration`).then((answer) => answer.json());
    expect(found).toMatchObject({
      issuer: running.issuer,
      jwks_uri: `${running.issuer}/jwks`,
      token_endpoint: `${running.issuer}/token`,
      userinfo_endpoint: `${running.issuer}/me`,
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('lets pages of this machine ask for tokens, and no others', async () => {
    const preflight = await fetch(`${running.issuer}/token`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    const parameters = { grant_type: 'password', username: 'wang', password: 'correct horse' };
    const near = await tokenRequest(parameters, { origin: 'http://localhost:5173' });
    expect(near.response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    const far = await tokenRequest(parameters, { origin: 'https://evil.example' });
    expect(far.response.headers.get('access-control-allow-origin')).toBeNull();
    expect(far.answer.error).toBe('invalid_request');
  });

  it('answers without or with a forged token that it knows nobody', async () => {
    const [header, payload] = String((await passwordGrant('li', 'battery staple')).answer.access_token).split('.');
    for (const authorization of ['', 'Bearer', 'Bearer x', `Bearer ${header}.${payload}.AAAA`]) {
      const response = await fetch(`${running.issuer}/me`, { headers: { authorization } });
      expect(response.status).toBe(401);
    }
  });

  it('does not start where the port is taken, or the accounts contradict each other', async () => {
    await expect(start(Number(new URL(running.issuer).port))).rejects.toThrow('EADDRINUSE');
    const [first] = accounts;
    if (!first) throw new Error('no account');
    const options = { port: 0, audience, clientId, dataDir, clock };
    await expect(startIssuer({ ...options, accounts: [first, first] })).rejects.toThrow('share');
    const forger = { ...first, claims: { sub: 'person_2' } };
    await expect(startIssuer({ ...options, accounts: [forger] })).rejects.toThrow('the claim sub');
  });
});
