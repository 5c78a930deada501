import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Accounts } from './accounts.ts';
import { signInPage } from './pages.ts';

const LARGEST_FORM = 16 * 1024;

/** What the sign-in route needs of a Koa context. */
export interface PageContext {
  readonly method: string;
  readonly path: string;
  readonly req: IncomingMessage;
  readonly res: import('node:http').ServerResponse;
  respond?: boolean;
  status: number;
  type: string;
  body: unknown;
  set(header: string, value: string): void;
}

export const signInPath = (uid: string) => `/interaction/${uid}`;

/**
 * Serves the page that the provider sends people to. Which attempt it belongs to is in a cookie of the provider, bound to
 * this path, so another site can neither start nor finish it.
 */
export function createSignIn(provider: Provider, accounts: Accounts) {
  return async (context: PageContext, next: () => Promise<unknown>): Promise<unknown> => {
    const [, uid, cancel] = /^\/interaction\/([\w-]+)(\/cancel)?$/.exec(context.path) ?? [];
    if (uid === undefined || !['GET', 'POST'].includes(context.method)) return next();

    const interaction = await provider.interactionDetails(context.req, context.res).catch((error: unknown) => {
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    });
    if (!interaction || interaction.uid !== uid) {
      throw new errors.InvalidRequest('this attempt to sign in has ended');
    }
    const finish = async (result: Parameters<Provider['interactionFinished']>[2]) => {
      context.respond = false;
      await provider.interactionFinished(context.req, context.res, result, { mergeWithLastSubmission: true });
    };
    const show = (status: number, username: string) => {
      context.status = status;
      context.type = 'text/html; charset=utf-8';
      context.set('Cache-Control', 'no-store');
      const action = signInPath(uid);
      context.body = signInPage({ action, username, failed: status === 401, accounts: accounts.all });
    };

    // The one client is the system itself: nobody is asked whether it may know who they are.
    if (interaction.prompt.name === 'consent') return finish({ consent: {} });
    if (context.method === 'GET') {
      const { login_hint: hint } = interaction.params;
      return cancel ? next() : show(200, typeof hint === 'string' ? hint : '');
    }
    if (cancel) {
      return finish({ error: 'access_denied', error_description: 'the person did not want to sign in' });
    }
    const form = await readForm(context.req);
    const username = form.get('username') ?? '';
    const account = accounts.authenticate(username, form.get('password') ?? '');
    return account ? finish({ login: { accountId: account.sub } }) : show(401, username);
  };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const part of request.setEncoding('utf8') as AsyncIterable<string>) {
    text += part;
    if (text.length > LARGEST_FORM) throw new errors.InvalidRequest('the form is too large');
  }
  return new URLSearchParams(text);
}
