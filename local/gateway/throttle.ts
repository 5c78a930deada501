/** A token bucket: `rate` tokens a second, never more than `burst`. Says whether one more request may pass. */
export function createThrottle(
  { ratePerSecond, burst }: { ratePerSecond: number; burst: number },
  now: () => number,
): () => boolean {
  let tokens = burst;
  let filledAt = now();
  return () => {
    const time = now();
    tokens = Math.min(burst, tokens + ((time - filledAt) / 1000) * ratePerSecond);
    filledAt = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
