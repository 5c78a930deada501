import { useRef } from 'react';

/**
 * The keys of what a page sends: a request has one as long as it is the same, so that a repetition after a lost answer has no
 * second effect. One that was accepted may be meant anew: `forget` it.
 */
export function useIdempotencyKeys() {
  const { current: keys } = useRef(new Map<string, string>());
  return {
    of(...request: readonly unknown[]): string {
      const content = JSON.stringify(request);
      const key = keys.get(content) ?? crypto.randomUUID();
      keys.set(content, key);
      return key;
    },
    forget(): void {
      keys.clear();
    },
  };
}
