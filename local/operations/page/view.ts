import type { Child } from './dom.ts';

/** One page of the page. `load` is asked again and again; it is drawn when the answer has changed, or time has passed. */
export interface View<T> {
  /** Stands above and is not drawn again: what people are typing in stays. */
  readonly controls?: Child;
  load(): Promise<T>;
  /** `now` is the runtime's time. */
  draw(answer: T, now: number): Child[];
}

const REDRAWN_MS = 10_000;

/** Hides the type of the answer, which only the view itself needs. */
export interface Shown {
  readonly controls?: Child;
  /** Undefined when nothing has changed. */
  next(now: () => number): Promise<Child[] | undefined>;
}

export function shown<T>(view: View<T>): Shown {
  let before = '';
  return {
    ...(view.controls ? { controls: view.controls } : {}),
    async next(now) {
      const answer = await view.load();
      const at = now();
      // How long something has lasted changes by itself.
      const state = `${Math.floor(at / REDRAWN_MS)} ${JSON.stringify(answer)}`;
      if (state === before) return undefined;
      before = state;
      return view.draw(answer, at);
    },
  };
}
