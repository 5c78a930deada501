import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { narrate } from './narrator.ts';
import { startSystem } from './system.ts';
import { tellStory } from './tell-story.ts';
import { tellYears } from './tell-years.ts';

/**
 * `npm run demo`: the life of orders over HTTP against a fresh system, told step by step; with `--years`, two years with
 * a close between them. Ends with one line of JSON; exit code 1 when an invariant does not hold.
 */
const dataDir = await mkdtemp(join(tmpdir(), 'dengyun-demo-'));
const system = await startSystem({ dataDir, log: console.log, onFatal: (reason) => console.error(reason) });
try {
  const tell = process.argv.includes('--years') ? tellYears : tellStory;
  const summary = await tell(system, narrate(console.log));
  console.log(`\n${JSON.stringify(summary)}`);
  if (!Object.values(summary.invariants).every(Boolean)) process.exitCode = 1;
} finally {
  await system.stop();
  await rm(dataDir, { recursive: true, force: true });
}
