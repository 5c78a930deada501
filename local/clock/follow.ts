/**
 * Makes the `Date` of this thread follow the runtime's clock. Function workers and the issuer's worker call it before
 * they load anything else: whatever reads the time afterwards (a library that keeps `Date.now` in a constant included)
 * sees the moved clock.
 *
 * `offset` is `Clock.offset`: one Float64, milliseconds to add to the real time. It is read at every look at the time, so
 * a clock that moves takes this thread with it. Only the present follows: `new Date(2026, 0)`, `Date.parse` and
 * `Date.UTC` are what they were, as are timers and `performance.now()`, which run at the speed of the real clock anyway.
 * Calling it again replaces the offset followed; offsets never add up.
 */
export function followClock(offset: SharedArrayBuffer): void {
  const following = followed !== undefined;
  followed = new Float64Array(offset);
  if (following) return;

  const RealDate = globalThis.Date;
  const realNow = RealDate.now;
  const now = () => realNow() + Math.trunc(followed?.[0] ?? 0);

  const FollowingDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.now = now;
  RealDate.prototype.constructor = FollowingDate;
  globalThis.Date = FollowingDate;
}

let followed: Float64Array | undefined;
