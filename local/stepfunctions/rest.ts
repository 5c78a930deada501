/**
 * Counts the work under way, so that "everything is at rest" can be awaited: an execution that waits for a timer, a
 * token or a branch is not under way; one that decides, writes or has a function running is.
 */
export interface Rest {
  /** One more piece of work is under way. */
  enter(): void;
  /** One piece of work is parked or done. */
  leave(): void;
  /** Counts a promise as work until it settles; gives the promise back. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way. */
  reached(): Promise<void>;
  /** From now on there is nothing to wait for: what is still under way belongs to a service that has stopped. */
  dismiss(): void;
}

export function createRest(): Rest {
  let busy = 0;
  let waiting: (() => void)[] = [];
  let dismissed = false;

  const wakeAll = () => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };

  const leave = () => {
    busy -= 1;
    if (busy === 0) wakeAll();
  };

  return {
    enter() {
      busy += 1;
    },
    leave,
    during(work) {
      busy += 1;
      work.then(leave, leave);
      return work;
    },
    async reached() {
      // What was woken may have begun new work before this continues: look again.
      while (busy > 0 && !dismissed) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    dismiss() {
      dismissed = true;
      wakeAll();
    },
  };
}
