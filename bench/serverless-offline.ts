import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { TRIVIAL_PATH, writeTrivialService } from './trivial.ts';

/** `osls` is the framework's version 3 as it is kept on: it asks for no account. */
const PACKAGES = ['osls@4.3.1', 'serverless-offline@14.8.2'];

/**
 * Starts the trivial function under serverless-offline. It is installed for that into a folder of its own, without any of
 * its packages' scripts: as a dependency
 * of the project it would bring 246 packages, 138 MB, that nothing else needs.
 */
export async function startServerlessOffline(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'dengyun-offline-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await writeTrivialService(folder);
    const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES];
    await promisify(execFile)('npm', install, { cwd: folder });
    const port = String(await freePort());
    const lambdaPort = String(await freePort());
    const child = spawn(
      process.execPath,
      [
        join(folder, 'node_modules/osls/bin/serverless.js'),
        'offline',
        ...['--httpPort', port, '--lambdaPort', lambdaPort, '--host', '127.0.0.1', '--noPrependStageInUrl'],
      ],
      {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
          SLS_TELEMETRY_DISABLED: '1',
          SLS_NOTIFICATIONS_MODE: 'off',
        },
      },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk).slice(-5000);
      });
    }
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const stop = async () => {
      if (child.exitCode === null) child.kill('SIGTERM');
      await Promise.race([ended, pause(5000).then(() => child.kill('SIGKILL'))]);
      await remove();
    };
    const url = `http://127.0.0.1:${port}`;
    const deadline = performance.now() + 60_000;
    while (!(await answers(url))) {
      if (child.exitCode !== null || performance.now() > deadline) {
        await stop();
        throw new Error(`serverless-offline does not answer: ${said}`);
      }
      await pause(100);
    }
    return { url, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

const answers = (url: string) =>
  fetch(url + TRIVIAL_PATH).then(
    ({ ok }) => ok,
    () => false,
  );
