import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupOf } from '../../local/backup/request.ts';
import { restoreBackup } from '../../local/backup/restore.ts';
import { createBackups } from '../../local/backup/take.ts';
import { databaseFile } from '../../local/dynamodb/snapshot.ts';
import type { Runtime } from '../../local/main.ts';
import { startObjectStore } from '../../local/objects/object-store.ts';
import { createJournal, type Place } from '../../local/stepfunctions/journal.ts';
import { startSample, temporaryFolder, testClock } from '../support/local-runtime.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const region = 'us-east-1';
const s3Client = (endpoint: string) => new S3Client({ endpoint, region, credentials, forcePathStyle: true });
const read = (...path: string[]) => readFileSync(join(...path), 'utf8');

/** The values of one column in a file that nobody writes to. */
function columnOf(database: string, sql: string): string[] {
  const file = new DatabaseSync(database, { readOnly: true });
  try {
    return file
      .prepare(sql)
      .all()
      .map((row) => Object.values(row).join());
  } finally {
    file.close();
  }
}

const arn = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
const place = (execution: string): Place => ({ machine: 'm', execution });
const started = (name: string) => ({
  type: 'started' as const,
  at: 1,
  executionArn: `${arn.replace('stateMachine', 'execution')}:${name}`,
  stateMachineArn: arn,
  name,
  input: '{}',
  definition: 'd',
});
const entered = { type: 'entered', scope: '', state: 'A', kind: 'Pass', input: {}, at: 2 } as const;
const ended = { type: 'ended', status: 'SUCCEEDED', at: 3 } as const;

describe('what a backup shows', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let restored: string;
  let putFrom = 0;
  let putUntil = 0;
  const clock = testClock();
  const journal = () => createJournal(join(folder.path, 'data/stepfunctions'));
  const finish = (name: string) => {
    journal().append(place(name), ended);
    const { executionArn, stateMachineArn } = started(name);
    journal().finish(place(name), { executionArn, stateMachineArn, name, status: 'SUCCEEDED', startedAt: 1 });
  };

  /** Stores of which everything changes between the instant and the copy. */
  beforeAll(async () => {
    folder = await temporaryFolder();
    const dataDir = join(folder.path, 'data');
    const database = databaseFile(dataDir);
    for (const name of ['dynamodb', 'streams', 'logs', 'objects']) mkdirSync(join(dataDir, name), { recursive: true });
    const engine = new DatabaseSync(database);
    engine.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (v TEXT); INSERT INTO t VALUES ('then')");
    writeFileSync(join(dataDir, 'streams/mapping.json'), 'then');
    writeFileSync(join(dataDir, 'logs/function.log'), 'a line');
    writeFileSync(join(dataDir, 'runtime.pid'), '1');
    journal().saveDefinition('{}');
    for (const name of ['running', 'ending', 'ended']) journal().begin(place(name), started(name));
    finish('ended');

    const objects = await startObjectStore({
      dataDir: join(dataDir, 'objects'),
      port: 0,
      buckets: [{ name: 'documents' }],
      credentials,
      region,
      clock,
    });
    const s3 = s3Client(objects.endpoint);
    const put = (Key: string, Body: string) =>
      s3.send(new PutObjectCommand({ Bucket: 'documents', Key, Body, ContentType: `text/${Body}` }));
    await clock.advanceBy(86_400_000);
    putFrom = clock.now() - 1000;
    await put('deleted', 'then');
    await put('overwritten', 'then');
    putUntil = clock.now();
    await clock.advanceBy(86_400_000);
    let changed: Promise<unknown> = Promise.resolve();
    const backup = createBackups({
      dataDir,
      database,
      journals: () => journal().frozen(),
      now: clock.now,
      whileObjectsRest: async (work) => {
        const result = await objects.whileAtRest(() => {
          const working = work();
          // Comes after the instant, and must wait until the objects are held fast.
          changed = Promise.all([
            put('overwritten', 'later'),
            put('new', 'later'),
            s3.send(new DeleteObjectCommand({ Bucket: 'documents', Key: 'deleted' })),
          ]);
          return working;
        });
        await changed;
        engine.exec("INSERT INTO t VALUES ('later')");
        writeFileSync(join(dataDir, 'streams/mapping.json'), 'later');
        journal().append(place('running'), entered);
        journal().append(place('ending'), entered);
        finish('ending');
        journal().begin(place('new'), started('new'));
        journal().saveDefinition('{"later": true}');
        return result;
      },
    });
    await backup(join(folder.path, 'backup'));
    engine.close();
    s3.destroy();
    await objects.stop();

    restored = join(folder.path, 'restored');
    await restoreBackup(join(folder.path, 'backup'), restored);
  });
  afterAll(async () => {
    clock.stop();
    await folder.remove();
  });

  it('is the table as it was at the instant, not as it was when it was copied', () => {
    expect(columnOf(databaseFile(restored), 'SELECT v FROM t')).toEqual(['then']);
  });

  it('is each execution as it stood then: none further, none in two places, none that began later', () => {
    const { running, finished } = createJournal(join(restored, 'stepfunctions')).load();
    expect(running.map((file) => [file.place.execution, file.records.length]).sort()).toEqual([
      ['ending', 1],
      ['running', 1],
    ]);
    expect(finished.map(({ name }) => name)).toEqual(['ended']);
    expect(readdirSync(join(restored, 'stepfunctions/definitions'))).toHaveLength(1);
  });

  it('is each object with its date and description of then, those deleted since included', async () => {
    const store = await startObjectStore({
      dataDir: join(restored, 'objects'),
      port: 0,
      buckets: [{ name: 'documents' }],
      credentials,
      region,
      clock,
    });
    const s3 = s3Client(store.endpoint);
    for (const Key of ['overwritten', 'deleted']) {
      const object = await s3.send(new GetObjectCommand({ Bucket: 'documents', Key }));
      expect(await object.Body?.transformToString()).toBe('then');
      expect(object.ContentType).toBe('text/then');
      expect(object.LastModified?.getTime()).toBeGreaterThan(putFrom);
      expect(object.LastModified?.getTime()).toBeLessThanOrEqual(putUntil);
    }
    expect(readdirSync(join(restored, 'objects/documents')).some((name) => name.startsWith('new'))).toBe(false);
    s3.destroy();
    await store.stop();
  });

  it('is every small file of then, and neither logs nor the number of a process', () => {
    expect(read(restored, 'streams/mapping.json')).toBe('then');
    expect(readdirSync(restored).sort()).toEqual(['dynamodb', 'objects', 'stepfunctions', 'streams']);
  });

  it('leaves nothing behind in the data folder', () => {
    expect(readdirSync(join(folder.path, 'data'))).not.toContain('backup-staging');
  });
});

describe('a backup of a running assembly', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let runtime: Runtime;
  const at = (name: string) => join(folder.path, name);
  beforeAll(async () => {
    folder = await temporaryFolder();
    runtime = await startSample(at('data'));
  });
  afterAll(async () => {
    await runtime.stop();
    await folder.remove();
  });

  const put = async (of: Runtime, id: string) => {
    const answer = await fetch(`${of.apiUrl}/v1/items/${encodeURIComponent(id)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'x' }),
    });
    expect(answer.status).toBe(201);
  };

  /** Keys in the table of a data folder without a runtime. */
  const keysIn = (name: string) => new Set(columnOf(databaseFile(at(name)), 'SELECT pk FROM "table"').map(keyOf));
  /** The engine writes its type before a key. */
  const keyOf = (stored: string) => stored.replace(/^S:/, '');

  it('has everything that was answered before, and goes on with what was under way', async () => {
    const sfn = new SFNClient({ endpoint: runtime.endpoints.stepFunctions, region, credentials });
    const stateMachineArn = runtime.model.stateMachines.find(({ arn }) => !arn.endsWith(':named'))?.arn;
    const start = (name: string, until: number) =>
      sfn.send(
        new StartExecutionCommand({
          stateMachineArn,
          name,
          input: JSON.stringify({ until: new Date(until).toISOString(), id: `MACHINE#${name}` }),
        }),
      );
    const answered: string[] = [];
    let over = false;
    const load = async (worker: string) => {
      for (let i = 0; !over; i++) {
        await put(runtime, `OUT#${worker}${i}`);
        answered.push(`OUT#${worker}${i}`);
        await start(`${worker}${i}`, runtime.clock.now());
      }
    };
    const tomorrow = runtime.clock.now() + 86_400_000;
    await start('tomorrow', tomorrow);
    const loading = ['a', 'b'].map(load);
    while (answered.length < 30) await new Promise((done) => setTimeout(done, 5));

    const before = [...answered];
    await backupOf(at('data'), at('backup'));
    over = true;
    await Promise.all(loading);
    sfn.destroy();
    await restoreBackup(at('backup'), at('restored'));
    const kept = keysIn('restored');
    expect(before.filter((key) => !kept.has(key))).toEqual([]);

    // Journals and table are of one instant: what an execution wrote down as done is in the table, and what stands in the
    // table of an execution was written down as begun.
    const { running, finished } = createJournal(join(at('restored'), 'stepfunctions')).load();
    const names = [...finished.map(({ name }) => name), ...running.map((file) => file.place.execution)];
    expect(finished.filter(({ name }) => !kept.has(`MACHINE#${name}`))).toEqual([]);
    const written = [...kept].filter((key) => key.startsWith('MACHINE#')).map((key) => key.slice('MACHINE#'.length));
    expect(written.filter((name) => !names.includes(name))).toEqual([]);
    expect(finished.length).toBeGreaterThan(5);

    const second = await startSample(at('restored'));
    await second.settled();
    await second.clock.advanceTo(tomorrow);
    await second.settled();
    expect(new Set(second.executions().map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
    expect(second.deadLetters()).toEqual([]);
    await second.stop();
    const done = keysIn('restored');
    expect(done.has('MACHINE#tomorrow')).toBe(true);
    const undone = [...kept].filter((key) => key.startsWith('OUT#') && !done.has(key.replace('OUT#', 'DONE#')));
    expect(undone).toEqual([]);
  });

  it('is taken by the runtime, one at a time, into a folder that it is told by its whole name', async () => {
    const ask = (order: object) =>
      fetch(`${runtime.controlUrl}/backup`, { method: 'POST', body: JSON.stringify(order) });
    const answers = await Promise.all([ask({ to: at('first') }), ask({ to: at('second') })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await ask({ to: 'first' })).status).toBe(400);
  });

  it('is refused into a folder that holds something, and leaves that as it is', async () => {
    mkdirSync(at('full'));
    writeFileSync(at('full/letter'), 'mine');
    await expect(backupOf(at('data'), at('full'))).rejects.toThrow('is not empty');
    expect(readdirSync(at('full'))).toEqual(['letter']);
    await expect(backupOf(at('data'), at('data/inside'))).rejects.toThrow('part of what is backed up');
    expect(existsSync(at('data/inside'))).toBe(false);
  });

  it('is readable for its owner only, because keys and identities lie in it', async () => {
    await runtime.backup(at('private'));
    expect(statSync(at('private')).mode & 0o077).toBe(0);
    const open = readdirSync(at('private'), { recursive: true }).filter(
      (name) => statSync(join(at('private'), String(name))).mode & 0o077,
    );
    expect(open).toEqual([]);
  });

  it('can also be taken of a system that is not running, and is the same then', async () => {
    await runtime.clock.advanceBy(1000);
    await runtime.stop();
    await backupOf(at('data'), at('at-rest'));
    await restoreBackup(at('at-rest'), at('again'));
    expect(keysIn('again')).toEqual(keysIn('data'));
    expect(readdirSync(join(at('again'), 'stepfunctions')).sort()).toEqual(
      readdirSync(join(at('data'), 'stepfunctions')).sort(),
    );
    await expect(backupOf(at('nowhere'), at('nothing'))).rejects.toThrow('holds no system');
  });

  describe('is not restored', () => {
    const damaged = (name: string, damage: (backup: string) => void) => {
      cpSync(at('at-rest'), at(name), { recursive: true });
      damage(at(name));
      return restoreBackup(at(name), at(`${name}-restored`));
    };
    const manifest = (change: (text: string) => string) => (backup: string) =>
      writeFileSync(join(backup, 'manifest.json'), change(read(backup, 'manifest.json')));
    const cases: [string, (backup: string) => void, string][] = [
      [
        'with one bit of the table changed',
        (backup) => {
          const bytes = readFileSync(databaseFile(backup));
          bytes[5000] = (bytes[5000] ?? 0) ^ 1;
          writeFileSync(databaseFile(backup), bytes);
        },
        'dynamodb/tables.sqlite is not what was backed up',
      ],
      [
        'with a file cut short',
        (backup) => writeFileSync(join(backup, 'clock.json'), ''),
        'clock.json has 0 bytes instead of',
      ],
      [
        'without one of its files',
        (backup) => rmSync(join(backup, 'identity/issuer-keys.json')),
        'keys.json is missing',
      ],
      ['without its manifest', (backup) => rmSync(join(backup, 'manifest.json')), 'holds no finished backup'],
      ['with half a manifest', manifest((text) => text.slice(0, text.length / 2)), 'manifest.json is damaged'],
      ['with a changed manifest', manifest((text) => text.replace(/"modified": \d/, '"modified": 9')), 'is damaged'],
      [
        'with a path that leads out of it',
        manifest((text) => text.replace('clock.json', '../clock.json')),
        'is damaged',
      ],
      [
        'by a program of another version',
        manifest((text) => text.replace('"version": 1', '"version": 2')),
        'version 2',
      ],
    ];
    it.each(cases)('%s', async (name, damage, reason) => {
      await expect(damaged(name, damage)).rejects.toThrow(reason);
      expect(existsSync(at(`${name}-restored`))).toBe(false);
      expect(existsSync(at(`${name}-restored.restoring`))).toBe(false);
    });

    it('into a folder that holds something', async () => {
      await expect(restoreBackup(at('at-rest'), at('full'))).rejects.toThrow('is not empty');
      expect(readdirSync(at('full'))).toEqual(['letter']);
    });

    it('but into an empty one it is', async () => {
      mkdirSync(at('empty'));
      await restoreBackup(at('at-rest'), at('empty'));
      expect(keysIn('empty')).toEqual(keysIn('data'));
    });
  });
});
