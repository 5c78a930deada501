import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Runtime } from '../../local/main.ts';
import { ensureAssembly } from '../../local/synth.ts';
import { enginesOf } from '../support/killing.ts';
import { sampleAssembly, startSample, temporaryFolder } from '../support/local-runtime.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

async function itemOf(runtime: Runtime, pk: string) {
  const client = new DynamoDBClient({ endpoint: runtime.endpoints.dynamodb, region: 'us-east-1', credentials });
  const { Item } = await client.send(
    new GetItemCommand({ TableName: 'table', Key: { pk: { S: pk }, sk: { S: '-' } }, ConsistentRead: true }),
  );
  client.destroy();
  return Item;
}

const put = (runtime: Runtime, id: string, text: string, expiresAt?: number) =>
  fetch(`${runtime.apiUrl}/v1/items/${encodeURIComponent(id)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, expiresAt }),
  });

describe('a running assembly', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let runtime: Runtime;
  beforeAll(async () => {
    folder = await temporaryFolder();
    runtime = await startSample(folder.path);
  });
  afterAll(async () => {
    await runtime.stop();
    await folder.remove();
  });

  it('lets a write over HTTP have its effect through the stream', async () => {
    expect((await put(runtime, 'OUT#1', 'hello')).status).toBe(201);
    await runtime.settled();
    expect((await itemOf(runtime, 'DONE#1'))?.text).toEqual({ S: 'hello' });
  });

  it('hands records over that the filter lets pass, and no others', async () => {
    await put(runtime, 'OTHER#1', 'hello');
    await runtime.settled();
    expect(readFileSync(join(folder.path, 'logs', 'outbox.log'), 'utf8')).not.toContain('OTHER');
    expect(await itemOf(runtime, 'DONE#OTHER#1')).toBeUndefined();
  });

  it('keeps a poisoned record as a dead letter and lets the rest flow', async () => {
    await Promise.all([
      put(runtime, 'OUT#p1', 'fine'),
      put(runtime, 'OUT#p2', 'poison'),
      put(runtime, 'OUT#p3', 'bomb'),
      put(runtime, 'OUT#p4', 'fine'),
    ]);
    await runtime.settled();
    expect(await itemOf(runtime, 'DONE#p1')).toBeDefined();
    expect(await itemOf(runtime, 'DONE#p4')).toBeDefined();
    expect(runtime.deadLetters()).toMatchObject([
      { queue: 'deadletters', body: { DDBStreamBatchInfo: { batchSize: 1 } } },
      { queue: 'deadletters', body: { requestContext: { condition: 'RetryAttemptsExhausted' } } },
    ]);
  });

  it('runs a state machine over a moved clock', async () => {
    const { SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
    const client = new SFNClient({ endpoint: runtime.endpoints.stepFunctions, region: 'us-east-1', credentials });
    const until = new Date(runtime.clock.now() + 5 * 86_400_000).toISOString();
    await client.send(
      new StartExecutionCommand({
        stateMachineArn: runtime.model.stateMachines[0]?.arn,
        input: JSON.stringify({ until, id: 'OUT#late' }),
      }),
    );
    client.destroy();
    await runtime.settled();
    expect(await itemOf(runtime, 'OUT#late')).toBeUndefined();
    await runtime.clock.advanceTo(Date.parse(until) + 1000);
    const written = await itemOf(runtime, 'DONE#late');
    expect(written?.text).toEqual({ S: 'from the machine' });
    expect(Date.parse(written?.at?.S ?? '')).toBeGreaterThanOrEqual(Date.parse(until));
    expect(runtime.executions()).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  it('fires schedules on the way, each at its own time in its zone', async () => {
    await runtime.clock.advanceBy(2 * 86_400_000);
    const day = new Date(runtime.clock.now() - 86_400_000).toISOString().slice(0, 10);
    const item = await itemOf(runtime, `NIGHT#${day}T17:00:00Z`);
    expect(item?.text?.S).toMatch(`${day}T17:00:0`);
  });

  it('deletes expired items as its clock moves', async () => {
    const soon = Math.floor(runtime.clock.now() / 1000) + 60;
    await put(runtime, 'KEEP#1', 'x', soon + 30 * 86_400);
    await put(runtime, 'GONE#1', 'x', soon);
    await runtime.clock.advanceBy(2 * 86_400_000);
    expect(await itemOf(runtime, 'GONE#1')).toBeUndefined();
    expect(await itemOf(runtime, 'KEEP#1')).toBeDefined();
  });

  it('gives functions endpoints on this machine only', async () => {
    const { environment } = (await runtime.invoke('echo', {})) as { environment: Record<string, string> };
    const addresses = Object.entries(environment).filter(([name]) => name.startsWith('AWS_ENDPOINT_URL'));
    expect(addresses.map(([name]) => name).sort()).toEqual([
      'AWS_ENDPOINT_URL',
      'AWS_ENDPOINT_URL_DYNAMODB',
      'AWS_ENDPOINT_URL_S3',
      'AWS_ENDPOINT_URL_SFN',
      'AWS_ENDPOINT_URL_SQS',
    ]);
    for (const [, address] of addresses) expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  describe('and its control server', () => {
    const control = (path: string, init: RequestInit = {}) => fetch(runtime.controlUrl + path, init);
    const post = (path: string, body?: object, headers = {}) =>
      control(path, { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) });

    it('tells and moves the clock', async () => {
      const before = runtime.clock.now();
      expect((await post('/clock', { advanceMs: 60_000 })).status).toBe(200);
      expect(runtime.clock.now()).toBeGreaterThanOrEqual(before + 60_000);
      const to = new Date(runtime.clock.now() + 60_000).toISOString();
      const { epochMs } = (await (await post('/clock', { to })).json()) as { epochMs: number };
      expect(epochMs).toBeGreaterThanOrEqual(Date.parse(to));
    });

    it.each([{ to: '2001-01-01T00:00:00Z' }, { advanceMs: -1 }, { to: 'tomorrow' }, {}])(
      'refuses to move it to %j',
      async (order) => {
        expect((await post('/clock', order)).status).toBe(400);
      },
    );

    it('shows health, executions and dead letters', async () => {
      expect(await (await control('/health')).json()).toMatchObject({ status: 'ok', api: runtime.apiUrl });
      expect(await (await control('/executions')).json()).toMatchObject({ executions: [{ status: 'SUCCEEDED' }] });
      expect(await (await control('/dead-letters')).json()).toMatchObject({ deadLetters: [{}, {}] });
      expect((await post('/settle')).status).toBe(200);
      expect((await control('/nothing')).status).toBe(404);
    });

    it('does not listen to pages of other places', async () => {
      const response = await post('/clock', { advanceMs: 1 }, { origin: 'https://evil.example' });
      expect(response.status).toBe(403);
    });
  });

  it('refuses a second runtime on the same data', async () => {
    await expect(startSample(folder.path)).rejects.toThrow('in use');
  });
});

describe('a restart on the same data', () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  it('keeps items, dead letters and the time, and reads the stream on from where it was', async () => {
    const folder = await temporaryFolder();
    cleanups.push(folder.remove);
    const first = await startSample(folder.path);
    await first.clock.advanceBy(100 * 86_400_000);
    await put(first, 'OUT#a', 'hello');
    await put(first, 'OUT#b', 'poison');
    await first.settled();
    const then = first.clock.now();
    await first.stop();

    const second = await startSample(folder.path);
    cleanups.push(() => second.stop());
    expect(second.clock.now()).toBeGreaterThanOrEqual(then);
    expect((await itemOf(second, 'DONE#a'))?.text).toEqual({ S: 'hello' });
    expect(second.deadLetters()).toHaveLength(1);
    await second.settled();
    expect(second.deadLetters()).toHaveLength(1);
    await put(second, 'OUT#c', 'again');
    await second.settled();
    expect(await itemOf(second, 'DONE#c')).toBeDefined();
  });

  it('goes on after a kill, with the engine that was left behind', async () => {
    const folder = await temporaryFolder();
    cleanups.push(folder.remove);
    const script = join(folder.path, 'start.ts');
    const support = join(import.meta.dirname, '..', 'support', 'local-runtime.ts');
    writeFileSync(
      script,
      `import { startSample } from ${JSON.stringify(support)};
       const runtime = await startSample(process.argv[2]);
       process.stdout.write(runtime.apiUrl + '\\n');`,
    );
    const data = join(folder.path, 'data');
    const child = spawn(process.execPath, [script, data], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [apiUrl] = await new Promise<string[]>((resolve) => {
      child.stdout.once('data', (chunk) => resolve(String(chunk).split('\n')));
    });
    await fetch(`${apiUrl}/v1/items/OUT%23k`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"survives"}',
    });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    // As when the kill came before the engine's number could be written down.
    const [orphan, ...others] = enginesOf(data);
    expect(others).toEqual([]);
    rmSync(join(data, 'dynamodb', 'engine.pid'));

    const runtime = await startSample(data);
    cleanups.push(() => runtime.stop());
    await runtime.settled();
    expect((await itemOf(runtime, 'OUT#k'))?.text).toEqual({ S: 'survives' });
    expect((await itemOf(runtime, 'DONE#k'))?.text).toEqual({ S: 'survives' });
    expect(enginesOf(data)).not.toContain(orphan);
    expect(enginesOf(data)).toHaveLength(1);
  });

  it('goes on when the engine alone is killed: it is started again, nothing acknowledged is missing', async () => {
    const folder = await temporaryFolder();
    cleanups.push(folder.remove);
    const said: string[] = [];
    const runtime = await startSample(folder.path, { log: (message) => said.push(message) });
    cleanups.push(() => runtime.stop());
    for (let round = 0; round < 3; round++) {
      expect((await put(runtime, `OUT#before${round}`, 'x')).status).toBe(201);
      for (const pid of enginesOf(folder.path)) process.kill(pid, 'SIGKILL');
      await expect
        .poll(async () => (await put(runtime, `OUT#after${round}`, 'x')).status, { timeout: 10_000 })
        .toBe(201);
    }
    await runtime.settled();
    for (let round = 0; round < 3; round++) {
      expect(await itemOf(runtime, `DONE#before${round}`)).toBeDefined();
      expect(await itemOf(runtime, `DONE#after${round}`)).toBeDefined();
    }
    expect(said.filter((message) => message.includes('engine again'))).toHaveLength(3);
    expect(runtime.deadLetters()).toEqual([]);
  });

  it('ends clearly when the engine keeps ending', async () => {
    const folder = await temporaryFolder();
    cleanups.push(folder.remove);
    let fatal = '';
    const runtime = await startSample(folder.path, {
      onFatal(reason) {
        fatal = reason;
      },
    });
    cleanups.push(() => runtime.stop());
    const killAll = async () => {
      for (const pid of enginesOf(folder.path)) process.kill(pid, 'SIGKILL');
      return fatal;
    };
    await expect.poll(killAll, { timeout: 20_000, interval: 100 }).toContain('SIGKILL');
  });

  it('leaves nothing behind that listens', async () => {
    const folder = await temporaryFolder();
    cleanups.push(folder.remove);
    const runtime = await startSample(folder.path);
    const addresses = [runtime.apiUrl, runtime.issuerUrl, runtime.controlUrl, ...Object.values(runtime.endpoints)];
    await runtime.stop();
    for (const address of addresses) expect(await listens(address)).toBe(false);
    expect(existsSync(join(folder.path, 'dynamodb', 'engine.pid'))).toBe(false);
  });

  it('ends what it had started when a part cannot start', async () => {
    const folder = await temporaryFolder();
    cleanups.push(folder.remove);
    await expect(startSample(folder.path, { assembly: folder.path })).rejects.toThrow('manifest.json');
    const runtime = await startSample(folder.path);
    cleanups.push(() => runtime.stop());
    expect(runtime.model.tables).toHaveLength(1);
  });

  function listens(address: string): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(Number(new URL(address).port), '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
  }
});

describe('synthesizing when needed', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let input: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    input = join(folder.path, 'input.txt');
    writeFileSync(input, 'one');
    writeApp();
  });
  afterEach(async () => {
    delete process.env.SAMPLE_STAGE;
    await folder.remove();
  });
  const writeApp = (also = '') =>
    writeFileSync(
      join(folder.path, 'app.ts'),
      `import { cpSync, appendFileSync, writeFileSync, readFileSync } from 'node:fs';
       cpSync(${JSON.stringify(sampleAssembly)}, process.env.CDK_OUTDIR!, { recursive: true });
       writeFileSync(process.env.CDK_OUTDIR + '/made-of', readFileSync(${JSON.stringify(input)}));
       appendFileSync(${JSON.stringify(join(folder.path, 'runs'))}, '.');
       ${also}`,
    );
  const runs = () => readFileSync(join(folder.path, 'runs'), 'utf8').length;
  const ensure = () =>
    ensureAssembly({
      entry: join(folder.path, 'app.ts'),
      out: join(folder.path, 'assemblies'),
      inputs: [input],
      variables: /^SAMPLE_/,
      log: () => undefined,
    });

  it('happens once for the same content, however many ask at once', async () => {
    const [one, other] = await Promise.all([ensure(), ensure()]);
    expect(one).toBe(other);
    expect(existsSync(join(await ensure(), 'manifest.json'))).toBe(true);
    expect(runs()).toBe(1);
  });

  it('leaves the assembly of other content where a runtime may be using it', async () => {
    const before = await ensure();
    writeFileSync(input, 'two');
    const after = await ensure();
    expect(readFileSync(join(before, 'made-of'), 'utf8')).toBe('one');
    expect(readFileSync(join(after, 'made-of'), 'utf8')).toBe('two');
    writeFileSync(input, 'one');
    expect(await ensure()).toBe(before);
    expect(runs()).toBe(2);
  });

  it('is spared a copy of the same sources in another place', async () => {
    const before = await ensure();
    const copy = await temporaryFolder();
    for (const name of ['app.ts', 'input.txt']) copyFileSync(join(folder.path, name), join(copy.path, name));
    const out = join(folder.path, 'assemblies');
    const of = { entry: join(copy.path, 'app.ts'), inputs: [join(copy.path, 'input.txt')], variables: /^SAMPLE_/ };
    expect(await ensureAssembly({ ...of, out })).toBe(before);
    expect(runs()).toBe(1);
    await copy.remove();
  });

  it('happens again for another setting of the environment', async () => {
    const before = await ensure();
    process.env.SAMPLE_STAGE = 'other';
    expect(await ensure()).not.toBe(before);
    expect(runs()).toBe(2);
  });

  it('happens again when a source changed while it was under way, and nothing half made stays', async () => {
    writeApp(`writeFileSync(${JSON.stringify(input)}, 'changed');`);
    const made = await ensure();
    expect(readFileSync(join(made, 'made-of'), 'utf8')).toBe('changed');
    expect(readdirSync(join(folder.path, 'assemblies'))).toEqual([basename(made)]);
  });

  it('is not held up by a process that was killed between making its lock and writing its number into it', async () => {
    const made = await ensure();
    rmSync(made, { recursive: true });
    const lock = `${made}.lock`;
    writeFileSync(lock, '');
    utimesSync(lock, 0, 0);
    expect(await ensure()).toBe(made);
    expect(runs()).toBe(2);
  });

  it('fails with what the app said', async () => {
    writeFileSync(join(folder.path, 'app.ts'), "throw new Error('the app is broken')");
    await expect(ensure()).rejects.toThrow('the app is broken');
    expect(readdirSync(join(folder.path, 'assemblies'))).toEqual([]);
  });
});
