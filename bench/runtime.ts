import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRuntime } from '../local/main.ts';
import { startBare } from './bare.ts';
import { fastest, load, type Pace, paceOf } from './load.ts';
import { type Line, milliseconds, printTable, round } from './report.ts';
import { measureRoute } from './route.ts';
import { startServerlessOffline } from './serverless-offline.ts';
import { wireRequest } from './sockets.ts';
import { measureStart } from './start.ts';
import { TRIVIAL_BODY, TRIVIAL_PATH, writeTrivialAssembly } from './trivial.ts';

const CLIENTS = 32;
const ROUNDS = 3;
const requests = [wireRequest({ method: 'GET', path: TRIVIAL_PATH })];

/** The runtime by itself: a function that does nothing, real routes, the start, and memory at rest. */
export async function measureRuntime(): Promise<void> {
  await measureTrivial();
  await measureRoute();
  await measureStart();
}

/** A trivial function here, under serverless-offline, and without any runtime, in turn in one run. */
async function measureTrivial(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dengyun-bench-'));
  const stops: (() => unknown)[] = [];
  try {
    await writeTrivialAssembly(join(folder, 'assembly'));
    const runtime = await startRuntime({
      assembly: join(folder, 'assembly'),
      dataDir: join(folder, 'data'),
      accounts: [],
      audience: 'none',
      clientId: 'none',
    });
    stops.push(() => runtime.stop());
    const bare = await startBare(TRIVIAL_BODY);
    stops.push(() => bare.stop());
    const offline = await startServerlessOffline();
    stops.push(() => offline.stop());

    const run = async (url: string, seconds: number) =>
      paceOf(await load({ url, requests, clients: CLIENTS, seconds }));
    const urls = [bare.url, runtime.apiUrl, offline.url] as const;
    const paces = new Map<string, Pace[]>(urls.map((url) => [url, []]));
    for (const url of urls) await run(url, 1);
    for (let i = 0; i < ROUNDS; i++) {
      for (const url of urls) paces.get(url)?.push(await run(url, 2));
    }
    const [floor, ours, peer] = urls.map((url) => fastest(paces.get(url) ?? []));
    if (!floor || !ours || !peer) throw new Error('nothing was measured');
    const value = ({ perSecond, p50, p99, errors }: Pace) =>
      `${round(perSecond)}, p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}, errors ${errors}`;
    const beside = `bare node:http ${round(floor.perSecond)}, p99 ${milliseconds(floor.p99)}`;
    const lines: Line[] = [
      {
        measure: 'trivial function, requests/s',
        value: value(ours),
        floor: beside,
        ratio: ours.perSecond / floor.perSecond,
        target: '≥ 0.30',
        met: ours.perSecond / floor.perSecond >= 0.3,
      },
      {
        measure: 'the same under serverless-offline',
        value: value(peer),
        floor: beside,
        ratio: peer.perSecond / floor.perSecond,
      },
      {
        measure: 'the first beside the second',
        value: round(ours.perSecond),
        floor: `serverless-offline ${round(peer.perSecond)}`,
        ratio: ours.perSecond / peer.perSecond,
        target: '≥ 5',
        met: ours.perSecond / peer.perSecond >= 5,
      },
    ];
    printTable(`A trivial function, ${CLIENTS} kept-alive connections, best of ${ROUNDS}`, lines);
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(folder, { recursive: true, force: true });
  }
}
