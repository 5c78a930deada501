import type { DurableEngine } from '../support/engine.ts';
import { type Outcome, type RunOptions, runSeed } from './run.ts';

/** The shortest story that still breaks what a seed broke. */
export interface Story {
  readonly outcome: Outcome;
  /** Deeds and faults that are left. */
  readonly deeds: readonly string[];
  readonly faults: readonly string[];
  readonly runs: number;
}

/** Leaving something out moves what comes after. */
const SLACK_HOURS = 48;

/** What was broken, without the amounts and names of this one story. */
export const kindOf = (sentence: string): string =>
  sentence
    .replaceAll(/[a-z]{3}_[0-9A-Z]{26}\w*/g, '…')
    .replaceAll(/\b[A-Z]{2}\d{4}-\S+/g, '…')
    .replaceAll(/\d+(\.\d+)?/g, '…');

/**
 * Makes the story of a failing seed shorter, as long as it still breaks the same: first whole people stay at home, then deeds
 * are left undone, then faults don't happen. What is left out is left out in halves, quarters, and so on (delta debugging).
 */
export async function shrink(
  engine: DurableEngine,
  options: RunOptions,
  failing: Outcome,
  { mostRuns = 200, tell = () => undefined }: { mostRuns?: number; tell?: (progress: string) => void } = {},
): Promise<Story> {
  const wanted = kindOf(failing.broken[0] ?? '');
  let without = new Set<string>(options.without);
  let best = failing;
  let runs = 0;

  const stillBreaks = async (more: readonly string[]): Promise<boolean> => {
    if (runs >= mostRuns) return false;
    runs += 1;
    const tried = new Set([...without, ...more]);
    // What happened later than it was broken has nothing to do with it.
    const outcome = await runSeed(engine, { ...options, hours: best.hours + SLACK_HOURS, without: tried });
    if (!outcome.broken.some((sentence) => kindOf(sentence) === wanted)) return false;
    without = tried;
    best = outcome;
    tell(`${outcome.deeds.length} deeds, ${outcome.places.length} faults, ${outcome.turns} turns`);
    return true;
  };

  /** Leaves out as much of this as can be; what came of leaving something out is looked at anew. */
  const reduce = async (remaining: () => readonly string[]): Promise<void> => {
    for (let parts = 2; ; ) {
      const things = remaining();
      if (things.length === 0) return;
      const size = Math.ceil(things.length / parts);
      let gone = false;
      for (let from = 0; from < things.length && runs < mostRuns; from += size) {
        if (await stillBreaks(things.slice(from, from + size))) gone = true;
      }
      if (size === 1 && !gone) return;
      if (runs >= mostRuns) return;
      parts = gone ? 2 : Math.min(things.length, parts * 2);
    }
  };

  const left = (of: readonly string[]) => of.filter((one) => !without.has(one));
  // Without any fault it is a plainer story, if that can be.
  await stillBreaks(best.places);
  await reduce(() => left(best.people));
  await reduce(() => left(best.deeds));
  await reduce(() => left(best.places));
  return {
    outcome: best,
    deeds: best.trace.flatMap((line) => (line.includes('▶') ? [line.replace('▶ ', '')] : [])),
    faults: best.trace.filter((line) => / ![a-z]|: killed/.test(line)),
    runs,
  };
}

/** A story as somebody reads it: what people did, what went wrong meanwhile, what was broken. */
export const tellStory = ({ outcome, deeds, faults, runs }: Story): string =>
  [
    `The shortest story found in ${runs} runs:`,
    ...[...deeds, ...faults].sort(),
    ...outcome.broken.map((sentence) => `BROKEN ${sentence}`),
  ].join('\n');
