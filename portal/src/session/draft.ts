import { useRef, useState } from 'react';

const key = (name: string) => `dengyun.draft.${name}`;

/** What another page hands to a draft, such as the self-check to a registration. */
export const handOver = (name: string, fields: Readonly<Record<string, string>>): void =>
  sessionStorage.setItem(key(name), JSON.stringify({ ...kept(key(name)), ...fields }));

/**
 * What is being typed, kept for this tab until it was accepted: signing in again, a reload or the way back lose nothing.
 * Gone with the tab; never in local storage.
 */
export function useDraft<T extends Readonly<Record<string, string>>>(name: string, initial: T) {
  const [fields, setFields] = useState<T>(() => ({ ...initial, ...kept(key(name)) }));
  const latest = useRef(fields);
  const become = (next: T) => {
    latest.current = next;
    setFields(next);
  };
  /** What is to be kept, or what becomes of what is kept by then: two uploads end when they end. */
  const keep = (next: T | ((now: T) => T)) => {
    become(typeof next === 'function' ? next(latest.current) : next);
    sessionStorage.setItem(key(name), JSON.stringify(latest.current));
  };
  const forget = () => {
    sessionStorage.removeItem(key(name));
    become(initial);
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
