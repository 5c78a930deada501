import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Graph, layOut } from '../../local/operations/graph.ts';
import { readLog } from '../../local/operations/logs.ts';
import { marksOf } from '../../local/operations/marks.ts';
import { parseStored } from '../../local/stepfunctions/definition.ts';
import { type Bench, functionArn, functionError, LAMBDA_TOKEN, openBench } from '../support/step-functions.ts';

const folder = join(import.meta.dirname, '../../statemachines');
const task = (name: string, more = {}) => ({ Type: 'Task', Resource: functionArn(name), ...more });

const overlapping = ({ nodes }: Graph) =>
  nodes.flatMap((a, i) =>
    nodes
      .slice(i + 1)
      .filter(
        (b) =>
          !a.path.startsWith(`${b.path}/`) &&
          !b.path.startsWith(`${a.path}/`) &&
          a.x < b.x + b.width &&
          b.x < a.x + a.width &&
          a.y < b.y + b.height &&
          b.y < a.y + a.height,
      )
      .map((b) => [a.path, b.path]),
  );

describe('the drawing of a state machine', () => {
  it('has every state of every workflow once, and none over another', async () => {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.asl.json'));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const text = await readFile(join(folder, file), 'utf8');
      const graph = layOut(parseStored(file, text));
      const states = [...text.matchAll(/"Type":\s*"\w+"/g)].length;
      expect(new Set(graph.nodes.map(({ path }) => path)).size, file).toBe(states);
      expect(overlapping(graph), file).toEqual([]);
    }
  });

  it('puts branches inside their state, and leads a catch apart from what comes next', () => {
    const branch = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
    const graph = layOut({
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [branch('Left'), branch('Right')] as never,
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Sorry' }],
          Next: 'Fine',
        },
        Fine: { Type: 'Succeed' },
        Sorry: { Type: 'Fail' },
      },
    });
    const both = graph.nodes.find(({ path }) => path === 'Both');
    expect(both?.holds).toBe(true);
    for (const path of ['Both/0/Left', 'Both/1/Right']) {
      const inner = graph.nodes.find((node) => node.path === path);
      expect(inner?.x).toBeGreaterThanOrEqual(both?.x ?? 0);
      expect((inner?.x ?? 0) + (inner?.width ?? 0)).toBeLessThanOrEqual((both?.x ?? 0) + (both?.width ?? 0));
      expect((inner?.y ?? 0) + (inner?.height ?? 0)).toBeLessThanOrEqual((both?.y ?? 0) + (both?.height ?? 0));
    }
    expect(graph.edges.map(({ from, to, kind }) => [from, to, kind])).toEqual([
      ['Both', 'Fine', 'next'],
      ['Both', 'Sorry', 'catch'],
    ]);
  });
});

describe('what happened in each state', () => {
  let bench: Bench;
  let fails = true;
  beforeAll(async () => {
    bench = await openBench(
      {
        flow: {
          StartAt: 'Shaky',
          States: {
            Shaky: task('shaky', {
              Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 1 }],
              Catch: [{ ErrorEquals: ['Lost'], Next: 'Each' }],
              End: true,
            }),
            Each: {
              Type: 'Map',
              ItemsPath: '$$.Execution.Input.items',
              ItemProcessor: { StartAt: 'One', States: { One: task('one', { End: true }) } },
              ResultPath: null,
              Next: 'Ask',
            },
            Ask: {
              Type: 'Task',
              Resource: LAMBDA_TOKEN,
              Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } },
              End: true,
            },
          },
        },
      },
      {
        shaky: () => {
          const type = fails ? 'Again' : 'Lost';
          fails = false;
          throw functionError(type);
        },
        one: (item: number) => {
          if (item < 0) throw functionError('Negative');
          return item;
        },
        ask: () => null,
      },
    );
  });
  afterAll(() => bench.close());

  it('is told for states retried, caught, repeated, waiting, and stopped', async () => {
    const arn = await bench.start('flow', { items: [1, 2, 3] });
    await bench.pass(5);
    const { inspect } = bench.service;
    const marks = () => marksOf(inspect.records(arn), inspect.describe(arn).status);
    expect(marks()).toEqual({
      Shaky: { status: 'caught', visits: 1, retries: 1 },
      Each: { status: 'done', visits: 1, retries: 0 },
      'Each/0/One': { status: 'done', visits: 3, retries: 0 },
      Ask: { status: 'current', visits: 1, retries: 0 },
    });
    expect(inspect.standing(arn)).toMatchObject([
      { state: 'Ask', task: { submitted: true, token: expect.any(String) } },
    ]);
    inspect.abort(arn);
    expect(marks().Ask?.status).toBe('stopped');
    expect(inspect.standing(arn)).toEqual([]);
  });

  it('is told for the state in which an execution failed, inside and out', async () => {
    const arn = await bench.start('flow', { items: [1, -1] });
    await bench.settled();
    const { inspect } = bench.service;
    expect(marksOf(inspect.records(arn), inspect.describe(arn).status)).toMatchObject({
      Shaky: { status: 'caught' },
      Each: { status: 'failed' },
      'Each/0/One': { status: 'failed', visits: 2 },
    });
  });
});

describe('the end of a log', () => {
  it('is read by entries, with lines that belong together, by request id or text', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'dengyun-logs-'));
    const file = join(dir, 'a.log');
    expect(await readLog(file)).toEqual([]);
    await writeFile(
      file,
      [
        '2026-01-01T00:00:00.000Z\tr-1\tINFO\tfirst',
        '2026-01-01T00:00:01.000Z\tr-2\tERROR\tsecond',
        '    at somewhere',
        '2026-01-01T00:00:02.000Z\t-\tINFO\tabout r-1',
        '{"at":"2026-01-01T00:00:03.000Z","message":"from the runtime","requestId":"r-2","error":"x"}',
        '',
      ].join('\n'),
    );
    const entries = await readLog(file);
    expect(entries).toHaveLength(4);
    expect(entries[1]).toMatchObject({ level: 'ERROR', requestId: 'r-2', text: 'second\n    at somewhere' });
    expect(entries[3]).toMatchObject({ requestId: 'r-2', text: 'from the runtime {"error":"x"}' });
    expect((await readLog(file, 'r-1')).map(({ text }) => text)).toEqual(['first', 'about r-1']);

    const line = '2026-01-01T00:00:00.000Z\tr-1\tINFO\t';
    await writeFile(file, `${line}begin\n${`${line}${'x'.repeat(1000)}\n`.repeat(2000)}${line}end\n`);
    const last = await readLog(file);
    expect(last).toHaveLength(500);
    expect(last.at(-1)?.text).toBe('end');
    await rm(dir, { recursive: true });
  });
});
