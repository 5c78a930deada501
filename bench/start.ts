import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../demo/assembly.ts';
import { freePort } from './free-port.ts';
import { type Line, printTable } from './report.ts';

const TREE = [
  'bin',
  'lib',
  'functions',
  'contracts',
  'core',
  'storage',
  'statemachines',
  'portal',
  'local',
  'demo',
  'package.json',
  'package-lock.json',
  'cdk.json',
  'tsconfig.json',
];
const AGAIN = 3;

interface Started {
  readonly toFirstAnswer: number;
  readonly toReady: number;
  /** MB at rest, the engine included. */
  readonly memory: number | undefined;
}

/** `npm start` on a clean copy of the tree, installed but never built, and again on what that left. */
export async function measureStart(): Promise<void> {
  const tree = await mkdtemp(join(tmpdir(), 'dengyun-bench-'));
  try {
    for (const path of TREE) await cp(join(root, path), join(tree, path), { recursive: true });
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
    const first = await start(tree);
    const again: Started[] = [];
    for (let i = 0; i < AGAIN; i++) again.push(await start(tree));
    const best = again.reduce((a, b) => (b.toFirstAnswer < a.toFirstAnswer ? b : a));
    const seconds = (value: number) => `${value.toFixed(1)} s`;
    const lines: Line[] = [
      {
        measure: 'first start on a clean tree, to the first answer (synthesis included)',
        value: seconds(first.toFirstAnswer),
        target: '≤ 30 s',
        met: first.toFirstAnswer <= 30,
      },
      { measure: 'the same, to “ready” (demonstration data included)', value: seconds(first.toReady) },
      {
        measure: `start of an unchanged tree, to the first answer, best of ${AGAIN}`,
        value: seconds(best.toFirstAnswer),
        target: '≤ 3 s',
        met: best.toFirstAnswer <= 3,
      },
      {
        measure: `the same, to “ready”, best of ${AGAIN}`,
        value: seconds(Math.min(...again.map(({ toReady }) => toReady))),
        target: '< 3 s',
        met: again.some(({ toReady }) => toReady < 3),
      },
      {
        measure: 'memory at rest, engine and issuer included (proportional set size)',
        value: best.memory === undefined ? 'not known on this platform' : `${best.memory.toFixed(0)} MB`,
      },
    ];
    printTable('`npm start`', lines);
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

async function start(tree: string): Promise<Started> {
  const port = await freePort();
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const child = spawn('npm', ['start'], {
    cwd: tree,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DENGYUN_API_PORT: String(port), DENGYUN_ISSUER_PORT: '0', DENGYUN_CONTROL_PORT: '0' },
  });
  const { pid } = child;
  if (!pid) throw new Error('npm does not start');
  try {
    const ready = until(child, 'ready (');
    const toFirstAnswer = await firstAnswer(`http://127.0.0.1:${port}/v1/catalogue/categories`).then(elapsed);
    const toReady = await ready.then(elapsed);
    await pause(3000);
    return { toFirstAnswer, toReady, memory: await memoryOf(pid) };
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // The whole group: npm, its shell and the runtime, which ends the engine.
    process.kill(-pid, 'SIGTERM');
    await ended;
    await pause(500);
  }
}

async function firstAnswer(url: string): Promise<void> {
  for (;;) {
    const answered = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (answered) return;
    await pause(10);
  }
}

function until(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
      if (output.includes(text)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`npm start ended (${code}): ${output}`)));
  });
}

/** Memory of a process and all its descendants in MB, pages that several of them share counted once; Linux only. */
async function memoryOf(ancestor: number): Promise<number | undefined> {
  try {
    const parents = new Map<number, number>();
    for (const entry of await readdir('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    }
    const belongs = (pid: number): boolean => {
      const parent = parents.get(pid);
      return pid === ancestor || (parent !== undefined && parent > 1 && belongs(parent));
    };
    let kilobytes = 0;
    for (const pid of parents.keys()) {
      if (!belongs(pid)) continue;
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      kilobytes += Number(/^Pss: +(\d+)/m.exec(rollup)?.[1] ?? 0);
    }
    return kilobytes / 1000;
  } catch {
    return undefined;
  }
}
