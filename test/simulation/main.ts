import { parseArgs } from 'node:util';
import { startDurableEngine } from '../support/engine.ts';
import { coverable } from './coverage.ts';
import { runSeed } from './run.ts';
import { report, runSeeds } from './seeds.ts';
import { shrink, tellStory } from './shrink.ts';

const usage = `npm run simulate -- [--seed N] [--seeds COUNT] [--hours H] [--trace]

  --seed N       the seed to run, or the first of many (1)
  --seeds COUNT  so many seeds, one after the other
  --hours H      simulated hours at most; otherwise until nothing happens any more
  --trace        prints everything that happened
  --shrink       makes the story of a seed that breaks something as short as can be, and tells it`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string' },
    hours: { type: 'string' },
    trace: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed);
const hours = values.hours === undefined ? {} : { hours: Number(values.hours) };
let failed = false;
if (values.help) console.log(usage);
else if (values.seeds === undefined) {
  const engine = await startDurableEngine();
  const outcome = await runSeed(engine, { seed: first, ...hours });
  if (outcome.broken.length > 0 && values.shrink) {
    const tell = (progress: string) => console.log(`… ${progress}`);
    console.log(tellStory(await shrink(engine, { seed: first, ...hours }, outcome, { tell })));
  }
  await engine.stop();
  if (values.trace) for (const line of outcome.trace) console.log(line);
  console.log(`seed ${first}: ${outcome.turns} turns, trace ${outcome.hash}`);
  for (const sentence of outcome.broken) console.log(`BROKEN ${sentence}`);
  failed = outcome.broken.length > 0;
} else {
  const seeds = Array.from({ length: Number(values.seeds) }, (_, n) => first + n);
  const started = performance.now();
  let done = 0;
  const totals = await runSeeds(startDurableEngine, seeds, hours, (seed, { broken }) => {
    done += 1;
    if (done % 20 === 0) console.log(`${done} seeds`);
    for (const sentence of broken) console.log(`seed ${seed} BROKEN ${sentence}`);
  });
  console.log(report(totals, await coverable()));
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
  failed = totals.broken.size > 0;
}
process.exitCode = failed ? 1 : 0;
