import { useRef, useState } from 'react';
import { type FieldError, readFields } from '../../../contracts/field-errors.ts';
import type { AnyRouteContract } from '../../../contracts/route.ts';
import { type Answer, type Call, call } from './client.ts';
import { ApiProblem } from './failures.ts';

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
  const underWay = useRef(false);
  const attempt = useRef<{ content: string; key: string }>(undefined);

  const submit = async (options: Omit<Call<R>, 'key' | 'signal'>): Promise<Refusal | undefined> => {
    if (underWay.current) return undefined;
    const errors = contract.body && readFields(contract.body, options.body ?? {}).errors;
    if (errors) {
      const refusal = { errors };
      setState({ pending: false, refusal });
      return refusal;
    }
    const content = JSON.stringify([options.params, options.body, options.version]);
    if (attempt.current?.content !== content) attempt.current = { content, key: crypto.randomUUID() };
    underWay.current = true;
    setState({ pending: true });
    try {
      const answer = await call(contract, { ...options, key: attempt.current.key });
      attempt.current = undefined;
      setState({ pending: false, answer });
      return undefined;
    } catch (cause) {
      const errors = cause instanceof ApiProblem ? (cause.problem.errors ?? []) : [];
      const refusal = { errors, cause };
      setState({ pending: false, refusal });
      return refusal;
    } finally {
      underWay.current = false;
    }
  };
  return { ...state, submit };
}
