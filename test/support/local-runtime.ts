import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../local/clock/clock.ts';
import { type RuntimeOptions, startRuntime } from '../../local/main.ts';
import { removeFolder } from './folders.ts';

/** The small hand-written cloud assembly that the tests of `local` run. */
export const sampleAssembly = join(import.meta.dirname, 'sample-app');

export const sampleAccounts = [
  {
    sub: 'usr_ann',
    username: 'ann',
    password: 'correct horse',
    name: 'Ann',
    claims: { roles: ['reviewer', 'auditor'], level: 3, home: { city: '150100' } },
  },
];

/** A folder for one test, and how to remove it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'local-'));
  return { path, remove: () => removeFolder(path) };
}

/** A clock that fails the test when one of its timers fails. */
export function testClock(): ReturnType<typeof createClock> {
  return createClock({
    onError(error) {
      throw error;
    },
  });
}

/** Runs the sample assembly with its issuer trusted. */
export function startSample(dataDir: string, options: Partial<RuntimeOptions> = {}) {
  return startRuntime({
    assembly: sampleAssembly,
    dataDir,
    accounts: sampleAccounts,
    audience: 'sample',
    clientId: 'tests',
    parameters: ({ issuer }) => ({ Issuer: issuer }),
    ...options,
  });
}

/** An access token by the issuer's grant for scripts. */
export async function accessToken(issuerUrl: string): Promise<string> {
  const [account] = sampleAccounts;
  const response = await fetch(`${issuerUrl}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'tests',
      username: account?.username ?? '',
      password: account?.password ?? '',
    }),
  });
  const answer: unknown = await response.json();
  if (typeof answer !== 'object' || answer === null || !('access_token' in answer)) {
    throw new Error(`no token: ${JSON.stringify(answer)}`);
  }
  return String(answer.access_token);
}
