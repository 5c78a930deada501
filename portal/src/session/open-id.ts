import * as oauth from 'oauth4webapi';
import type { PortalConfig } from '../api/config.ts';

/** What the issuer gave; in memory only. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** By `performance.now()`, which no change of the clock moves. */
  readonly goodUntil: number;
}

/** What must be known again when the issuer sends the person back. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const SCOPE = 'openid profile';
const DEFAULT_SECONDS = 300;
const redirectUri = () => `${location.origin}/signed-in`;

/** Plain HTTP is for an issuer on this very machine. */
const insecure = ({ issuer }: PortalConfig) => ({
  [oauth.allowInsecureRequests]: ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(issuer).hostname),
});

let discovering: Promise<oauth.AuthorizationServer> | undefined;

const discover = (config: PortalConfig): Promise<oauth.AuthorizationServer> => {
  discovering ??= (async () => {
    const issuer = new URL(config.issuer);
    const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...insecure(config) });
    return oauth.processDiscoveryResponse(issuer, answer);
  })().catch((error: unknown) => {
    discovering = undefined;
    throw error;
  });
  return discovering;
};

const clientOf = ({ clientId }: PortalConfig): oauth.Client => ({ client_id: clientId });

function endpoint(server: oauth.AuthorizationServer, name: 'authorization_endpoint' | 'end_session_endpoint'): URL {
  const address = server[name];
  if (!address) throw new Error(`the issuer has no ${name}`);
  return new URL(address);
}

/** Authorization code flow with PKCE: where to go, and what to remember. */
export async function beginSignIn(config: PortalConfig): Promise<{ address: string; attempt: Attempt }> {
  const server = await discover(config);
  const attempt = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
  };
  const address = endpoint(server, 'authorization_endpoint');
  const parameters = {
    client_id: config.clientId,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope: SCOPE,
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return { address: address.href, attempt };
}

/** Checks state, issuer, nonce and ID token, and gives the tokens. */
export async function completeSignIn(config: PortalConfig, address: URL, attempt: Attempt): Promise<Tokens> {
  const server = await discover(config);
  const client = clientOf(config);
  const parameters = oauth.validateAuthResponse(server, client, address, attempt.state);
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    redirectUri(),
    attempt.verifier,
    insecure(config),
  );
  const result = await oauth.processAuthorizationCodeResponse(server, client, answer, {
    expectedNonce: attempt.nonce,
    requireIdToken: true,
  });
  return tokensOf(result);
}

/** Fresh tokens without asking the person; undefined when the issuer gives none. */
export async function renew(config: PortalConfig, old: Tokens): Promise<Tokens | undefined> {
  if (!old.refreshToken) return undefined;
  const server = await discover(config);
  const client = clientOf(config);
  try {
    const answer = await oauth.refreshTokenGrantRequest(
      server,
      client,
      oauth.None(),
      old.refreshToken,
      insecure(config),
    );
    return tokensOf(await oauth.processRefreshTokenResponse(server, client, answer), old);
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) return undefined;
    throw error;
  }
}

/** Where the issuer's own session ends; the portal's first page where the issuer has no such place. */
export async function signOutAddress(config: PortalConfig, idToken: string | undefined): Promise<string> {
  const server = await discover(config);
  if (!server.end_session_endpoint) return '/';
  const address = endpoint(server, 'end_session_endpoint');
  address.searchParams.set('client_id', config.clientId);
  address.searchParams.set('post_logout_redirect_uri', `${location.origin}/`);
  if (idToken) address.searchParams.set('id_token_hint', idToken);
  return address.href;
}

function tokensOf(result: oauth.TokenEndpointResponse, old?: Tokens): Tokens {
  const refreshToken = result.refresh_token ?? old?.refreshToken;
  const idToken = result.id_token ?? old?.idToken;
  return {
    accessToken: result.access_token,
    ...(refreshToken ? { refreshToken } : {}),
    ...(idToken ? { idToken } : {}),
    claims: oauth.getValidatedIdTokenClaims(result) ?? old?.claims ?? {},
    goodUntil: performance.now() + (result.expires_in ?? DEFAULT_SECONDS) * 1000,
  };
}
