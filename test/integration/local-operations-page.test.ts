import { request } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '../../local/main.ts';
import { openBrowser } from '../support/browser.ts';
import { startSample, temporaryFolder } from '../support/local-runtime.ts';

const DAY = 86_400_000;
/** What somebody could have logged or sent in. */
const MARKUP = '<img src=x onerror="document.title=\'taken\'">';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let runtime: Runtime;
let machineArn: string;
const executions: string[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  runtime = await startSample(folder.path);
  machineArn = runtime.model.stateMachines[0]?.arn ?? '';
  for (const name of ['first', 'second']) {
    const answer = await fetch(runtime.endpoints.stepFunctions, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSStepFunctions.StartExecution' },
      body: JSON.stringify({
        stateMachineArn: machineArn,
        name,
        input: JSON.stringify({ until: new Date(runtime.clock.now() + 30 * DAY).toISOString(), id: MARKUP }),
      }),
    });
    executions.push(JSON.parse(await answer.text()).executionArn);
  }
  await fetch(`${runtime.apiUrl}/v1/echo/fixed?log=${encodeURIComponent(MARKUP)}`);
});
afterAll(async () => {
  await runtime.stop();
  await folder.remove();
});

/** With headers that `fetch` does not let one set. */
function send(method: string, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const sent = request(runtime.controlUrl + path, { method, headers }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      });
      sent.on('error', reject);
      sent.end(method === 'POST' ? '{"advanceMs":1}' : undefined);
    },
  );
}

describe('the operations server', () => {
  it('answers to no name but those of this machine, and to no page but its own', async () => {
    const own = new URL(runtime.controlUrl).origin;
    const stop = `/operations/stop?arn=${encodeURIComponent(executions[0] ?? '')}`;
    const refused: [string, string, Record<string, string>][] = [
      ['GET', '/', { host: 'rebound.example' }],
      ['GET', '/operations/executions', { host: 'rebound.example:80' }],
      ['GET', '/operations/executions', { origin: 'https://evil.example' }],
      ['POST', '/clock', { origin: 'null' }],
      ['POST', '/clock', { origin: runtime.apiUrl }],
      ['POST', stop, { origin: runtime.apiUrl, 'x-operations': 'page' }],
      ['POST', stop, { origin: own }],
      ['POST', stop, {}],
    ];
    for (const [method, path, headers] of refused) {
      expect((await send(method, path, headers)).status, JSON.stringify([method, path, headers])).toBe(403);
    }
    expect(runtime.executions().every(({ status }) => status === 'RUNNING')).toBe(true);
    expect((await send('POST', '/clock', { origin: own })).status).toBe(200);
  });

  it('lets the page load and run nothing but what is its own', async () => {
    for (const path of ['/', '/operations/page.js', '/operations/page.css', '/operations/overview', '/health']) {
      const { status, headers } = await send('GET', path);
      expect(status).toBe(200);
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
    expect((await send('GET', '/')).body).not.toMatch(/<script>|\son\w+=|style=/);
  });

  it('reads logs by name and nothing else', async () => {
    expect((await send('GET', '/operations/logs/echo')).body).toContain('printed');
    for (const name of ['..%2Fclock.json', '..%2F..%2Fetc%2Fpasswd', 'nobody', '%E0%A4%A']) {
      expect([400, 404]).toContain((await send('GET', `/operations/logs/${name}`)).status);
    }
  });

  it('pages through executions by machine and status', async () => {
    const { body } = await send('GET', '/operations/executions?status=RUNNING');
    expect(JSON.parse(body)).toMatchObject({ total: 2, items: [{ states: ['Wait'] }, { states: ['Wait'] }] });
    expect(JSON.parse((await send('GET', '/operations/executions?status=FAILED')).body).total).toBe(0);
    expect((await send('GET', '/operations/executions?page=nonsense')).status).toBe(400);
    expect((await send('GET', '/operations/execution?arn=arn:nothing')).status).toBe(400);
  });

  it('tells of functions, streams, schedules and queues what they are doing', async () => {
    const ask = async (what: string) => JSON.parse((await send('GET', `/operations/${what}`)).body).items;
    expect(await ask('functions')).toContainEqual(expect.objectContaining({ name: 'echo', invocations: 1, errors: 0 }));
    expect(await ask('streams')).toMatchObject([{ stuck: false, shards: [{ behind: 0 }] }]);
    const [schedule] = await ask('schedules');
    expect(schedule.next).toBeGreaterThan(runtime.clock.now());
    expect(await ask('queues')).toContainEqual({ name: 'deadletters', depth: 0, messages: [] });
  });
});

describe('the operations page in a browser', () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage({ locale: 'zh-CN' });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
  });
  afterAll(() => browser?.close());

  it('draws an execution with the state it is in, what went in as text, and stops it when told twice', async () => {
    await page.goto(runtime.controlUrl);
    await page.getByRole('link', { name: 'first' }).click();
    await page.locator('.state.current', { hasText: 'Wait' }).waitFor();
    expect(await page.locator('.state.untouched').textContent()).toContain('Write');
    expect(await page.locator('pre', { hasText: MARKUP.slice(0, 8) }).count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: '中止' }).click();
    expect(runtime.executions().map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING']);
    await page.getByRole('button', { name: '确定中止？' }).click();
    await page.locator('.badge.ABORTED').waitFor();
    expect(runtime.executions().filter(({ status }) => status === 'ABORTED')).toHaveLength(1);
  });

  it('shows what functions logged as text', async () => {
    await page.goto(`${runtime.controlUrl}/#/logs/echo`);
    await page.locator('.log', { hasText: 'onerror' }).waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    await page.getByRole('searchbox').fill('no such request');
    await page.getByText('没有日志').waitFor();
  });

  it('moves the clock', async () => {
    const before = runtime.clock.now();
    await page.getByRole('button', { name: '+1 天' }).click();
    await page.getByText('比本机快 1 天').waitFor();
    expect(runtime.clock.now()).toBeGreaterThanOrEqual(before + DAY);
  });

  it('speaks English when asked, and fits a telephone', async () => {
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('link', { name: 'Schedules' }).click();
    await page.getByRole('heading', { name: 'Schedules' }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    for (const view of ['executions', 'tasks', 'queues', 'streams', 'schedules', 'functions', 'logs']) {
      await page.goto(`${runtime.controlUrl}/#/${view}`);
      await page.locator('.content > *').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), view).toBe(true);
    }
  });

  it('had nothing to complain about: no refused script or style, no error', async () => {
    expect(complaints).toEqual([]);
    expect(await page.title()).toBe('Operations');
  });
});
