import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_PASSWORD, demoAccounts } from '../demo/accounts.ts';
import { appAssembly, root } from '../demo/assembly.ts';
import { Person } from '../demo/client.ts';
import { AUDIENCE, CLIENT_ID, type EmbeddedSystem } from '../demo/system.ts';
import { type Account, startRuntime } from '../local/main.ts';

const folder = join(root, '.data/bench');

interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties: Record<string, unknown> & { Environment?: { Variables?: Record<string, unknown> } };
      }
    >
  >;
}

/**
 * The same with the gateway's throttling taken out: it is there to refuse what is measured here. With `shards`, pools get
 * that many of them instead of the setting of the deployment.
 */
export async function unthrottledAssembly(shards?: number): Promise<string> {
  const out = join(folder, 'unthrottled');
  await rm(out, { recursive: true, force: true });
  await cp(await appAssembly(), out, { recursive: true });
  const file = join(out, 'Service.template.json');
  const template: Template = JSON.parse(await readFile(file, 'utf8'));
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type === 'AWS::ApiGatewayV2::Stage') {
      delete Properties.DefaultRouteSettings;
      delete Properties.RouteSettings;
    }
    const variables = Properties.Environment?.Variables;
    if (shards !== undefined && variables?.POOL_SHARDS) variables.POOL_SHARDS = String(shards);
  }
  await writeFile(file, JSON.stringify(template));
  return out;
}

/** People of the bench beside those of the demonstration. */
export const enterpriseNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `bench-enterprise${i + 1}`);

const account = (username: string): Account => ({
  sub: username,
  username,
  password: DEMO_PASSWORD,
  name: username,
  claims: {},
});

/** Starts the whole system without throttling, as `npm start` would. */
export async function startUnthrottled(assembly: string, dataDir: string, enterprises = 0): Promise<EmbeddedSystem> {
  const runtime = await startRuntime({
    assembly,
    dataDir,
    accounts: [...demoAccounts, ...enterpriseNames(enterprises).map(account)],
    audience: AUDIENCE,
    clientId: CLIENT_ID,
    parameters: ({ issuer, api }) => ({ IssuerUrl: issuer, Audience: AUDIENCE, PortalOrigin: api }),
  });
  const { apiUrl, issuerUrl, clock } = runtime;
  return {
    ...runtime,
    person: (username) => new Person(username, { apiUrl, issuerUrl, clientId: CLIENT_ID, now: () => clock.now() }),
  };
}

/** An access token of somebody, for requests that are written down beforehand. */
export async function signIn({ issuerUrl }: EmbeddedSystem, username: string): Promise<string> {
  const answer = await fetch(`${issuerUrl}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', username, password: DEMO_PASSWORD, client_id: CLIENT_ID }),
  });
  const { access_token: token }: { access_token?: string } = JSON.parse(await answer.text());
  if (!token) throw new Error(`sign-in of ${username}: ${answer.status}`);
  return token;
}
