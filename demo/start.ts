import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_PASSWORD, demoAccounts } from './accounts.ts';
import { dataFolder } from './data-folder.ts';
import type { Reload, Reloaded } from './reload.ts';
import { seedDemoData } from './seed.ts';
import { CLIENT_ID, startSystem } from './system.ts';

/**
 * `npm start`: the whole system on this machine, with demonstration data, until it is told to stop. Ports come from
 * DENGYUN_API_PORT, DENGYUN_ISSUER_PORT and DENGYUN_CONTROL_PORT; else 8787, 8788 and 8789, or any free ones.
 * DENGYUN_DEMO_DATA=none leaves the data out.
 */
const here = dirname(fileURLToPath(import.meta.url));
const dataDir = dataFolder;

const ports = {
  api: await portOf('DENGYUN_API_PORT', 8787),
  issuer: await portOf('DENGYUN_ISSUER_PORT', 8788),
  control: await portOf('DENGYUN_CONTROL_PORT', 8789),
};

const pageDir = join(dataDir, '../api-page');
await mkdir(pageDir, { recursive: true });
await cp(join(here, 'api-page'), pageDir, { recursive: true });
const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const system = await startSystem({
  dataDir,
  ports,
  log: console.log,
  portal: true,
  static: { '/docs': pageDir, '/docs/assets': assets },
  onFatal: (reason) => {
    console.error(`登云已停止 · Dengyun stopped: ${reason}`);
    process.exit(1);
  },
});
await writeFile(
  join(pageDir, 'config.json'),
  JSON.stringify({
    clientId: CLIENT_ID,
    issuer: system.issuerUrl,
    accounts: demoAccounts.map(({ username, name, office }) => ({ username, name: [office, name].join(' ') })),
  }),
);

let stopping = false;
// Whoever started it under supervision is gone: so is the reason to go on.
for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    console.log('\n正在停止 · stopping …');
    system.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}

process.on('message', (order: Reload) => {
  const { name, folder } = order;
  const started = performance.now();
  // The assembly's names have the stage in front.
  const full = system.model.functions.find(
    (found) => found.name.replace(/^dengyun-[a-z0-9]+(-cn)?-/, '') === name,
  )?.name;
  system.replaceFunction(full ?? name, folder).then(
    () => process.send?.({ kind: 'reloaded', name, ms: performance.now() - started } satisfies Reloaded),
    (error: unknown) => process.send?.({ kind: 'refused', name, error: String(error) } satisfies Reloaded),
  );
});

if (process.env.DENGYUN_DEMO_DATA !== 'none') await seedDemoData(system, console.log);

const people = (names: readonly string[]) => names.join('  ');
console.log(`
登云已就绪 · Dengyun is ready (${(performance.now() / 1000).toFixed(1)} s)

  门户 portal        ${system.apiUrl}/
  接口 API           ${system.apiUrl}/v1
  接口说明 API page  ${system.apiUrl}/docs/
  OpenAPI            ${system.apiUrl}/openapi.json
  登录 issuer        ${system.issuerUrl}
  运行台 operations  ${system.controlUrl}
  数据 data          ${dataDir}  (npm run reset)

  演示账号 demo accounts, password "${DEMO_PASSWORD}":
    工信厅 industry department  ${people(['officer', 'officer2'])}
    财政厅 finance department   ${people(['finance', 'finance2'])}
    盟市 cities                 city-150100 … city-152900, city-150781, city-152501
    审核 · 监察 · 运营          ${people(['auditor', 'auditor2', 'inspector', 'operator'])}
    云服务商 providers          ${people(['provider1', 'provider2', 'provider3'])}
    企业 enterprises            enterprise1 … enterprise8

  令牌 token:  curl -s ${system.issuerUrl}/token -d grant_type=password -d client_id=${CLIENT_ID} -d username=officer -d password=${DEMO_PASSWORD}
  按 Ctrl-C 停止 · press Ctrl-C to stop`);
process.send?.({ kind: 'ready' } satisfies Reloaded);

async function portOf(variable: string, preferred: number): Promise<number> {
  const given = process.env[variable];
  if (given !== undefined) return Number(given);
  return (await isFree(preferred)) ? preferred : 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
