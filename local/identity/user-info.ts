import { createLocalJWKSet, errors, type JSONWebKeySet, type JWK, jwtVerify } from 'jose';
import type { Account, Accounts } from './accounts.ts';
import { isLoopbackOrigin } from './loopback.ts';
import type { PageContext } from './sign-in.ts';

/** What is told about a person: in ID tokens and by the userinfo endpoint. */
export const claimsOf = (account: Account) => ({
  ...account.claims,
  sub: account.sub,
  name: account.name,
  preferred_username: account.username,
});

/**
 * The userinfo endpoint for the tokens of this issuer. The library's own refuses tokens that are made for a service; here
 * all are, and the one token is enough to know who one is.
 */
export function createUserInfo(options: { jwks: JSONWebKeySet; issuer: string; audience: string; accounts: Accounts }) {
  const published = options.jwks.keys.map(({ kty, kid, n, e }) => ({ kty, kid, n, e, alg: 'RS256' }) as JWK);
  const keys = createLocalJWKSet({ keys: published });
  return async (context: PageContext, next: () => Promise<unknown>): Promise<unknown> => {
    if (context.path !== '/me' || !['GET', 'POST'].includes(context.method)) return next();
    const { origin, authorization } = context.req.headers;
    context.set('Vary', 'Origin');
    if (origin && isLoopbackOrigin(origin)) {
      context.set('Access-Control-Allow-Origin', origin);
      context.set('Access-Control-Expose-Headers', 'WWW-Authenticate');
    }
    context.set('Cache-Control', 'no-store');
    const account = await subjectOf(/^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]);
    if (account) {
      context.status = 200;
      context.body = claimsOf(account);
    } else {
      context.status = 401;
      context.set('WWW-Authenticate', 'Bearer error="invalid_token"');
      context.body = { error: 'invalid_token', error_description: 'the access token is missing or not valid' };
    }
    return undefined;
  };

  async function subjectOf(token: string | undefined): Promise<Account | undefined> {
    if (token === undefined) return undefined;
    const { issuer, audience } = options;
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'], typ: 'at+jwt' });
      return options.accounts.bySub(payload.sub ?? '');
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
