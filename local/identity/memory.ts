import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  /** Epoch milliseconds by this thread's `Date`. */
  readonly expires: number;
}

/** From how many entries on the expired ones are looked for and dropped. */
const CROWDED = 10_000;

/**
 * What the provider remembers (sessions, grants, codes, refresh tokens), in memory. Unlike the library's own, nothing is
 * forgotten before it expires, however many scripts sign in.
 */
export function createMemory(): (model: string) => Adapter {
  const entries = new Map<string, Entry>();

  const find = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    return entry && entry.expires > Date.now() ? entry.payload : undefined;
  };
  const findBy = (model: string, matches: (payload: AdapterPayload) => boolean) => {
    for (const key of entries.keys()) {
      const payload = key.startsWith(`${model}:`) ? find(key) : undefined;
      if (payload && matches(payload)) return payload;
    }
    return undefined;
  };
  const dropExpired = () => {
    const now = Date.now();
    for (const [key, { expires }] of entries) if (expires <= now) entries.delete(key);
  };

  return (model) => ({
    upsert: async (id, payload, expiresIn) => {
      if (entries.size >= CROWDED && entries.size % CROWDED === 0) dropExpired();
      const expires = expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY;
      entries.set(`${model}:${id}`, { payload, expires });
    },
    find: async (id) => find(`${model}:${id}`),
    findByUid: async (uid) => findBy(model, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findBy(model, (payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = find(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void entries.delete(`${model}:${id}`),
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
