import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFunctions, type Functions } from '../../local/lambda/functions.ts';
import { readModel } from '../../local/template/read.ts';
import { sampleAssembly, temporaryFolder, testClock } from '../support/local-runtime.ts';

describe('functions in worker threads', () => {
  const clock = testClock();
  const model = readModel({ assembly: sampleAssembly, endpoints: { api: 'http://a', queues: 'http://q' } });
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let functions: Functions;
  const lines: string[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    functions = createFunctions({
      functions: model.functions,
      environment: { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' },
      region: 'cn-north-1',
      clock,
      dataDir: folder.path,
      onLog: (name, line) => lines.push(`${name}: ${line}`),
    });
  });
  afterAll(async () => {
    await functions.stop();
    clock.stop();
    await folder.remove();
  });

  const echo = (queryStringParameters: Record<string, string> = {}) =>
    functions.invoke('echo', { queryStringParameters });

  it('see their own environment, what Lambda adds, and nothing of this process', async () => {
    process.env.SECRET_OF_THE_HOST = 'x';
    const { environment } = (await echo()) as { environment: Record<string, string> };
    expect(environment).toMatchObject({
      TABLE: 'table',
      AWS_REGION: 'cn-north-1',
      AWS_LAMBDA_FUNCTION_NAME: 'echo',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9',
      TZ: 'UTC',
    });
    expect(environment).not.toHaveProperty('SECRET_OF_THE_HOST');
    expect(environment).not.toHaveProperty('PATH');
  });

  it('get a context with request id, name and remaining time', async () => {
    const { context } = (await echo()) as { context: Record<string, unknown> };
    expect(context).toMatchObject({ functionName: 'echo', memoryLimitInMB: '256' });
    expect(context.awsRequestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(context.remaining).toBeGreaterThan(0);
    expect(context.remaining).toBeLessThanOrEqual(5000);
  });

  it('follow the runtime’s clock', async () => {
    await clock.advanceBy(40 * 86_400_000);
    const { now } = (await echo()) as { now: number };
    expect(Math.abs(now - clock.now())).toBeLessThan(60_000);
  });

  it('keep type and message of an error', async () => {
    await expect(echo({ throw: 'LimitExceeded' })).rejects.toMatchObject({
      name: 'LimitExceeded',
      message: 'as ordered',
    });
  });

  it('are ended when they take longer than their time-out, and serve again afterwards', async () => {
    await expect(functions.invoke('slow', { ms: 60_000 })).rejects.toMatchObject({
      name: 'Sandbox.Timedout',
      message: expect.stringContaining('Task timed out after 1.00 seconds'),
    });
    expect(await functions.invoke('slow', { ms: 0 })).toEqual({ slept: true });
  });

  it('fail alone when an instance exits', async () => {
    const [died, lived] = await Promise.allSettled([echo({ exit: 'yes' }), echo()]);
    expect(died).toMatchObject({ status: 'rejected', reason: { name: 'Runtime.ExitError' } });
    expect(lived.status).toBe('fulfilled');
  });

  it('say that the handler is missing', async () => {
    await expect(functions.invoke('broken', {})).rejects.toMatchObject({ name: 'Runtime.HandlerNotFound' });
  });

  it('run one invocation at a time each, and queue behind the last instance', async () => {
    const before = functions.begun;
    const answers = await Promise.all(Array.from({ length: 12 }, () => echo({ answer: '"served"' })));
    expect(answers).toEqual(Array.from({ length: 12 }, () => 'served'));
    expect(functions.begun - before).toBe(12);
    await functions.idle();
  });

  it('are refused beyond the concurrency that the template reserves, and served again afterwards', async () => {
    const calls = await Promise.allSettled(Array.from({ length: 5 }, () => functions.invoke('slow', { ms: 50 })));
    expect(calls.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(calls[4]).toMatchObject({ reason: { name: 'TooManyRequestsException' } });
    expect(await functions.invoke('slow', { ms: 0 })).toEqual({ slept: true });
  });

  it('are ended in the middle of a loop that never gives way', async () => {
    await expect(functions.invoke('slow', { spin: true })).rejects.toMatchObject({ name: 'Sandbox.Timedout' });
    expect(await functions.invoke('slow', { ms: 0 })).toEqual({ slept: true });
  });

  it('fail alone when they take more memory than the template gives them', async () => {
    await expect(echo({ hoard: 'yes' })).rejects.toMatchObject({ name: 'Runtime.OutOfMemory' });
    expect(await echo({ answer: '"alive"' })).toBe('alive');
  });

  it('reach this machine only', async () => {
    for (const address of ['http://example.com/', 'https://192.0.2.1/', 'http://169.254.169.254/']) {
      expect(await echo({ reach: address })).toMatchObject({
        reached: false,
        cause: expect.stringContaining('stays on this machine'),
      });
    }
  });

  it('have what they print in a file, with the request id', async () => {
    await echo({ log: 'hello' });
    const written = readFileSync(join(folder.path, 'logs', 'echo.log'), 'utf8');
    expect(written).toMatch(/^\S+Z\t[0-9a-f-]{36}\tINFO\tprinted { word: 'hello' }$/m);
    expect(lines.some((line) => line.startsWith('echo: ') && line.includes('hello'))).toBe(true);
  });

  it('lose fields that JSON does not have, as in the cloud', async () => {
    expect(await functions.invoke('echo', { queryStringParameters: { answer: 'null' }, gone: undefined })).toBeNull();
  });

  describe('that are slow to load', () => {
    /** The function with a time-out of a second, which takes so long to load, and has hardly any time for that alone. */
    const loading = async (milliseconds: number) => {
      const assetDirectory = join(folder.path, `loads-${milliseconds}`);
      await mkdir(assetDirectory, { recursive: true });
      const wait = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${milliseconds});`;
      await writeFile(join(assetDirectory, 'index.js'), `${wait} exports.slow = async () => 'loaded';`);
      const slow = model.functions.filter(({ name }) => name === 'slow').map((one) => ({ ...one, assetDirectory }));
      return createFunctions({
        functions: slow,
        environment: {},
        region: 'cn-north-1',
        clock,
        dataDir: folder.path,
        initMs: 50,
      });
    };

    it('have the time of their first invocation for it, as in the cloud', async () => {
      const slow = await loading(400);
      expect(await Promise.all([slow.invoke('slow', {}), slow.invoke('slow', {})])).toEqual(['loaded', 'loaded']);
      await slow.stop();
    });

    it('are ended when that is over as well', async () => {
      const slow = await loading(60_000);
      await expect(slow.invoke('slow', {})).rejects.toMatchObject({
        name: 'Sandbox.Timedout',
        message: expect.stringContaining('Task timed out after 1.00 seconds'),
      });
      await slow.stop();
    });
  });

  describe('when their code is replaced', () => {
    const version = async (text: string) => {
      const path = join(folder.path, `code-${text.length}`);
      await mkdir(path, { recursive: true });
      await writeFile(join(path, 'index.js'), text);
      return path;
    };
    const slow = (milliseconds: number) => functions.invoke('slow', { ms: milliseconds });

    it('finish what they are at with the old code, and take what comes then with the new', async () => {
      const { errors, timeouts } = functions.stats().get('slow') ?? {};
      const underWay = slow(400);
      // Until it is really under way.
      await slow(1);
      await functions.replace('slow', await version('exports.slow = async () => "new";'));
      expect(await slow(1)).toBe('new');
      expect(await underWay).toEqual({ slept: true });
      expect(functions.stats().get('slow')).toMatchObject({ errors, timeouts, busy: 0, waiting: 0 });
      // The template lets it run twice at once.
      for (let i = 0; i < 4; i++) expect(await Promise.all([slow(1), slow(1)])).toEqual(['new', 'new']);
    });

    it('go on with the old code when the new one does not load', async () => {
      await expect(functions.replace('slow', await version('throw new TypeError("broken at load");'))).rejects.toThrow(
        'broken at load',
      );
      expect(await slow(1)).toBe('new');
    });

    it('end up with the code that came last, however fast it came', async () => {
      const folders = [];
      for (const word of ['a', 'bb', 'ccc']) folders.push(await version(`exports.slow = async () => "${word}";`));
      await Promise.all(folders.map((path) => functions.replace('slow', path)));
      expect(await Promise.all([slow(1), slow(1)])).toEqual(['ccc', 'ccc']);
    });
  });
});
