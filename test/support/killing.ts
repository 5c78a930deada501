import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Addresses } from '../../demo/remote-system.ts';
import { seeded } from './seeded.ts';

/** How one life of the system is to end. Counted things come before times: they are the same on every machine. */
export type Doom = { readonly engineToo: boolean } & (
  | { readonly kind: 'start-up'; readonly milliseconds: number }
  | { readonly kind: 'resume'; readonly milliseconds: number }
  | { readonly kind: 'accepted'; readonly count: number; readonly milliseconds: number }
  | { readonly kind: 'write'; readonly count: number; readonly moment: 'before' | 'half-way' | 'after' }
);

/** What the child is told. */
export interface Life {
  readonly assembly: string;
  readonly dataDir: string;
  readonly ports: { readonly api: number; readonly issuer: number; readonly control: number; readonly s3: number };
  readonly doom?: Doom;
}

export interface Killing {
  readonly addresses: Addresses;
  /** One line for each life that ended, for whoever has to understand a failure. */
  readonly lives: readonly string[];
  /** To be called with every command that a client saw accepted. */
  accepted(): void;
  /** Resolves when all dooms have come to pass and the system serves again; nobody sends commands any more. */
  survived(): Promise<void>;
  /** Ends the last life in the regular way. */
  stop(): Promise<void>;
}

/** However a doom is awaited, no life is longer. */
const LONGEST_LIFE_MS = 60_000;

/** A system that is killed again and again and started again at once, on the same data and the same ports. */
export async function startKilling(options: {
  readonly seed: number;
  readonly kills: number;
  /** Commands that will be sent over all, more or less: the kills are spread over them. */
  readonly commands: number;
  readonly assembly: string;
  readonly dataDir: string;
}): Promise<Killing> {
  const { kills, dataDir } = options;
  const random = seeded(options.seed);
  const [api, issuer, control, s3] = await freePorts(4, random);
  const ports = { api, issuer, control, s3 };
  const lives: string[] = [];
  let commands = 0;
  let over = false;
  let noted: () => void = () => undefined;

  const doomOf = (): Doom => {
    const whole = (below: number) => Math.floor(random() * below);
    const engineToo = random() < 0.3;
    const kind = random();
    if (kind < 0.15) return { kind: 'start-up', milliseconds: whole(1500), engineToo };
    if (kind < 0.25) return { kind: 'resume', milliseconds: whole(150), engineToo };
    if (kind < 0.5) {
      const moment = (['before', 'half-way', 'after'] as const)[whole(3)] ?? 'after';
      return { kind: 'write', count: 1 + whole(150), moment, engineToo };
    }
    return {
      kind: 'accepted',
      count: 1 + whole((2.2 * options.commands) / kills),
      milliseconds: whole(60),
      engineToo,
    };
  };

  const spawnLife = (doom: Doom | undefined) => {
    const life: Life = { assembly: options.assembly, dataDir, ports, ...(doom && { doom }) };
    const child = spawn(process.execPath, [join(import.meta.dirname, 'doomed-system.ts'), JSON.stringify(life)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk).slice(-2000);
    });
    const exited = once(child, 'exit');
    const ready = Promise.race([once(child.stdout, 'data').then(() => true), exited.then(() => false)]);
    return { child, exited, ready, complaint: () => complaint };
  };

  /** Resolves when it is time to kill, or when the life ended by itself. */
  const fulfilled = async (doom: Doom, ready: Promise<boolean>): Promise<void> => {
    if (doom.kind === 'start-up') return delay(doom.milliseconds);
    if (!(await ready)) return;
    if (doom.kind === 'resume') return delay(doom.milliseconds);
    const target = doom.kind === 'accepted' ? commands + doom.count : Number.POSITIVE_INFINITY;
    const deadline = Date.now() + LONGEST_LIFE_MS;
    while (commands < target && !over && Date.now() < deadline) {
      await new Promise<void>((resolve) => {
        noted = resolve;
        setTimeout(resolve, 1000);
      });
    }
    if (doom.kind === 'accepted') await delay(doom.milliseconds);
  };

  const live = async (number: number): Promise<void> => {
    const doom = doomOf();
    const { child, exited, ready, complaint } = spawnLife(doom);
    const before = commands;
    await Promise.race([fulfilled(doom, ready), exited]);
    killGroup(child);
    const [code, signal] = await exited;
    if (doom.engineToo) killEngine(dataDir);
    lives.push(`life ${number}, ${commands - before} commands, ${signal ?? code}: ${JSON.stringify(doom)}`);
    if (signal !== 'SIGKILL') throw new Error(`life ${number} ended with ${code ?? signal}: ${complaint()}`);
  };

  let last: ReturnType<typeof spawnLife> | undefined;
  const all = (async () => {
    for (let number = 1; number <= kills; number++) await live(number);
    last = spawnLife(undefined);
    if (!(await last.ready)) throw new Error(`it does not start any more: ${last.complaint()}`);
  })();
  all.catch(() => undefined);

  const url = (port: number) => `http://127.0.0.1:${port}`;
  return {
    addresses: { apiUrl: url(api), issuerUrl: url(issuer), controlUrl: url(control) },
    lives,
    accepted() {
      commands += 1;
      noted();
    },
    survived() {
      over = true;
      noted();
      return all;
    },
    async stop() {
      over = true;
      noted();
      await all.catch(() => undefined);
      if (!last) return;
      last.child.kill('SIGTERM');
      await last.exited;
    },
  };
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It had ended by itself.
  }
}

/** Engines that hold a file of this folder, wherever they come from. */
export function enginesOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`\0${join(dataDir, 'dynamodb')}/`);
      } catch {
        return false;
      }
    });
}

function killEngine(dataDir: string): void {
  for (const pid of enginesOf(dataDir)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone in the meantime.
    }
  }
}

/** Free ports that the system gives to no outgoing connection: they have to be free again after each kill. */
async function freePorts(count: number, random: () => number): Promise<[number, number, number, number]> {
  const found: number[] = [];
  while (found.length < count) {
    const port = 20_000 + Math.floor(random() * 12_000);
    if (!found.includes(port) && (await isFree(port))) found.push(port);
  }
  const [a = 0, b = 0, c = 0, d = 0] = found;
  return [a, b, c, d];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
