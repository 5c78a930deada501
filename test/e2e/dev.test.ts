import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder } from '../support/folders.ts';
import { enginesOf } from '../support/killing.ts';

const root = join(import.meta.dirname, '../..');
/** All that it runs on, in a tree of its own, whose sources can be changed. */
const COPIED = [
  ...['bin', 'lib', 'functions', 'contracts', 'core', 'storage', 'statemachines', 'local', 'demo', 'portal'],
  ...['package.json', 'package-lock.json', 'tsconfig.json'],
];
/** What was made of the same sources is found there again. */
const MADE = ['.data/assemblies', '.data/portals'];
/** Part of one function and no other. */
const SOURCE = 'functions/public-api/routes/list-rules.ts';
const NEW = '改过的句子';
const NEWER = '又改过的句子';

let tree: string;
let dev: ChildProcess;
let said = '';
let api = '';

const hasEnded = () => dev.exitCode !== null || dev.signalCode !== null;

/** Waits until it has said this since then; gives all that it said since. */
async function says(text: string, from: number): Promise<string> {
  while (!said.slice(from).includes(text)) {
    if (hasEnded()) throw new Error(`it ended with ${dev.exitCode ?? dev.signalCode}: ${said}`);
    await delay(20);
  }
  return said.slice(from);
}

/** The rules as the running system tells them. */
async function rules(): Promise<string> {
  const answer = await fetch(`${api}/v1/public/rules`);
  expect(answer.status).toBe(200);
  return answer.text();
}

/** Changes the source as editors do: by another file in its place. */
async function change(...pairs: readonly (readonly [string, string])[]): Promise<void> {
  const file = join(tree, SOURCE);
  let text = await readFile(file, 'utf8');
  for (const [from, to] of pairs) {
    expect(text).toContain(from);
    text = text.replace(from, () => to);
  }
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

/** As Ctrl-C in a terminal: every process that was started from it hears of it. */
const interrupt = () => process.kill(-(dev.pid ?? 0), 'SIGINT');

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'dengyun-dev-'));
  await Promise.all(COPIED.map((path) => cp(join(root, path), join(tree, path), { recursive: true })));
  for (const path of MADE) await mkdir(join(root, path), { recursive: true });
  await mkdir(join(tree, '.data'));
  for (const path of ['node_modules', ...MADE]) await symlink(join(root, path), join(tree, path));
  dev = spawn(process.execPath, ['demo/dev.ts'], {
    cwd: tree,
    env: {
      ...process.env,
      // Of sources whose place is gone afterwards.
      NODE_COMPILE_CACHE: join(tree, '.data/compiled'),
      DENGYUN_DATA: join(tree, '.data/system'),
      DENGYUN_DEMO_DATA: 'none',
      DENGYUN_API_PORT: '0',
      DENGYUN_ISSUER_PORT: '0',
      DENGYUN_CONTROL_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [dev.stdout, dev.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
  await says('watching the sources', 0);
  await says('press Ctrl-C to stop', 0);
  api = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
}, 180_000);

afterAll(async () => {
  if (dev && !hasEnded()) {
    const ended = once(dev, 'exit');
    interrupt();
    await ended;
  }
  await removeFolder(tree);
});

describe('npm run dev', () => {
  it('answers with the new code of the function that was changed, loses no request, and restarts nothing', async () => {
    expect(await rules()).not.toContain(NEW);
    const from = said.length;
    let asking = true;
    const asked = (async () => {
      while (asking) {
        await rules();
        await delay(5);
      }
    })();
    try {
      await change(['zh, en })', `zh: '${NEW}', en })`]);
      await says('reloaded public-api', from);
    } finally {
      asking = false;
      await asked;
    }
    expect(await rules()).toContain(NEW);
    expect(said.slice(from).match(/reloaded \S+|restarting|is ready/g)).toEqual(['reloaded public-api']);
  }, 60_000);

  it('shows what does not build and goes on with the code before it, until it is mended', async () => {
    const broken = said.length;
    await change(['readRoute(', 'readRoute((']);
    expect(await says('does not build, the code before it goes on serving', broken)).toContain(SOURCE);
    expect(await rules()).toContain(NEW);
    const mended = said.length;
    await change(['readRoute((', 'readRoute('], [NEW, NEWER]);
    await says('reloaded public-api', mended);
    expect(await rules()).toContain(NEWER);
  }, 60_000);

  it('shows what builds and does not load, and goes on with the code before it', async () => {
    const from = said.length;
    await change(['export const', "throw new Error('不能载入');\nexport const"]);
    expect(await says('does not load, the code before it goes on serving', from)).toContain('不能载入');
    expect(await rules()).toContain(NEWER);
  }, 60_000);

  it('ends with Ctrl-C, and everything that it started with it', async () => {
    const from = said.length;
    const dataDir = join(tree, '.data/system');
    expect(enginesOf(dataDir)).toHaveLength(1);
    const ended = once(dev, 'exit');
    interrupt();
    expect(await ended).toEqual([0, null]);
    expect(enginesOf(dataDir)).toEqual([]);
    expect(said.slice(from)).not.toMatch(/rror|it ended/);
    await expect(fetch(api)).rejects.toThrow();
  }, 60_000);
});
