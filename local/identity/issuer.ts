import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock/clock.ts';
import type { Account } from './accounts.ts';
import { loadKeys } from './keys.ts';
import type { IssuerOrder } from './serve.ts';

export type { Account } from './accounts.ts';

/**
 * Starts an OpenID Connect issuer for the given accounts on 127.0.0.1 (`port` 0 takes a free one). It runs in a worker
 * thread whose `Date` follows the clock, so that tokens are issued, expire and are refused by the runtime's time. Access
 * tokens are JWTs (RS256) for `audience` with `sub`, `name` and the account's `claims`, and live 30 minutes. The one public
 * client `clientId` may return to any loopback address, and to `redirectUris`. Signing keys stay in `dataDir`.
 *
 * Rejects if the port is taken or the accounts contradict each other.
 */
export async function startIssuer(options: {
  port: number;
  accounts: Account[];
  audience: string;
  clientId: string;
  redirectUris?: string[];
  dataDir: string;
  clock: Clock;
}): Promise<{ issuer: string; stop(): Promise<void> }> {
  const { port, accounts, audience, clientId, redirectUris = [] } = options;
  const keys = await loadKeys(options.dataDir);
  const order: IssuerOrder = { port, accounts, audience, clientId, redirectUris, keys, offset: options.clock.offset };
  const worker = new Worker(new URL('./issuer-worker.ts', import.meta.url), { workerData: order, execArgv: [] });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const issuer = await new Promise<string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the issuer ended before it was ready')));
  });
  worker.on('error', (error) => console.error('issuer:', error));
  return {
    issuer,
    async stop() {
      worker.postMessage('stop');
      await exited;
    },
  };
}
