import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder } from '../support/folders.ts';

const root = join(import.meta.dirname, '../..');
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dengyun-start-'));
});
afterAll(() => removeFolder(dataDir));

/** Starts the system as `npm start` does and waits until it says that it is ready. */
async function start(): Promise<{ child: ChildProcess; said: string; api: string }> {
  const child = spawn(process.execPath, ['demo/start.ts'], {
    cwd: root,
    env: {
      ...process.env,
      DENGYUN_DATA: join(dataDir, 'system'),
      DENGYUN_API_PORT: '0',
      DENGYUN_ISSUER_PORT: '0',
      DENGYUN_CONTROL_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ready = new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('press Ctrl-C to stop')) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  await ready;
  return { child, said, api: /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '' };
}

const stop = (child: ChildProcess, signal: NodeJS.Signals) =>
  new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
    child.kill(signal);
  });

describe('npm start', () => {
  it('prints addresses and accounts, serves, stops cleanly, and finds its data again', async () => {
    const first = await start();
    expect(first.said).toContain('officer2');
    const published = await (await fetch(`${first.api}/v1/catalogue`)).json();
    expect(published).toMatchObject({ items: { length: 4 } });
    expect((await fetch(`${first.api}/docs/`)).status).toBe(200);
    expect((await fetch(`${first.api}/openapi.json`)).status).toBe(200);
    expect((await fetch(`${first.api}/v1/tasks`)).status).toBe(401);
    expect(await stop(first.child, 'SIGTERM')).toBe(0);

    const second = await start();
    expect(await (await fetch(`${second.api}/v1/catalogue`)).json()).toEqual(published);
    expect(await stop(second.child, 'SIGINT')).toBe(0);
  }, 180_000);
});
