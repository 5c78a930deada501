import { randomUUID } from 'node:crypto';
import Provider, { type Configuration, errors, type JWKS } from 'oidc-provider';
import { type Account, createAccounts } from './accounts.ts';
import type { IssuerKeys } from './keys.ts';
import { isLoopbackOrigin, isLoopbackUri } from './loopback.ts';
import { createMemory } from './memory.ts';
import { errorPage, signedOutPage, signOutPage } from './pages.ts';
import { createSignIn, signInPath } from './sign-in.ts';
import { claimsOf, createUserInfo } from './user-info.ts';

const TOKEN_SECONDS = 30 * 60;
const SESSION_SECONDS = 14 * 24 * 3600;
const ATTEMPT_SECONDS = 60 * 60;
const SCOPES = 'openid profile offline_access';
const RESERVED = ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'scope', 'client_id', 'name'];

export interface ProviderOptions {
  readonly issuer: string;
  readonly accounts: readonly Account[];
  readonly audience: string;
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly keys: IssuerKeys;
}

/**
 * The issuer: one public client (authorization code with PKCE, refresh tokens, and the password grant for scripts), one
 * service for which every access token is made. Everything it remembers is in memory, but for its keys.
 */
export function createProvider(options: ProviderOptions): Provider {
  const { issuer, audience, clientId, keys } = options;
  const accounts = createAccounts(options.accounts);
  for (const { username, claims } of accounts.all) {
    const reserved = Object.keys(claims).find((name) => RESERVED.includes(name));
    if (reserved) throw new RangeError(`account ${username}: the claim ${reserved} is the issuer's to make`);
  }
  // The library names services by URI; what goes into the token is the audience as configured.
  const resource = URL.canParse(audience) ? audience : `urn:audience:${encodeURIComponent(audience)}`;
  const service = {
    scope: SCOPES,
    audience,
    accessTokenTTL: TOKEN_SECONDS,
    accessTokenFormat: 'jwt' as const,
    jwt: { sign: { alg: 'RS256' as const } },
  };
  const mayReturnTo = (uri: string) => isLoopbackUri(uri) || options.redirectUris.includes(uri);
  const claimNames = new Set(accounts.all.flatMap((account) => Object.keys(claimsOf(account))));
  claimNames.delete('sub');

  const configuration: Configuration = {
    adapter: createMemory(),
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token', 'password'],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/', ...options.redirectUris],
      },
    ],
    jwks: keys.jwks as JWKS,
    cookies: { keys: keys.cookieKeys },
    scopes: SCOPES.split(' '),
    claims: { openid: ['sub'], profile: [...claimNames] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    clientBasedCORS: (_, origin) => isLoopbackOrigin(origin),
    findAccount: (_, sub) => {
      const account = accounts.bySub(sub);
      return account && { accountId: sub, claims: () => claimsOf(account) };
    },
    extraTokenClaims: (_, token) => {
      const account = 'accountId' in token ? accounts.bySub(String(token.accountId)) : undefined;
      return account && { ...account.claims, name: account.name };
    },
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc;
      const known = client && session?.grantIdFor(client.clientId);
      const kept = known ? await provider.Grant.find(known) : undefined;
      if (kept) return kept;
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope(SCOPES);
      grant.addOIDCClaims([...claimNames]);
      grant.addResourceScope(resource, SCOPES);
      await grant.save();
      return grant;
    },
    ttl: {
      AccessToken: TOKEN_SECONDS,
      IdToken: TOKEN_SECONDS,
      AuthorizationCode: 60,
      Interaction: ATTEMPT_SECONDS,
      Session: SESSION_SECONDS,
      Grant: SESSION_SECONDS,
      RefreshToken: SESSION_SECONDS,
    },
    interactions: { url: (_, interaction) => signInPath(interaction.uid) },
    renderError: (context, out, error) => {
      if (!(error instanceof errors.OIDCProviderError)) console.error('issuer:', error);
      context.type = 'text/html; charset=utf-8';
      context.body = errorPage(out.error, out.error_description);
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, indicator) => {
          if (indicator !== resource) throw new errors.InvalidTarget();
          return service;
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = signOutPage(form);
        },
        postLogoutSuccessSource: (context) => {
          context.body = signedOutPage();
        },
      },
    },
  };

  const provider = new Provider(issuer, configuration);
  provider.Client.prototype.redirectUriAllowed = mayReturnTo;
  provider.Client.prototype.postLogoutRedirectUriAllowed = mayReturnTo;
  provider.on('server_error', (_, error) => console.error('issuer:', error));

  provider.registerGrantType<{ username?: string; password?: string }>(
    'password',
    async (context) => {
      const { client, params, provider: own } = context.oidc;
      if (!params.username || !params.password) throw new errors.InvalidRequest('username and password are required');
      const account = accounts.authenticate(params.username, params.password);
      if (!account) throw new errors.InvalidGrant('wrong username or password');
      const token = new own.AccessToken({
        client,
        accountId: account.sub,
        // Nothing looks the grant up: there is neither a session nor a refresh token to it.
        grantId: randomUUID(),
        gty: 'password',
        scope: 'openid profile',
        resourceServer: new own.ResourceServer(resource, service),
      });
      context.oidc.entity('AccessToken', token);
      context.body = {
        access_token: await token.save(),
        expires_in: token.expiration,
        scope: token.scope,
        token_type: token.tokenType,
      };
    },
    ['username', 'password', 'scope'],
  );

  provider.use(async (context, next) => {
    context.set('X-Content-Type-Options', 'nosniff');
    context.set('Content-Security-Policy', "frame-ancestors 'none'");
    try {
      await next();
    } catch (error) {
      if (!(error instanceof errors.OIDCProviderError)) throw error;
      context.status = error.statusCode;
      context.type = 'text/html; charset=utf-8';
      context.body = errorPage(error.error, error.error_description);
    }
  });
  provider.use(createSignIn(provider, accounts));
  provider.use(createUserInfo({ jwks: keys.jwks, issuer, audience, accounts }));
  return provider;
}
