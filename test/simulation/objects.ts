import type { ObjectPlace, Objects } from '../../core/ports/objects.ts';
import type { Scheduler } from './scheduler.ts';

/** The object store in memory: what somebody puts at the address of a form can be read by the functions. */
export interface ObjectsInMemory {
  /** What a browser does with a form. */
  put(url: string, bytes: Uint8Array): void;
  /** The store as a process reaches it. */
  of(who: () => string): Objects;
}

const urlOf = ({ store, key }: ObjectPlace) => `https://objects.example/${store}/${key}`;

export function objectsInMemory(scheduler: Scheduler): ObjectsInMemory {
  const objects = new Map<string, Uint8Array>();
  return {
    put: (url, bytes) => void objects.set(url, bytes),
    of: (who) => ({
      // Signing reaches nowhere.
      presignPost: async ({ place }) => ({ url: urlOf(place), fields: {}, expiresAt: 0 }),
      presignGet: async ({ place }) => ({ url: urlOf(place), expiresAt: 0 }),
      read: (place, mostBytes) =>
        scheduler.turn({ who: who(), what: `read object ${place.key}` }, () => {
          const bytes = objects.get(urlOf(place));
          return bytes && { size: bytes.byteLength, ...(bytes.byteLength <= mostBytes ? { bytes } : {}) };
        }),
    }),
  };
}
