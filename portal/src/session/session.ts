import { type StaffRole, staffRoles } from '../../../contracts/names.ts';
import { takeTokensFrom } from '../api/client.ts';
import { loadConfig } from '../api/config.ts';
import { queryClient } from '../api/queries.ts';
import type { Tokens } from './open-id.ts';

/** Who is signed in, as the issuer says. */
export interface SignedIn {
  /** As the API names who did something. */
  readonly sub: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  /** Division code of a city reviewer. */
  readonly jurisdiction?: string;
}

/** `ended`: there was a session, and what is on the screen is still its. */
export type Session =
  | { readonly status: 'anonymous' }
  | { readonly status: 'signed-in'; readonly person: SignedIn }
  | { readonly status: 'ended'; readonly person: SignedIn };

/** Says that this tab was signed in, never who or with what: tokens are in memory alone and gone with the page. */
const WAS_SIGNED_IN = 'dengyun.was-signed-in';
const ATTEMPT = 'dengyun.sign-in';
/** Renewed so long before its end that no request travels with a token that ends on the way. */
const EARLY_MS = 30_000;

let session: Session = { status: 'anonymous' };
let tokens: Tokens | undefined;
let renewing: Promise<string | undefined> | undefined;
const listeners = new Set<() => void>();

export const currentSession = (): Session => session;
export const onSessionChange = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

function become(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

/** Whether a reload took the tokens of this tab: signing in again needs no password while the issuer's session lasts. */
export const wasSignedIn = (): boolean => sessionStorage.getItem(WAS_SIGNED_IN) === 'yes';

/** Leaves for the issuer; comes back to `/signed-in`, and from there to where it left. */
export async function signIn(returnTo = location.pathname + location.search): Promise<void> {
  const [config, openId] = await Promise.all([loadConfig(), import('./open-id.ts')]);
  const { address, attempt } = await openId.beginSignIn(config);
  sessionStorage.setItem(ATTEMPT, JSON.stringify({ ...attempt, returnTo }));
  location.assign(address);
}

let completing: Promise<string> | undefined;

/** Trades the code in the address for tokens, once. Resolves with where the person was; rejects when it was not for us. */
export const completeSignIn = (): Promise<string> => {
  completing ??= (async () => {
    const address = new URL(location.href);
    const kept = sessionStorage.getItem(ATTEMPT);
    sessionStorage.removeItem(ATTEMPT);
    if (!kept) throw new Error('no sign-in was begun in this tab');
    const { returnTo, ...attempt } = JSON.parse(kept);
    const [config, openId] = await Promise.all([loadConfig(), import('./open-id.ts')]);
    take(await openId.completeSignIn(config, address, attempt));
    return typeof returnTo === 'string' && /^\/(?!\/)/.test(returnTo) ? returnTo : '/';
  })();
  return completing;
};

/** Forgets everything and ends the issuer's session too. */
export async function signOut(): Promise<void> {
  const idToken = tokens?.idToken;
  const [config, openId] = await Promise.all([loadConfig(), import('./open-id.ts')]);
  const address = await openId.signOutAddress(config, idToken);
  tokens = undefined;
  sessionStorage.removeItem(WAS_SIGNED_IN);
  queryClient.clear();
  become({ status: 'anonymous' });
  location.assign(address);
}

function take(fresh: Tokens): void {
  tokens = fresh;
  sessionStorage.setItem(WAS_SIGNED_IN, 'yes');
  become({ status: 'signed-in', person: personOf(fresh.claims) });
}

function personOf(claims: Readonly<Record<string, unknown>>): SignedIn {
  const named = Array.isArray(claims.roles) ? claims.roles : [];
  return {
    sub: String(claims.sub),
    name: typeof claims.name === 'string' ? claims.name : String(claims.sub),
    roles: staffRoles.filter((role) => named.includes(role)),
    ...(typeof claims.jurisdiction === 'string' ? { jurisdiction: claims.jurisdiction } : {}),
  };
}

/** Silent renewal, one at a time; without it, or refused, the session has ended. */
function renew(): Promise<string | undefined> {
  renewing ??= (async () => {
    try {
      const [config, openId] = await Promise.all([loadConfig(), import('./open-id.ts')]);
      if (!tokens) return undefined;
      const fresh = await openId.renew(config, tokens);
      if (fresh) {
        take(fresh);
        return fresh.accessToken;
      }
      tokens = undefined;
      if (session.status === 'signed-in') become({ status: 'ended', person: session.person });
      return undefined;
    } finally {
      renewing = undefined;
    }
  })();
  return renewing;
}

takeTokensFrom({
  accessToken: async () =>
    tokens && tokens.goodUntil - EARLY_MS > performance.now() ? tokens.accessToken : tokens && renew(),
  renewedToken: renew,
});
