/**
 * `npm run verify`: checks a system against itself and says what is wrong and how to repair it; exit code 1 on any finding.
 *
 *     npm run verify                       the system that `npm start` runs on this machine
 *     npm run verify -- --data <folder>    what a stopped one left, or a backup that was restored
 *     npm run verify -- --cloud            a deployed one: AWS settings as usual, names of the resources in the environment
 *     … --only ledger,vouchers             some checks alone
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { openSystemAtRest } from '../demo/system.ts';
import { awsSystem, type Clients } from './aws-system.ts';
import { type CheckName, checkNames } from './checks/index.ts';
import { print } from './print.ts';
import { resourcesOf } from './resources.ts';
import type { VerifiedSystem } from './system.ts';
import { verify } from './verify.ts';

const LOCAL_CONTROL = 'http://127.0.0.1:8789';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    cloud: { type: 'boolean' },
    control: { type: 'string', default: process.env.DENGYUN_CONTROL ?? LOCAL_CONTROL },
    only: { type: 'string' },
  },
});

interface Opened {
  readonly system: VerifiedSystem;
  close(): Promise<void>;
}

interface Endpoints {
  readonly dynamodb: string;
  readonly stepFunctions: string;
  readonly s3: string;
}

const local = (endpoints: Endpoints, region: string): Clients => {
  const common = { region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  return {
    dynamodb: new DynamoDBClient({ ...common, endpoint: endpoints.dynamodb }),
    workflows: new SFNClient({ ...common, endpoint: endpoints.stepFunctions }),
    objects: new S3Client({ ...common, endpoint: endpoints.s3, forcePathStyle: true }),
  };
};

async function atRest(folder: string): Promise<Opened> {
  const data = await openSystemAtRest(folder);
  return {
    system: awsSystem(local(data.endpoints, data.region), resourcesOf(data.environment), {
      now: async () => data.now(),
      deadLetters: async () => data.deadLetters(),
    }),
    close: data.stop,
  };
}

interface Health {
  readonly endpoints: Endpoints;
  readonly environment: Readonly<Record<string, string>>;
  readonly region: string;
}

async function running(control: string): Promise<Opened> {
  const ask = async <T>(path: string): Promise<T> => {
    const answer = await fetch(control + path);
    if (!answer.ok) throw new Error(`${control}${path} answered ${answer.status}`);
    return JSON.parse(await answer.text());
  };
  const { endpoints, environment, region } = await ask<Health>('/health');
  return {
    system: awsSystem(local(endpoints, region), resourcesOf(environment), {
      now: async () => (await ask<{ epochMs: number }>('/clock')).epochMs,
      async deadLetters() {
        const { deadLetters } = await ask<{ deadLetters: { queue: string }[] }>('/dead-letters');
        const counts = new Map<string, number>();
        for (const { queue } of deadLetters) counts.set(queue, (counts.get(queue) ?? 0) + 1);
        return counts;
      },
    }),
    close: async () => undefined,
  };
}

const inTheCloud = (): Opened => ({
  system: awsSystem(
    { dynamodb: new DynamoDBClient({}), workflows: new SFNClient({}), objects: new S3Client({}) },
    resourcesOf(process.env),
    { now: async () => Date.now(), deadLetters: async () => undefined },
  ),
  close: async () => undefined,
});

const only = values.only?.split(',').map((name) => {
  const known = checkNames.find((check) => check === name);
  if (!known) throw new Error(`no check is called ${name}; there are ${checkNames.join(', ')}`);
  return known satisfies CheckName;
});

const opened = values.cloud ? inTheCloud() : await (values.data ? atRest(values.data) : running(values.control));
try {
  const report = await verify(opened.system, {
    ...(only ? { only } : {}),
    pause: () => delay(2000),
    progress: (items, look) => process.stderr.write(`\r${look > 1 ? `复核 ${look} · look ${look}: ` : ''}${items} …`),
  });
  if (report.items >= 5000) process.stderr.write('\n');
  print(report, console.log);
  process.exitCode = report.findings.length > 0 ? 1 : 0;
} finally {
  await opened.close();
}
