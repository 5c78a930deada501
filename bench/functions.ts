import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appAssembly } from '../demo/assembly.ts';
import { AUDIENCE } from '../demo/system.ts';
import { readModel } from '../local/template/read.ts';
import { type Line, milliseconds, printTable, quantile } from './report.ts';

const ROUNDS = 15;
const NOWHERE = 'http://127.0.0.1:9';

/** Size of each function's bundle, and the time of a process that imports it beside one that imports nothing. */
export async function measureFunctions(): Promise<void> {
  const model = readModel({
    assembly: await appAssembly(),
    endpoints: { api: NOWHERE, queues: NOWHERE },
    parameters: { IssuerUrl: NOWHERE, Audience: AUDIENCE, PortalOrigin: NOWHERE },
  });
  // Outside the project, whose package.json would have Node read the bundles as ES modules.
  const folder = await mkdtemp(join(tmpdir(), 'dengyun-bench-'));
  try {
    const empty = join(folder, 'empty.js');
    await writeFile(empty, 'exports.handler = async () => ({});\n');
    const candidates = [{ name: 'empty', file: empty, kb: 0, environment: {}, times: [] as number[] }];
    for (const { name, assetDirectory, environment } of model.functions) {
      const copy = join(folder, name);
      await cp(assetDirectory, copy, { recursive: true });
      const file = join(copy, 'index.js');
      candidates.push({ name, file, kb: (await stat(file)).size / 1000, environment, times: [] });
    }
    // Round by round, so that whatever else the machine does meets all of them alike.
    for (let round = 0; round < ROUNDS; round++) {
      for (const candidate of candidates) candidate.times.push(timeOfImport(candidate.file, candidate.environment));
    }
    const [floor, ...functions] = candidates.map((candidate) => ({ ...candidate, ms: quantile(candidate.times, 0.5) }));
    if (!floor) return;
    const lines = functions.map(({ name, kb, ms }): Line => {
      const ratio = ms / floor.ms;
      return {
        measure: `${name.replace(/^dengyun-[a-z]+-/, '')}, ${kb.toFixed(0)} KB`,
        value: milliseconds(ms),
        floor: milliseconds(floor.ms),
        ratio,
        target: '≤ 2.6 ×, ≤ 400 KB; never above 2.8 ×',
        met: ratio <= 2.6 && kb <= 400,
      };
    });
    printTable(`Import of each function, process start to exit, median of ${ROUNDS}`, lines);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function timeOfImport(file: string, environment: Readonly<Record<string, string>>): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--input-type=commonjs', '-e', `require(${JSON.stringify(file)})`],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        AWS_REGION: 'local',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL: NOWHERE,
        ...environment,
      },
    },
  );
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${file} does not load: ${stderr}`);
  return took;
}
