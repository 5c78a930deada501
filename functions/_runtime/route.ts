import type { AnswerOf, AnyRouteContract, BodyOf, ParamsOf, QueryOf } from '../../contracts/route.ts';
import type { Actor } from '../../core/actors/actor.ts';
import type { Command } from '../../core/ports/context.ts';
import type { Decision } from '../../core/ports/store.ts';
import type { Result } from '../../core/result.ts';

/** A contract with the code that serves it. */
export type Route =
  | {
      readonly contract: AnyRouteContract;
      readonly kind: 'read';
      run(request: ReadRequest): Promise<Result<unknown>>;
      answer(result: unknown): unknown;
    }
  | {
      readonly contract: AnyRouteContract;
      readonly kind: 'command';
      run(request: CommandRequest): Promise<Result<Decision<unknown>>>;
      answer(result: unknown): unknown;
    };

export interface ReadRequest {
  readonly params: unknown;
  readonly query: unknown;
  /** Public routes have none. */
  readonly actor: Actor | undefined;
  readonly at: number;
}

export interface CommandRequest {
  readonly params: unknown;
  readonly body: unknown;
  readonly command: Command;
}

/**
 * A reading route: contract, use case, mapper to the answer. `actor` is the person the authorization module found; on
 * public routes there is none and `actor` must not be touched (it is undefined at run time).
 */
export function readRoute<R extends AnyRouteContract, T>(
  contract: R,
  run: (request: { params: ParamsOf<R>; query: QueryOf<R>; actor: Actor; at: number }) => Promise<Result<T>>,
  answer: (result: T) => AnswerOf<R>,
): Route {
  return { contract, kind: 'read', run: (request) => run(request as never), answer: (result) => answer(result as T) };
}

/** A commanding route: contract, use case, mapper to the answer. */
export function commandRoute<R extends AnyRouteContract, T>(
  contract: R,
  run: (request: { params: ParamsOf<R>; body: BodyOf<R>; command: Command }) => Promise<Result<Decision<T>>>,
  answer: (result: T) => AnswerOf<R>,
): Route {
  return {
    contract,
    kind: 'command',
    run: (request) => run(request as never),
    answer: (result) => answer(result as T),
  };
}
