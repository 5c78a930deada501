import { rm } from 'node:fs/promises';
import { type DataAtRest, openAtRest } from '../local/at-rest.ts';
import type { Clock } from '../local/clock/clock.ts';
import { type KnownAddresses, type Runtime, type RuntimeOptions, startRuntime } from '../local/main.ts';
import { demoAccounts } from './accounts.ts';
import { appAssembly } from './assembly.ts';
import { Person } from './client.ts';
import { buildPortal, portalSite } from './portal.ts';

export const AUDIENCE = 'dengyun-api';
export const CLIENT_ID = 'dengyun-portal';

/** What a story needs: people who use the system over HTTP, and a clock that can be moved. */
export interface System {
  person(username: string): Person;
  readonly clock: Pick<Clock, 'now' | 'advanceTo' | 'advanceBy'>;
}

/** The whole system in this process, from the cloud assembly, and people who use it. */
export interface EmbeddedSystem extends Runtime {
  person(username: string): Person;
}

export interface SystemOptions {
  readonly dataDir: string;
  /** An assembly made before; left out: it is made if anything changed. */
  readonly assembly?: string;
  /** Deletes what an earlier run left. */
  readonly fresh?: boolean;
  readonly ports?: RuntimeOptions['ports'];
  /** Instances of one function at most; fewer cost a small machine less to start. */
  readonly functionConcurrency?: number;
  readonly log?: (message: string) => void;
  readonly static?: Readonly<Record<string, string>>;
  /** With the portal, on the origin of the API. */
  readonly portal?: boolean;
  readonly onFatal?: (reason: string) => void;
}

const parameters = ({ issuer, api }: KnownAddresses) => ({ IssuerUrl: issuer, Audience: AUDIENCE, PortalOrigin: api });

/** What an earlier run left, to be looked at; nothing in it goes on. */
export const openSystemAtRest = async (dataDir: string): Promise<DataAtRest> =>
  openAtRest({ assembly: await appAssembly(), dataDir, parameters });

/** Synthesizes if anything changed, then starts every part on free ports or the given ones. */
export async function startSystem(options: SystemOptions): Promise<EmbeddedSystem> {
  if (options.fresh) await rm(options.dataDir, { recursive: true, force: true });
  // The portal is built while the app is synthesized; whichever fails first is told.
  const [assembly, portal] = await Promise.all([
    options.assembly ?? appAssembly(options.log),
    options.portal ? buildPortal(options.log) : undefined,
  ]);
  const runtime = await startRuntime({
    assembly,
    dataDir: options.dataDir,
    accounts: [...demoAccounts],
    audience: AUDIENCE,
    clientId: CLIENT_ID,
    parameters,
    ...(options.ports ? { ports: options.ports } : {}),
    ...(options.functionConcurrency ? { functionConcurrency: options.functionConcurrency } : {}),
    ...(options.static ? { static: options.static } : {}),
    ...(portal ? { site: ({ issuer, objects }) => portalSite(portal, { issuer, objects, clientId: CLIENT_ID }) } : {}),
    ...(options.onFatal ? { onFatal: options.onFatal } : {}),
  });
  return {
    ...runtime,
    person: (username) =>
      new Person(username, {
        apiUrl: runtime.apiUrl,
        issuerUrl: runtime.issuerUrl,
        clientId: CLIENT_ID,
        now: () => runtime.clock.now(),
      }),
  };
}
