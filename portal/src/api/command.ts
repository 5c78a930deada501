import { useRef, useState } from 'react';
import { type FieldError, readFields } from '../../../contracts/field-errors.ts';
import type { AnyRouteContract } from '../../../contracts/route.ts';
import { type Answer, type Call, call } from './client.ts';
import { ApiProblem } from './failures.ts';
import { useIdempotencyKeys } from './idempotency-keys.ts';

/** How an attempt ended that was not accepted. */
export interface Refusal {
  readonly errors: readonly FieldError[];
  /** What refused it as a whole; absent when only fields did, before anything was sent. */
  readonly cause?: unknown;
}

/**
 * A command as a form gives it: refused by its contract before anything is sent, sent once however often the button is
 * pressed, and repeated under the same idempotency key as long as nothing was changed, so that a lost answer has no
 * second effect.
 */
export function useCommand<R extends AnyRouteContract>(contract: R) {
  const [state, setState] = useState<{ pending: boolean; refusal?: Refusal; answer?: Answer<R> }>({ pending: false });
  const underWay = useRef<Promise<Refusal | undefined>>(undefined);
  const keys = useIdempotencyKeys();

  type Sent = Omit<Call<R>, 'key' | 'signal'>;

  const send = async (options: Sent): Promise<Refusal | undefined> => {
    const errors = contract.body && readFields(contract.body, options.body ?? {}).errors;
    if (errors) {
      const refusal = { errors };
      setState({ pending: false, refusal });
      return refusal;
    }
    const key = keys.of(options.params, options.body, options.version);
    setState({ pending: true });
    try {
      const answer = await call(contract, { ...options, key });
      keys.forget();
      setState({ pending: false, answer });
      return undefined;
    } catch (cause) {
      const errors = cause instanceof ApiProblem ? (cause.problem.errors ?? []) : [];
      const refusal = { errors, cause };
      setState({ pending: false, refusal });
      return refusal;
    }
  };
  /** The refusal, or nothing when it was accepted. A second press meanwhile sends nothing, and ends as the first does. */
  const submit = (options: Sent): Promise<Refusal | undefined> => {
    underWay.current ??= send(options).finally(() => {
      underWay.current = undefined;
    });
    return underWay.current;
  };
  return { ...state, submit };
}
