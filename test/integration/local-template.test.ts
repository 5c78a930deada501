import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { functionNamed, readModel } from '../../local/template/read.ts';
import { sampleAssembly, temporaryFolder } from '../support/local-runtime.ts';

const endpoints = { api: 'http://127.0.0.1:3000', queues: 'http://127.0.0.1:3001' };
const read = (parameters: Record<string, string> = {}, assembly = sampleAssembly) =>
  readModel({ assembly, endpoints, parameters });

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** The sample with its service template changed. */
async function changed(change: (template: { Resources: Record<string, { Properties: object }> }) => void) {
  const folder = await temporaryFolder();
  cleanups.push(folder.remove);
  cpSync(sampleAssembly, folder.path, { recursive: true });
  const file = join(folder.path, 'Service.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8'));
  change(template);
  writeFileSync(file, JSON.stringify(template));
  return folder.path;
}

describe('reading a cloud assembly', () => {
  it('resolves references across stacks, conditions, parameters and the functions on strings', () => {
    const echo = functionNamed(read().functions, 'echo');
    expect(echo.environment).toEqual({
      TABLE: 'table',
      BUCKET: 'files',
      API: 'http://127.0.0.1:3000',
      STAGE: 'test',
      BANNER: 'sample in us-east-1',
    });
    expect(functionNamed(read({ Environment: 'production' }).functions, 'echo').environment.STAGE).toBe('production');
    expect(functionNamed(read({ 'Service.Environment': 'production' }).functions, 'echo').environment.STAGE).toBe(
      'production',
    );
  });

  it('leaves out resources whose condition does not hold', () => {
    expect(read().queues.map(({ name }) => name)).toEqual(['deadletters']);
    expect(read({ Environment: 'production' }).queues.map(({ name }) => name)).toContain('onlyinproduction');
  });

  it('reads tables with their indexes, stream and expiry', () => {
    expect(read().tables).toMatchObject([
      {
        name: 'table',
        streamViewType: 'NEW_AND_OLD_IMAGES',
        ttlAttribute: 'expiresAt',
        globalIndexes: [{ IndexName: 'by-status' }],
      },
    ]);
  });

  it('finds assets, time-out, memory and reserved concurrency of functions', () => {
    const { functions } = read();
    expect(functionNamed(functions, 'echo')).toMatchObject({
      assetDirectory: join(sampleAssembly, 'asset.sample'),
      handler: 'index.echo',
      timeoutSeconds: 5,
      memoryMb: 256,
    });
    expect(functionNamed(functions, 'slow').reservedConcurrency).toBe(2);
    expect(functionNamed(functions, 'arn:aws:lambda:us-east-1:000000000000:function:echo:live').name).toBe('echo');
    expect(() => functionNamed(functions, 'nobody')).toThrow('nobody');
  });

  it('substitutes into state machines that are assets and reads those that are text', () => {
    const machines = new Map(read().stateMachines.map((machine) => [machine.name, machine.definition]));
    expect(machines.get('machine')).toMatchObject({
      States: {
        Write: {
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:put' },
        },
      },
    });
    expect(machines.get('named')).toMatchObject({ States: { A: { Result: 'us-east-1' } } });
  });

  it('reads routes with function, authorizer, scopes and throttling', () => {
    const { api } = read({ Issuer: 'http://127.0.0.1:9' });
    const routes = new Map(api?.routes.map((route) => [route.routeKey, route]));
    expect(routes.get('GET /v1/scoped')).toMatchObject({
      functionName: 'echo',
      authorizer: { issuer: 'http://127.0.0.1:9', audience: ['sample'] },
      scopes: ['admin'],
    });
    expect(routes.get('PUT /v1/items/{id}')).toMatchObject({ functionName: 'put', authorizer: undefined });
    expect(routes.get('GET /v1/scarce')?.throttle).toEqual({ ratePerSecond: 0.001, burst: 2 });
    expect(routes.get('GET /v1/private')?.throttle).toEqual({ ratePerSecond: 100_000, burst: 100_000 });
    expect(api?.cors).toMatchObject({ allowOrigins: ['http://localhost:5173'], maxAgeSeconds: 600 });
  });

  it('reads stream mappings, and the schedules that are enabled', () => {
    const model = read();
    expect(model.streams).toMatchObject([
      { functionName: 'outbox', tableName: 'table', maximumRetryAttempts: 2, reportBatchItemFailures: true },
    ]);
    expect(model.streams[0]?.onFailureArn).toBe(model.queues[0]?.arn);
    expect(model.schedules).toMatchObject([
      { name: 'daily', timeZone: 'Asia/Shanghai', expression: 'cron(0 1 * * ? *)' },
    ]);
  });

  it('says which resources it will not run', () => {
    expect(read().ignored).toMatchObject([{ logicalId: 'Rule', type: 'AWS::Events::Rule' }]);
  });

  it('refuses routes whose authorization it cannot check, rather than serving them openly', async () => {
    const assembly = await changed(({ Resources }) => {
      Object.assign(Resources.RoutePrivate?.Properties ?? {}, { AuthorizationType: 'AWS_IAM' });
    });
    expect(() => read({}, assembly)).toThrow(/RoutePrivate/);
  });

  it('names what cannot be resolved', async () => {
    const assembly = await changed(({ Resources }) => {
      Object.assign(Resources.Put?.Properties ?? {}, { Environment: { Variables: { X: { Ref: 'Nowhere' } } } });
    });
    expect(() => read({}, assembly)).toThrow('Ref to Nowhere');
  });

  it('is told when there is no assembly', async () => {
    const folder = await temporaryFolder();
    cleanups.push(folder.remove);
    expect(() => read({}, folder.path)).toThrow(/manifest\.json/);
  });
});
