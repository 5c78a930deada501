import type { IncomingMessage } from 'node:http';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../clock/clock.ts';
import { isLoopback } from '../loopback.ts';
import type { AuthorizerModel } from '../template/model.ts';

export type Authorization =
  | { readonly kind: 'allowed'; readonly claims: Record<string, string>; readonly scopes: readonly string[] | null }
  | { readonly kind: 'unauthorized'; readonly reason: string }
  | { readonly kind: 'forbidden' };

/** Decides whether a request may use a route, by its token and the scopes the route asks for. */
export type Authorize = (
  authorizer: AuthorizerModel,
  scopes: readonly string[],
  request: IncomingMessage,
  query: string,
) => Promise<Authorization>;

/** Verified tokens kept at most; the oldest goes first. */
const CACHE_LIMIT = 2_000;

interface Verified {
  readonly payload: JWTPayload;
  readonly claims: Record<string, string>;
  readonly scopes: readonly string[];
}

/**
 * JWT authorizers as an HTTP API has them: signature by the issuer's published keys, issuer, audience (or client id),
 * expiry, not-before and time of issue by the runtime's clock. A token's signature is checked once; its times at every request.
 */
export function createAuthorize(clock: Clock): Authorize {
  const keySets = new Map<string, Promise<ReturnType<typeof createRemoteJWKSet>>>();
  const verified = new Map<string, Verified>();

  const keysOf = (issuer: string) => {
    let keys = keySets.get(issuer);
    if (!keys) {
      keys = discoverKeys(issuer);
      keySets.set(issuer, keys);
      // An issuer that did not answer is asked again by the next request.
      keys.catch(() => keySets.delete(issuer));
    }
    return keys;
  };

  const verify = async (authorizer: AuthorizerModel, token: string): Promise<Verified> => {
    const key = `${authorizer.id} ${token}`;
    const known = verified.get(key);
    if (known) return known;
    const { payload } = await jwtVerify(token, await keysOf(authorizer.issuer), {
      issuer: authorizer.issuer,
      algorithms: ['RS256', 'ES256'],
      currentDate: new Date(clock.now()),
      requiredClaims: ['exp'],
    });
    const audiences = [payload.aud ?? payload.client_id].flat();
    if (!authorizer.audience.some((audience) => audiences.includes(audience))) throw new Error('invalid audience');
    const fresh = { payload, claims: claimsOf(payload), scopes: scopesOf(payload) };
    const [oldest] = verified.keys();
    if (verified.size >= CACHE_LIMIT && oldest !== undefined) verified.delete(oldest);
    verified.set(key, fresh);
    return fresh;
  };

  return async (authorizer, scopes, request, query) => {
    const token = tokenOf(authorizer, request, query);
    if (!token) return { kind: 'unauthorized', reason: 'the token is missing' };
    let known: Verified;
    try {
      known = await verify(authorizer, token);
    } catch (error) {
      return { kind: 'unauthorized', reason: error instanceof Error ? error.message : String(error) };
    }
    const now = clock.now() / 1000;
    if ((known.payload.exp ?? 0) <= now) return { kind: 'unauthorized', reason: 'the token has expired' };
    if ((known.payload.nbf ?? 0) > now) return { kind: 'unauthorized', reason: 'the token is not valid yet' };
    if ((known.payload.iat ?? 0) > now) return { kind: 'unauthorized', reason: 'the token was issued in the future' };
    if (scopes.length > 0 && !scopes.some((scope) => known.scopes.includes(scope))) return { kind: 'forbidden' };
    return { kind: 'allowed', claims: known.claims, scopes: scopes.length > 0 ? known.scopes : null };
  };
}

async function discoverKeys(issuer: string) {
  if (!isLoopback(new URL(issuer).hostname)) {
    throw new Error(`the issuer ${issuer} is not on this machine: override the template's parameter`);
  }
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`the issuer ${issuer} has no configuration (${response.status})`);
  const configuration: unknown = await response.json();
  if (typeof configuration !== 'object' || configuration === null || !('jwks_uri' in configuration)) {
    throw new Error(`the issuer ${issuer} publishes no keys`);
  }
  return createRemoteJWKSet(new URL(String(configuration.jwks_uri)));
}

function tokenOf(authorizer: AuthorizerModel, request: IncomingMessage, query: string): string | undefined {
  for (const source of authorizer.identitySources) {
    const [, place, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
    const value =
      place === 'header' ? request.headers[name.toLowerCase()] : (new URLSearchParams(query).get(name) ?? undefined);
    if (typeof value === 'string') return value.replace(/^Bearer /i, '');
  }
  return undefined;
}

function scopesOf(payload: JWTPayload): string[] {
  const { scope, scp } = payload;
  if (typeof scope === 'string') return scope.split(' ');
  if (typeof scp === 'string') return scp.split(' ');
  return Array.isArray(scp) ? scp.map(String) : [];
}

/** Every claim as text, the way an HTTP API hands them on: lists as `[a b]`, objects as `map[name:value]`. */
function claimsOf(payload: JWTPayload): Record<string, string> {
  const claims: Record<string, string> = {};
  for (const [name, value] of Object.entries(payload)) claims[name] = claimText(value);
  return claims;
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `map[${Object.entries(value)
    .map(([name, item]) => `${name}:${claimText(item)}`)
    .join(' ')}]`;
}
