import { useState } from 'react';

/**
 * What is being typed, kept for this tab until it was accepted: signing in again, a reload or the way back lose nothing.
 * Gone with the tab; never in local storage.
 */
export function useDraft<T extends Readonly<Record<string, string>>>(name: string, initial: T) {
  const key = `dengyun.draft.${name}`;
  const [fields, setFields] = useState<T>(() => ({ ...initial, ...kept(key) }));
  const keep = (next: T) => {
    setFields(next);
    sessionStorage.setItem(key, JSON.stringify(next));
  };
  const forget = () => {
    sessionStorage.removeItem(key);
    setFields(initial);
  };
  return [fields, keep, forget] as const;
}

function kept(key: string): object {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}
