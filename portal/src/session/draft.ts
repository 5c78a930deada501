import { useState } from 'react';

/** What was typed into a form, by the name of each field. */
type Typed = Readonly<Record<string, string>>;

const key = (name: string) => `dengyun.draft.${name}`;
const kept = (name: string | undefined): Typed => {
  try {
    return JSON.parse((name !== undefined && sessionStorage.getItem(key(name))) || '{}');
  } catch {
    return {};
  }
};

/** What another page hands to a draft, such as the self-check to a registration. */
export const handOver = (name: string, fields: Typed): void =>
  sessionStorage.setItem(key(name), JSON.stringify({ ...kept(name), ...fields }));

/**
 * What is being typed, kept for this tab until it was accepted: signing in again, a reload or the way back lose nothing.
 * Gone with the tab; never in local storage. Without a name, and where a field is not one it
 * `keeps`, it is in memory alone, as numbers of people and accounts are.
 */
export function useDraft(name: string | undefined, keeps: (field: string) => boolean) {
  const [typed, become] = useState(() => kept(name));
  // Two uploads end when they end: each adds to what is there by then.
  const keep = (changes: Typed) => {
    const stored = Object.entries(changes).filter(([field]) => keeps(field));
    if (name !== undefined) handOver(name, Object.fromEntries(stored));
    become((now) => ({ ...now, ...changes }));
  };
  const forget = () => {
    if (name !== undefined) sessionStorage.removeItem(key(name));
    become({});
  };
  return [typed, keep, forget] as const;
}
