import { type CheckName, checkNames, checks } from './checks/index.ts';
import { type Finding, identityOf } from './finding.ts';
import { readItem } from './stored.ts';
import type { VerifiedSystem } from './system.ts';

export interface Report {
  /** Items of the table that the last look read. */
  readonly items: number;
  readonly looks: number;
  readonly findings: readonly Finding[];
}

export interface VerifyOptions {
  readonly only?: readonly CheckName[];
  /** Told how many items were read so far, and in which look. */
  readonly progress?: (items: number, look: number) => void;
  /** Waits before looking again. */
  readonly pause?: () => Promise<void>;
}

/** A running system changes while it is looked at: what is wrong stays wrong, what only moved does not. */
const MOST_LOOKS = 3;

/**
 * Checks everything that is stored against everything else (mission, invariants 1 to 8). Reads only. What is found is
 * looked for again, and only what says the same each time is reported.
 */
export async function verify(system: VerifiedSystem, options: VerifyOptions = {}): Promise<Report> {
  let report = await look(system, options, 1);
  for (let looks = 2; looks <= MOST_LOOKS && report.findings.length > 0; looks++) {
    await options.pause?.();
    const again = await look(system, options, looks);
    const before = new Set(report.findings.map(identityOf));
    report = { ...again, findings: again.findings.filter((finding) => before.has(identityOf(finding))) };
  }
  return report;
}

/** One look at everything. */
export async function look(
  system: VerifiedSystem,
  { only = checkNames, progress = () => undefined }: VerifyOptions,
  looks: number,
): Promise<Report> {
  const made = only.map((name) => checks[name]());
  let items = 0;
  for await (const item of system.items()) {
    const stored = readItem(item);
    for (const check of made) check.see(stored);
    items += 1;
    if (items % 5000 === 0) progress(items, looks);
  }
  const now = await system.now();
  const findings: Finding[] = [];
  for (const check of made) {
    for await (const finding of check.judge(system, now)) findings.push(finding);
  }
  return { items, looks, findings };
}
