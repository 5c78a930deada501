import type { Finding } from './finding.ts';
import type { Stored } from './stored.ts';
import type { VerifiedSystem } from './system.ts';

/** One thing that must be true of everything that is stored. Made anew for each look at the system. */
export interface Check {
  /** Sees every item of the table once, those of a partition one after the other. */
  see(stored: Stored): void;
  /** What is wrong, once everything was seen. `now` is the system's own time, epoch ms. */
  judge(system: VerifiedSystem, now: number): Iterable<Finding> | AsyncIterable<Finding>;
}
