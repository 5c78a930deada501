import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { root } from './assembly.ts';
import type { Reload, Reloaded } from './reload.ts';
import { watchFiles } from './watch.ts';

/**
 * `npm run dev`: the system as `npm start` runs it. When a source file changes, the functions that are made of it are
 * bundled and swapped, and nothing else; a change of the infrastructure, the workflows or the runtime starts it again on
 * the same data. While something is broken, what ran before goes on.
 */
const SWAPPED = ['functions', 'contracts', 'core', 'storage', 'statemachines'];
const RESTARTED = ['bin', 'lib', 'local', 'demo', 'package-lock.json', 'tsconfig.json'];
/** Below a folder whose files are bundled, these are part of the template. */
const IN_TEMPLATE = /\.asl\.json$/;

const say = (text: string) => console.log(`[dev] ${text}`);

/** What `bin/bundle-changes.ts` answers. */
type Bundled =
  | { kind: 'watching' }
  | { kind: 'bundled'; changed: string[]; bundles: Record<string, string> }
  | { kind: 'broken'; changed: string[]; error: string };

let changedAt = performance.now();
let stopping = false;
let system = startSystem();
const bundler = fork(join(root, 'bin/bundle-changes.ts'));

bundler.on('message', (message: Bundled) => {
  switch (message.kind) {
    case 'watching':
      say('正在注意源文件的变化 · watching the sources (r + Enter: restart)');
      return;
    case 'broken':
      say(`没有构建成功，原有代码继续运行 · does not build, the code before it goes on serving\n${message.error}`);
      return;
    case 'bundled': {
      const swapped = Object.entries(message.bundles);
      for (const [name, folder] of swapped) system.send({ name, folder } satisfies Reload);
      if (swapped.length > 0 && message.changed.some((file) => file.startsWith('contracts/'))) {
        say('若改了路由或权限，请按 r 重启 · if a route or who may use it changed, restart with r');
      }
    }
  }
});

const unwatch = watchFiles(root, [...SWAPPED, ...RESTARTED], (files) => {
  changedAt = performance.now();
  const restarting = files.filter(
    (file) => IN_TEMPLATE.test(file) || RESTARTED.some((folder) => file === folder || file.startsWith(`${folder}/`)),
  );
  if (restarting.length > 0) void restart(restarting.join(', '));
  // Bundled even so: what was broken may be mended, and the next change has to find the functions as they are.
  bundler.send({ changed: files });
});

process.stdin.on('data', (chunk) => {
  if (String(chunk).trim() === 'r') void restart('r');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopping = true;
    unwatch();
    if (!isRunning(system)) process.exit(0);
    system.once('exit', () => process.exit(0));
    // Ctrl-C has reached it too, and once more does nothing; a signal that somebody sent has not.
    system.kill(signal);
  });
}

function startSystem(): ChildProcess {
  const child = fork(join(root, 'demo/start.ts'));
  child.on('message', (message: Reloaded) => {
    const since = `${Math.round(performance.now() - changedAt)} ms`;
    if (message.kind === 'reloaded') say(`已更新 · reloaded ${message.name} (${since})`);
    if (message.kind === 'refused') {
      say(
        `${message.name} 未能载入，原有代码继续运行 · does not load, the code before it goes on serving: ${message.error}`,
      );
    }
  });
  child.once('exit', (code) => {
    if (!stopping && child === system) say(`系统已退出，改动后重新启动 · it ended (${code}); a change starts it again`);
  });
  return child;
}

let restarted = Promise.resolve();

/** On the same data: executions that wait go on waiting. One restart at a time. */
function restart(reason: string): Promise<void> {
  restarted = restarted.then(async () => {
    if (stopping) return;
    say(`重新启动 · restarting: ${reason}`);
    const before = system;
    if (isRunning(before)) {
      before.removeAllListeners('exit');
      const ended = new Promise((resolve) => before.once('exit', resolve));
      before.kill('SIGTERM');
      await ended;
    }
    system = startSystem();
  });
  return restarted;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
