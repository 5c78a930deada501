import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const COPIED = ['bin', 'lib', 'functions', 'contracts', 'core', 'storage', 'statemachines', 'local', 'demo'];
/** Part of one function and no other. */
const SOURCE = 'functions/public-api/routes/list-rules.ts';

let tree: string;
let dev: ChildProcess;
let said = '';
let api = '';

/** Waits until `npm run dev` says this, from now on; fails when it ends instead. */
async function says(text: string | RegExp, from = said.length): Promise<string> {
  while (!said.slice(from).match(text)) {
    if (dev.exitCode !== null) throw new Error(`it ended with ${dev.exitCode}: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return said.slice(from);
}

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'dengyun-dev-'));
  for (const path of [...COPIED, 'package.json', 'package-lock.json', 'tsconfig.json']) {
    await cp(join(root, path), join(tree, path), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
  dev = spawn(process.execPath, ['demo/dev.ts'], {
    cwd: tree,
    env: {
      ...process.env,
      DENGYUN_DATA: join(tree, '.data/system'),
      DENGYUN_DEMO_DATA: 'none',
      DENGYUN_API_PORT: '0',
      DENGYUN_ISSUER_PORT: '0',
      DENGYUN_CONTROL_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [dev.stdout, dev.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk));
  await says('watching the sources', 0);
  await says('press Ctrl-C to stop', 0);
  api = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
}, 180_000);

afterAll(async () => {
  if (dev.exitCode === null) {
    const ended = new Promise((resolve) => dev.once('exit', resolve));
    dev.kill('SIGTERM');
    await ended;
  }
  await rm(tree, { recursive: true, force: true });
});

const change = async (...pairs: readonly (readonly [string, string])[]) => {
  const file = join(tree, SOURCE);
  const before = await readFile(file, 'utf8');
  await writeFile(
    file,
    pairs.reduce((text, [from, to]) => text.replace(from, () => to), before),
  );
};
const rules = async () => {
  const answer = await fetch(`${api}/v1/public/rules`);
  expect(answer.status).toBe(200);
  return answer.text();
};

describe('npm run dev', () => {
  it('answers with the new code of exactly the functions that a changed file is part of', async () => {
    expect(await rules()).not.toContain('改过的句子');
    const from = said.length;
    // Asked without a pause meanwhile: no request is lost.
    let asking = true;
    const asked = (async () => {
      while (asking) await rules();
    })();
    await change(['zh, en })', 'zh: `改过的句子`, en })']);
    await says('reloaded public-api', from);
    asking = false;
    await asked;
    expect(await rules()).toContain('改过的句子');
    expect(said.slice(from).match(/reloaded|restarting/g)).toEqual(['reloaded']);
  }, 60_000);

  it('shows what does not build and goes on with the code before it, until it is mended', async () => {
    const from = said.length;
    await change(['readRoute(', 'readRoute((']);
    expect(await says('the code before it goes on serving', from)).toContain(SOURCE);
    expect(await rules()).toContain('改过的句子');
    const mended = said.length;
    await change(['readRoute((', 'readRoute('], ['改过的句子', '又改过的句子']);
    await says('reloaded public-api', mended);
    expect(await rules()).toContain('又改过的句子');
  }, 60_000);
});
