import * as z from 'zod';
import type { Role } from '../core/actors/actor.ts';

/** Who may call a route: anybody without a token, or these roles. What they may see of it is decided per record. */
export type Access = { readonly public: true } | { readonly roles: readonly Role[] };

/** The function that serves a route. */
export type ContextName =
  | 'registry-api'
  | 'documents-api'
  | 'catalogue-api'
  | 'plan-api'
  | 'orders-api'
  | 'claims-api'
  | 'publicity-api'
  | 'payouts-api'
  | 'recoveries-api'
  | 'inbox-api'
  | 'simulations-api'
  | 'public-api';

type Schema = z.ZodType;

/**
 * A route as everybody sees it: the gateway declares it, the function serves it, the OpenAPI document describes it,
 * the portal calls it, the authorization module enforces its `access`.
 */
export interface RouteContract<
  P extends Schema = Schema,
  Q extends Schema = Schema,
  B extends Schema = Schema,
  A extends Schema = Schema,
> {
  /** Unique, kebab-case, verb first: `place-order`. */
  readonly operation: string;
  readonly context: ContextName;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{name}` parameters, below `/v1` except for the API's own pages. */
  readonly path: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly clause?: string;
  readonly access: Access;
  readonly params: P;
  readonly query: Q;
  /** Absent for reads. Commands always have one, if only an empty object. */
  readonly body?: B;
  readonly answer: A;
  /** 200 unless something was created or accepted. */
  readonly status?: 200 | 201 | 202;
  /** Changes an existing thing: `If-Match` is required (428 without, 412 when stale). */
  readonly ifMatch?: boolean;
  /** Seconds a public answer may be cached. */
  readonly cacheFor?: number;
  /** Requests a second and burst, where the stage's default is too generous. */
  readonly throttle?: { readonly rate: number; readonly burst: number };
}

// biome-ignore lint/suspicious/noExplicitAny: lists of routes hold contracts of every shape; each is checked where it is defined
type Any = any;

/** A contract of whatever shape, as lists of routes hold them. */
export type AnyRouteContract = RouteContract<Any, Any, Any, Any>;

const nothing = z.strictObject({});
type Nothing = typeof nothing;

type Given<P, Q, B, A> = Omit<RouteContract, 'params' | 'query' | 'body' | 'answer'> & {
  params?: P;
  query?: Q;
  body?: B;
  answer: A;
};

/** A read: `GET`, no body, no idempotency key. */
export const defineRead = <A extends Schema, P extends Schema = Nothing, Q extends Schema = Nothing>(
  route: Omit<Given<P, Q, never, A>, 'method' | 'body' | 'status' | 'ifMatch'>,
): RouteContract<P, Q, never, A> => ({
  ...route,
  method: 'GET',
  params: (route.params ?? nothing) as unknown as P,
  query: (route.query ?? nothing) as unknown as Q,
});

/** A command: requires an idempotency key, and `If-Match` when it says so. */
export const defineCommand = <A extends Schema, P extends Schema = Nothing, B extends Schema = Nothing>(
  route: Omit<Given<P, Nothing, B, A>, 'query'>,
): RouteContract<P, Nothing, B, A> => ({
  ...route,
  params: (route.params ?? nothing) as unknown as P,
  query: nothing,
  body: (route.body ?? nothing) as unknown as B,
});

export type ParamsOf<R> = R extends RouteContract<infer P, Schema, Schema, Schema> ? z.output<P> : never;
export type QueryOf<R> = R extends RouteContract<Schema, infer Q, Schema, Schema> ? z.output<Q> : never;
export type BodyOf<R> = R extends RouteContract<Schema, Schema, infer B, Schema> ? z.output<B> : never;
export type AnswerOf<R> = R extends RouteContract<Schema, Schema, Schema, infer A> ? z.input<A> : never;
