import type * as z from 'zod';
import { problemSchema } from '../../../contracts/problem.ts';
import type { AnyRouteContract } from '../../../contracts/route.ts';
import { loadConfig } from './config.ts';
import { ApiProblem, NotUnderstood, SessionEnded, Unreachable } from './failures.ts';

/** Where tokens come from: the session, which nothing here knows. */
export interface TokenSource {
  /** A token that is still good, or undefined without a session. */
  accessToken(): Promise<string | undefined>;
  /** The API refused the token: another one if there is one. */
  renewedToken(): Promise<string | undefined>;
}

let tokens: TokenSource = { accessToken: async () => undefined, renewedToken: async () => undefined };
export const takeTokensFrom = (source: TokenSource): void => {
  tokens = source;
};

type Input<S> = S extends z.ZodType ? z.input<S> : never;

/** What goes with a call: path parameters, query and body as the contract takes them, before it parses them. */
export interface Call<R extends AnyRouteContract> {
  readonly params?: Input<R['params']>;
  readonly query?: Partial<Input<R['query']>>;
  /** Of a list: the page after this cursor. */
  readonly cursor?: string;
  readonly body?: Input<NonNullable<R['body']>>;
  /** The version that is to be changed (`If-Match`). */
  readonly version?: number;
  /** Of a command: the same for every repetition of the same attempt. */
  readonly key?: string;
  /** The organisation that somebody with several acts for. */
  readonly organisationId?: string;
  readonly signal?: AbortSignal;
}

export type Answer<R extends AnyRouteContract> = z.output<R['answer']>;

/**
 * Calls a route by its contract and returns its answer, parsed.
 * Throws ApiProblem (refused, with the API's sentences), Unreachable (no answer), NotUnderstood (an answer that is not
 * the contract's: this portal is older than the API) or SessionEnded.
 */
export async function call<R extends AnyRouteContract>(contract: R, options: Call<R> = {}): Promise<Answer<R>> {
  const { apiUrl } = await reached(loadConfig());
  const needsToken = !('public' in contract.access);
  const token = needsToken ? await reached(tokens.accessToken()) : undefined;
  if (needsToken && !token) throw new SessionEnded();
  const send = (bearer: string | undefined) =>
    reached(fetch(`${apiUrl}${addressOf(contract, options)}`, requestOf(contract, options, bearer)));

  let answer = await send(token);
  if (answer.status === 401 && needsToken) {
    const renewed = await reached(tokens.renewedToken());
    if (!renewed) throw new SessionEnded();
    answer = await send(renewed);
    if (answer.status === 401) throw new SessionEnded();
  }
  if (!answer.ok) throw await failureOf(answer);
  const parsed = contract.answer.safeParse(await reached(answer.json()));
  if (!parsed.success) throw new NotUnderstood(contract.operation);
  return parsed.data;
}

function addressOf<R extends AnyRouteContract>(contract: R, { params, query, cursor }: Call<R>): string {
  const values = new Map(Object.entries({ ...params }).map(([name, value]) => [name, String(value)]));
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values.get(name) ?? ''));
  const search = new URLSearchParams(
    Object.entries({ ...query, cursor }).flatMap(([name, value]): [string, string][] =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  );
  return search.size > 0 ? `${path}?${search}` : path;
}

/** Whoever commanded something wants to see what came of it: from then on no kept answer is taken unasked. */
let commanded = false;

function requestOf<R extends AnyRouteContract>(contract: R, options: Call<R>, bearer?: string): RequestInit {
  const headers = new Headers({ accept: 'application/json' });
  if (bearer) headers.set('authorization', `Bearer ${bearer}`);
  if (options.organisationId) headers.set('dengyun-organisation', options.organisationId);
  if (options.version !== undefined) headers.set('if-match', `"${options.version}"`);
  const signal = options.signal ? { signal: options.signal } : {};
  if (contract.method === 'GET') return { headers, ...signal, ...(commanded ? { cache: 'no-cache' } : {}) };
  commanded = true;
  headers.set('content-type', 'application/json');
  headers.set('idempotency-key', options.key ?? crypto.randomUUID());
  return { method: contract.method, headers, body: JSON.stringify(options.body ?? {}), ...signal };
}

/** The gateway's own refusals (no token, too many requests) are no problem documents. */
async function failureOf(answer: Response): Promise<Error> {
  const retryAfter = Number(answer.headers.get('retry-after')) || undefined;
  const problem = problemSchema.safeParse(await answer.json().catch(() => undefined));
  if (problem.success) return new ApiProblem(problem.data, retryAfter);
  return answer.status === 429 || answer.status >= 500
    ? new Unreachable(answer.status)
    : new NotUnderstood(`HTTP ${answer.status}`);
}

async function reached<T>(outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable();
  }
}
