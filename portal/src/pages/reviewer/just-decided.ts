import { useSyncExternalStore } from 'react';

/** What was decided last in this tab: told beside the next case, so that nobody wonders whether it counted. */
export interface JustDecided {
  readonly label: string;
  /** In both languages. */
  readonly outcome: { readonly zh: string; readonly en: string };
}

let last: JustDecided | undefined;
const listeners = new Set<() => void>();

export function tellDecided(decided: JustDecided | undefined): void {
  last = decided;
  for (const listener of listeners) listener();
}

const onChange = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useJustDecided = (): JustDecided | undefined => useSyncExternalStore(onChange, () => last);
