import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBare } from './bare.ts';
import { fastest, load, type Pace, paceOf } from './load.ts';
import { milliseconds, printTable, round } from './report.ts';
import { wireRequest } from './sockets.ts';
import { startUnthrottled, unthrottledAssembly } from './system.ts';

const CLIENTS = 32;
const ROUNDS = 3;
const PATHS = ['/v1/catalogue/categories', '/v1/public/rules'];

/** A route that reads nothing, through gateway, function and contract, beside a bare server with the same answer. */
export async function measureRoute(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dengyun-bench-'));
  const system = await startUnthrottled(await unthrottledAssembly(), dataDir);
  try {
    const lines = [];
    for (const path of PATHS) {
      const body = await (await fetch(`${system.apiUrl}${path}`)).text();
      const bare = await startBare(body);
      const requests = [wireRequest({ method: 'GET', path })];
      const run = async (url: string, seconds: number) =>
        paceOf(await load({ url, requests, clients: CLIENTS, seconds }));
      await run(system.apiUrl, 2);
      await run(bare.url, 1);
      const ours: Pace[] = [];
      const floors: Pace[] = [];
      for (let i = 0; i < ROUNDS; i++) {
        floors.push(await run(bare.url, 2));
        ours.push(await run(system.apiUrl, 3));
      }
      bare.stop();
      const best = fastest(ours);
      const floor = fastest(floors);
      const ratio = best.perSecond / floor.perSecond;
      lines.push({
        measure: `GET ${path} (${round(Buffer.byteLength(body))} bytes), requests/s`,
        value: `${round(best.perSecond)}, p50 ${milliseconds(best.p50)}, p99 ${milliseconds(best.p99)}, errors ${best.errors}`,
        floor: `bare node:http ${round(floor.perSecond)}, p99 ${milliseconds(floor.p99)}`,
        ratio,
        target: '≥ 0.30',
        met: ratio >= 0.3,
      });
    }
    printTable(`Trivial routes, ${CLIENTS} kept-alive connections, best of ${ROUNDS}`, lines);
  } finally {
    await system.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
