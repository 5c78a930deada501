import { mkdtemp, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { routes } from '../../contracts/routes.ts';
import { openGateway } from '../../local/gateway/gateway.ts';
import { type Account, startIssuer } from '../../local/identity/issuer.ts';
import type { Engine } from './engine.ts';
import { removeFolder } from './folders.ts';
import { testClock } from './local-runtime.ts';
import { wholeWorld } from './whole-world.ts';

const audience = 'dengyun-api';
const clientId = 'portal';

/**
 * Every function of the API behind the gateway and the issuer of the embedded runtime, over real sockets. Routes, tokens
 * and throttling are as the contracts and the infrastructure say; only the workers are missing in between.
 */
export async function wholeGateway(engine: Engine) {
  const world = await wholeWorld(engine);
  const clock = testClock();
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-'));
  const password = 'correct horse';
  const account = (username: string, sub: string, claims: Account['claims']): Account => ({
    sub,
    username,
    password,
    name: username,
    claims,
  });
  const accounts = [
    account('enterprise', `user-${world.own.enterprise.organisationId}`, {}),
    account('provider', `user-${world.own.provider.organisationId}`, {}),
    account('stranger', `user-${world.foreign.enterprise.organisationId}`, {}),
    account('regional', 'the-regional-officer', { roles: ['regional-officer'] }),
    account('finance', 'the-finance-officer', { roles: ['finance-officer'] }),
    account('inspector', 'the-inspector', { roles: ['inspector'] }),
  ] as const;
  const issuer = await startIssuer({ port: 0, accounts: [...accounts], audience, clientId, dataDir, clock });
  const gateway = await openGateway(0);
  const logged: string[] = [];
  const authorizer = {
    id: 'issuer',
    issuer: issuer.issuer,
    audience: [audience],
    identitySources: ['$request.header.Authorization'],
  };
  gateway.serve({
    clock,
    accountId: '000000000000',
    log: (message, detail) => void logged.push(JSON.stringify([message, detail])),
    api: {
      id: 'api',
      stage: '$default',
      cors: undefined,
      routes: routes.map(({ method, path, context, access, throttle = { rate: 200, burst: 400 } }) => ({
        routeKey: `${method} ${path}`,
        functionName: context,
        timeoutMs: 29_000,
        authorizer: 'public' in access ? undefined : authorizer,
        scopes: [],
        throttle: { ratePerSecond: throttle.rate, burst: throttle.burst },
      })),
    },
    invoke: async (name, event) => JSON.stringify(await world.invoke(name, JSON.parse(event))),
  });

  const kept: { jwks: { keys: { kid: string; kty: 'RSA' }[] } } = JSON.parse(
    await readFile(join(dataDir, 'issuer-keys.json'), 'utf8'),
  );
  const [signingKey] = kept.jwks.keys;
  if (!signingKey) throw new Error('the issuer has no key');

  return {
    world,
    engine,
    issuer: issuer.issuer,
    url: gateway.url,
    audience,
    clientId,
    signingKey,
    logged,
    /** A token as the issuer gives it. */
    async tokenOf(username: (typeof accounts)[number]['username']): Promise<string> {
      const form = { grant_type: 'password', client_id: clientId, username, password };
      const response = await fetch(`${issuer.issuer}/token`, { method: 'POST', body: new URLSearchParams(form) });
      return String(((await response.json()) as { access_token?: string }).access_token);
    },
    /** A token with these claims, by the issuer's own key: only what it says is odd. Without a value a claim is left out. */
    async signed(claims: Readonly<Record<string, unknown>>): Promise<string> {
      const now = Math.floor(clock.now() / 1000);
      const all = { iss: issuer.issuer, aud: audience, sub: 'somebody', iat: now, exp: now + 600, ...claims };
      const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
      return new SignJWT(payload as JWTPayload)
        .setProtectedHeader({ alg: 'RS256', kid: signingKey.kid, typ: 'at+jwt' })
        .sign(await importJWK(signingKey, 'RS256'));
    },
    now: () => Math.floor(clock.now() / 1000),
    /** One request exactly as written: what clients of HTTP would never send. */
    raw(head: string, body: Uint8Array | string = ''): Promise<{ status: number; text: string }> {
      return new Promise((resolve, reject) => {
        const parts: Buffer[] = [];
        const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1', () => {
          socket.write(head.replaceAll('\n', '\r\n'));
          socket.write('\r\n\r\n');
          socket.write(body);
        });
        socket.on('data', (part) => void parts.push(part));
        // A server that has refused may reset what it never read.
        socket.on('error', (error) => (parts.length > 0 ? undefined : reject(error)));
        socket.on('close', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text });
        });
      });
    },
    async stop() {
      await gateway.stop();
      await issuer.stop();
      clock.stop();
      await world.stop();
      await removeFolder(dataDir);
    },
  };
}
export type WholeGateway = Awaited<ReturnType<typeof wholeGateway>>;
