import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../contracts/routes.ts';
import { appAssembly } from '../../demo/assembly.ts';
import { functionNames } from '../../lib/permissions.ts';
import { stepsOf, workflowNames } from '../../lib/workflows.ts';
import type { Model } from '../../local/template/model.ts';
import { readModel } from '../../local/template/read.ts';

/** The real thing: what `bin/app.ts` makes of the tree, as the embedded runtime reads it. */
let model: Model;

beforeAll(async () => {
  model = readModel({
    assembly: await appAssembly(),
    endpoints: { api: 'http://127.0.0.1:1', queues: 'http://127.0.0.1:2' },
    parameters: { IssuerUrl: 'http://127.0.0.1:3', Audience: 'dengyun', PortalOrigin: 'http://127.0.0.1:4' },
  });
}, 300_000);

describe('the assembly of the stage dev', () => {
  it('holds every function, each under its name', () => {
    expect(model.functions.map(({ name }) => name).sort()).toEqual(
      functionNames.map((name) => `dengyun-dev-${name}`).sort(),
    );
  });

  it('has nothing that the embedded runtime would leave out', () => {
    expect(model.ignored).toEqual([]);
  });

  it('serves every route with the issuer that the deployment names', () => {
    expect(model.api?.routes.map(({ routeKey }) => routeKey).sort()).toEqual(
      routes.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    const issuers = new Set(model.api?.routes.flatMap(({ authorizer }) => (authorizer ? [authorizer.issuer] : [])));
    expect([...issuers]).toEqual(['http://127.0.0.1:3']);
    expect(model.api?.cors?.allowOrigins).toEqual(['http://127.0.0.1:4']);
  });

  it('resolves every definition to the steps of its workflow', () => {
    expect(model.stateMachines.map(({ name }) => name).sort()).toEqual(
      workflowNames.map((name) => `dengyun-dev-${name}`).sort(),
    );
    for (const { name, definition } of model.stateMachines) {
      const text = JSON.stringify(definition);
      expect(text).not.toContain('${');
      const called = [...text.matchAll(/"FunctionName":"([^"]+)"/g)].map((match) => match[1]?.split(':').at(-1));
      const workflow = workflowNames.find((each) => name === `dengyun-dev-${each}`);
      expect([...new Set(called)]).toEqual([workflow ? `dengyun-dev-${stepsOf[workflow]}` : undefined]);
    }
  });

  it('feeds relay and waiting list from the table, sweeps and serves once a day, counts the year that ended, and keeps what failed', () => {
    const [queue] = model.queues;
    expect(model.streams).toMatchObject([
      { functionName: 'dengyun-dev-outbox-relay', reportBatchItemFailures: true, onFailureArn: queue?.arn },
      { functionName: 'dengyun-dev-follow-up', reportBatchItemFailures: false, onFailureArn: queue?.arn },
    ]);
    const inShanghai = { timeZone: 'Asia/Shanghai', deadLetterArn: queue?.arn };
    expect(model.schedules).toMatchObject([
      { ...inShanghai, expression: 'cron(5 0 * * ? *)' },
      { ...inShanghai, expression: 'cron(15 0 * * ? *)' },
      { ...inShanghai, expression: 'cron(5 0 1 1 ? *)' },
    ]);
  });
});

describe('the bundles', () => {
  it('start from their environment alone', () => {
    const before = { ...process.env };
    for (const { name, assetDirectory, environment } of model.functions) {
      process.env = { ...before, ...environment };
      const module = { exports: {} as { handler?: unknown } };
      const file = join(assetDirectory, 'index.js');
      // As Lambda loads it: nothing above its folder says of what kind its modules are.
      new Function('module', 'exports', 'require', readFileSync(file, 'utf8'))(
        module,
        module.exports,
        createRequire(file),
      );
      expect([name, typeof module.exports.handler]).toEqual([name, 'function']);
    }
    process.env = before;
  });

  it('look for credentials nowhere but in the environment', () => {
    for (const { name, assetDirectory } of model.functions) {
      const text = readFileSync(join(assetDirectory, 'index.js'), 'utf8');
      expect([name, text.includes('AWS_WEB_IDENTITY_TOKEN_FILE')]).toEqual([name, false]);
    }
  });
});
