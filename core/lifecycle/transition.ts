import type { Role } from '../actors/actor.ts';
import { ok, type Result, refuse } from '../result.ts';

/**
 * A state change as an object: the storage condition, the audit entry and the diagram in the documentation are
 * derived from it.
 */
export interface Transition<S extends string = string> {
  readonly name: string;
  readonly from: readonly S[];
  readonly to: S;
  /** Who may cause it; `system` for steps of a workflow. */
  readonly by: readonly Role[];
  readonly clause?: string;
  /** What happens in the ledger, in words of the ledger (`available→reserved`). */
  readonly ledger?: string;
}

export const defineTransitions =
  <S extends string>() =>
  <T extends Record<string, Omit<Transition<S>, 'name'>>>(transitions: T): { readonly [K in keyof T]: Transition<S> } =>
    Object.fromEntries(
      Object.entries(transitions).map(([name, transition]) => [name, { name, ...transition }]),
    ) as unknown as { readonly [K in keyof T]: Transition<S> };

/** Refuses with `wrong-state` unless the transition starts from `state`. */
export function allow<S extends string>(transition: Transition<S>, state: S): Result<S> {
  return transition.from.includes(state)
    ? ok(transition.to)
    : refuse('wrong-state', { values: { state, allowed: transition.from.join('、') } });
}
