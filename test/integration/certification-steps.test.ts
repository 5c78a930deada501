import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { takeTask } from '../../core/inbox/holding.ts';
import { decideTask, lapseTask } from '../../core/inbox/open-task.ts';
import type { Task, TaskDecision } from '../../core/inbox/task.ts';
import type { OrganisationKind } from '../../core/registry/organisation.ts';
import { makeDecideTask } from '../../core/usecases/inbox/decide-task.ts';
import { decideAndCommit } from '../../functions/_runtime/commit.ts';
import { idsOf } from '../../functions/_runtime/ids.ts';
import { createSteps } from '../../functions/_runtime/steps.ts';
import { certificationSteps } from '../../functions/certification-steps/steps.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import {
  captureLog,
  certificationOf,
  dump,
  FRIDAY,
  idOf,
  memberOf,
  organisationOf,
  portsOf,
  writtenSince,
} from '../support/registry-world.ts';

let engine: Engine;
let steps: ReturnType<typeof createSteps>;
let log: ReturnType<typeof captureLog>;
let number = 0;

beforeAll(async () => {
  engine = await startEngine();
  const { store } = engine;
  steps = createSteps('certification-review', { store, now: () => FRIDAY, steps: certificationSteps(portsOf(engine)) });
});
afterAll(() => engine.stop());
beforeEach(() => {
  log = captureLog();
});
afterEach(() => log.restore());

const origin = (sub = 'seed') => {
  number += 1;
  return { actor: { sub, role: 'system' as const }, at: FRIDAY, requestId: `req-${number}` };
};

interface Applied {
  readonly execution: string;
  readonly certificationId: string;
  readonly organisationId: string;
}

async function applied(kind: OrganisationKind): Promise<Applied> {
  number += 1;
  const certificationId = idOf('crt', number);
  const organisation = organisationOf(number, { kind, status: 'submitted', certificationId });
  const certification = certificationOf(organisation, number, 'applicant');
  const committed = await engine.store.commit(
    [
      { do: 'create', entity: 'organisation', value: organisation },
      { do: 'create', entity: 'certification', value: certification },
    ],
    origin(),
  );
  expect(committed).toEqual({ ok: true });
  return { execution: `evt_${number}`, certificationId, organisationId: organisation.id };
}

const call = (step: string, execution: string, input: object, token?: string, entered = 'once') =>
  steps(
    { step, execution, state: step, entered, input, ...(token ? { token } : {}) },
    { awsRequestId: origin().requestId },
  ) as Promise<Record<string, string>>;

const taskOf = async (id = ''): Promise<Task> => {
  const task = await engine.store.get('task', { id });
  if (!task) throw new Error(`no task ${id}`);
  return task;
};

const command = (seed: string) => ({ at: FRIDAY, newId: idsOf(seed) });
const decisionBy = (sub: string, outcome: string, fields: Partial<TaskDecision> = {}): TaskDecision => ({
  outcome,
  reasons: [],
  decidedBy: sub,
  decidedAt: FRIDAY,
  ...fields,
});

/** A person's decision, past the use case: only the storage's condition stands in its way. */
const decide = (task: Task, decision: TaskDecision) =>
  engine.store.commit(
    decideTask(task, decision, command(`${task.id}|${decision.decidedBy}`)),
    origin(decision.decidedBy),
  );

const lapse = (task: Task) => engine.store.commit(lapseTask(task, command(`lapse|${task.id}`)), origin());

/** What the outbox holds for a token: the answer that the relay carries to the execution. */
const answersTo = async (token: string) =>
  (await dump(engine))
    .map((item) => JSON.parse(item).event)
    .filter((event) => event?.type === 'task-answered' && event.token === token)
    .map(({ output }) => output);

type Word = 'approve' | 'return' | 'reject' | 'overdue';

/** Opens a level, lets a person (or the clock) answer, applies it; what the machine's Choice then looks at. */
async function level(name: 'city' | 'regional', of: Applied, word: Word, by = `${name}-reviewer`) {
  const token = `token-${name}-${of.execution}`;
  const { taskId } = await call(`open-${name}-review`, of.execution, { certificationId: of.certificationId }, token);
  const task = await taskOf(taskId);
  const reasons = word === 'return' ? [{ pointer: '/documents/idCardBack', reasonCode: 'document-illegible' }] : [];
  const fields = word === 'reject' ? { reasonCode: 'bad-credit', note: '有不良信用记录' } : { reasons };
  const committed = word === 'overdue' ? await lapse(task) : await decide(task, decisionBy(by, word, fields));
  expect(committed).toEqual({ ok: true });
  const [answer] = await answersTo(token);
  expect(answer).toEqual({ taskId, outcome: word });
  const input = { certificationId: of.certificationId, decision: answer };
  const applied = await call(`apply-${name}-review`, of.execution, input);
  expect(applied.certificationId).toBe(of.certificationId);
  return { task, next: applied.next, input };
}

const outcomeOf = async ({ certificationId, organisationId }: Applied) => ({
  certification: await engine.store.get('certification', { id: certificationId }),
  organisation: await engine.store.get('organisation', { id: organisationId }),
});

/** Each row of `statemachines/certification-review.md`: words in the table, and what happens. */
const paths: readonly [path: string, exit: string, kind: OrganisationKind, city: Word, region?: Word][] = [
  ['enterprise, city approves', 'Certified', 'enterprise', 'approve'],
  ['enterprise, city returns with reasons per field', 'Returned', 'enterprise', 'return'],
  ['enterprise, city rejects', 'Rejected', 'enterprise', 'reject'],
  ['enterprise, city lets the time limit pass, region approves', 'Certified', 'enterprise', 'overdue', 'approve'],
  ['enterprise, city lets the time limit pass, region returns', 'Returned', 'enterprise', 'overdue', 'return'],
  ['enterprise, city lets the time limit pass, region rejects', 'Rejected', 'enterprise', 'overdue', 'reject'],
  ['provider, city recommends, region selects and files', 'Certified', 'provider', 'approve', 'approve'],
  ['provider, city recommends, region returns', 'Returned', 'provider', 'approve', 'return'],
  ['provider, city recommends, region rejects', 'Rejected', 'provider', 'approve', 'reject'],
  ['provider, city returns', 'Returned', 'provider', 'return'],
  ['provider, city rejects', 'Rejected', 'provider', 'reject'],
  ['provider, city lets the time limit pass, region selects', 'Certified', 'provider', 'overdue', 'approve'],
];
const exits = {
  Certified: { next: 'approved', certification: 'approved', organisation: 'certified' },
  Returned: { next: 'returned', certification: 'returned', organisation: 'returned' },
  Rejected: { next: 'rejected', certification: 'rejected', organisation: 'rejected' },
} as const;

describe('each path of the machine', () => {
  test('is a row of its page, and each row is a path', () => {
    const page = readFileSync('statemachines/certification-review.md', 'utf8');
    const rows = [...page.matchAll(/^\| (.+?) \| `(\w+)` \|$/gm)].map(([, path, exit]) => [path, exit]);
    expect(rows).toEqual(paths.map(([path, exit]) => [path, exit]));
  });

  test('staff who belong to the applicant, or once did, do not decide on it', async () => {
    const of = await applied('provider');
    const organisation = organisationOf(number, { id: of.organisationId, kind: 'provider' });
    const members = [
      memberOf(organisation, 'moonlighting-reviewer', 'clerk'),
      { ...memberOf(organisation, 'former-clerk', 'clerk'), removedAt: FRIDAY },
    ];
    await engine.store.commit(
      members.map((value) => ({ do: 'create' as const, entity: 'member' as const, value })),
      origin(),
    );
    for (const step of ['open-city-review', 'open-regional-review']) {
      const { taskId } = await call(step, of.execution, { certificationId: of.certificationId }, `token-${step}`);
      const { excluded } = await taskOf(taskId);
      expect(excluded).toEqual(expect.arrayContaining(['applicant', 'moonlighting-reviewer', 'former-clerk']));
    }
  });

  test.each(paths)('%s: %s', async (_path, exit, kind, cityWord, regionWord) => {
    const of = await applied(kind);
    const city = await level('city', of, cityWord);
    expect(city.task).toMatchObject({
      kind: kind === 'provider' ? 'provider-recommendation' : 'enterprise-certification',
      role: 'city-reviewer',
      jurisdiction: '150200',
      dueOn: '2026-10-30',
      excluded: ['applicant'],
      executionName: of.execution,
    });
    expect((await outcomeOf(of)).certification?.cityDueOn).toBe('2026-10-30');
    let last = city;
    if (regionWord) {
      expect(city.next).toBe('region');
      expect((await outcomeOf(of)).certification?.status).toBe('regional-review');
      expect((await outcomeOf(of)).organisation?.status).toBe('submitted');
      last = await level('regional', of, regionWord);
      expect(last.task).toMatchObject({
        kind: kind === 'provider' ? 'provider-selection' : 'enterprise-certification',
        role: 'regional-officer',
        excluded: ['applicant', ...(cityWord === 'overdue' ? [] : ['city-reviewer'])],
      });
      // There is no level above: a day by which it is expected, past which nothing happens by itself.
      expect(last.task).toMatchObject({ expectedBy: '2026-10-30' });
      expect(last.task.dueOn).toBeUndefined();
      expect((await outcomeOf(of)).certification?.regionExpectedBy).toBe('2026-10-30');
    }
    const expected = exits[exit as keyof typeof exits];
    expect(last.next).toBe(expected.next);
    const { certification, organisation } = await outcomeOf(of);
    expect(certification?.status).toBe(expected.certification);
    expect(organisation?.status).toBe(expected.organisation);
    expect(certification?.reasons).toHaveLength(exit === 'Returned' ? 1 : 0);
    expect(organisation?.certifiedAt).toBe(exit === 'Certified' ? FRIDAY : undefined);
    // Only a provider that the region selected is filed under a record number (clause 二-(二)).
    if (exit === 'Certified' && kind === 'provider') {
      expect(organisation?.recordNumber).toMatch(/^NMYF-2026-[0-9A-Z]{8}$/);
      expect(await engine.store.uniqueOwner('record-number', organisation?.recordNumber ?? '')).toBe(of.organisationId);
    } else expect(organisation?.recordNumber).toBeUndefined();
  });
});

describe('retries', () => {
  test('a step called again for the same visit of its state has its answer for good and writes nothing', async () => {
    const of = await applied('provider');
    const city = await level('city', of, 'approve');
    const region = await level('regional', of, 'approve');
    const before = await dump(engine);
    expect(await call('apply-city-review', of.execution, city.input)).toMatchObject({ next: city.next });
    expect(await call('apply-regional-review', of.execution, region.input)).toMatchObject({ next: region.next });
    expect(await writtenSince(engine, before)).toEqual([]);
  });

  test('a step whose effect is there already, in another visit, succeeds without a second one', async () => {
    const of = await applied('enterprise');
    const { input } = await level('city', of, 'approve');
    const before = await outcomeOf(of);
    expect(await call('apply-city-review', of.execution, input, undefined, 'again')).toMatchObject({
      next: 'approved',
    });
    expect(await outcomeOf(of)).toEqual(before);
  });

  test('a step called ten times at once has one effect', async () => {
    const of = await applied('provider');
    await level('city', of, 'approve');
    const { taskId } = await call(
      'open-regional-review',
      of.execution,
      { certificationId: of.certificationId },
      'once-only',
    );
    await decide(await taskOf(taskId), decisionBy('region', 'approve'));
    const input = { certificationId: of.certificationId, decision: { taskId, outcome: 'approve' } };
    const all = await Promise.all(Array.from({ length: 10 }, () => call('apply-regional-review', of.execution, input)));
    expect(new Set(all.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await outcomeOf(of)).certification?.version).toBe(5);
  });

  test('a waiting step that is retried keeps its task and renews the token', async () => {
    const of = await applied('enterprise');
    const input = { certificationId: of.certificationId };
    const { taskId } = await call('open-city-review', of.execution, input, 'token-1');
    expect(await call('open-city-review', of.execution, input, 'token-1')).toEqual({ taskId });
    expect(await taskOf(taskId)).toMatchObject({ token: 'token-1', version: 1 });
    expect(await call('open-city-review', of.execution, input, 'token-2')).toEqual({ taskId });
    expect(await taskOf(taskId)).toMatchObject({ token: 'token-2', version: 2, status: 'open' });
    const taken = takeTask(await taskOf(taskId), { sub: 'city', name: '王工', at: FRIDAY });
    expect(await engine.store.commit(taken.changes, origin('city'))).toEqual({ ok: true });
    expect(await call('open-city-review', of.execution, input, 'token-3')).toEqual({ taskId });
    expect(await taskOf(taskId)).toMatchObject({ token: 'token-3', version: 4, heldBy: 'city', heldByName: '王工' });
    await decide(await taskOf(taskId), decisionBy('city', 'approve'));
    expect(await answersTo('token-1')).toEqual([]);
    expect(await answersTo('token-3')).toEqual([{ taskId, outcome: 'approve' }]);
  });

  test('a decision that is faster than the retry answers each new token at once', async () => {
    const of = await applied('enterprise');
    const input = { certificationId: of.certificationId };
    const { taskId } = await call('open-city-review', of.execution, input, 'fast-1');
    await decide(await taskOf(taskId), decisionBy('city', 'approve'));
    for (const token of ['fast-2', 'fast-3']) {
      await call('open-city-review', of.execution, input, token);
      expect(await answersTo(token)).toEqual([{ taskId, outcome: 'approve' }]);
    }
    expect(await taskOf(taskId)).toMatchObject({
      status: 'decided',
      decision: { decidedBy: 'city', outcome: 'approve' },
    });
  });

  test('a decision and a retry at the same moment never leave the newest token unanswered', async () => {
    for (let round = 0; round < 8; round++) {
      const of = await applied('enterprise');
      const input = { certificationId: of.certificationId };
      const { taskId } = await call('open-city-review', of.execution, input, `race-${round}-1`);
      const deciding = makeDecideTask({ reads: engine.store, executions: { isRunning: async () => true } });
      const actor = { sub: 'city', role: 'city-reviewer' as const, jurisdiction: '150200' as const };
      await Promise.all([
        call('open-city-review', of.execution, input, `race-${round}-2`),
        decideAndCommit(engine.store, { ...origin(), actor }, () =>
          deciding(
            { taskId: taskId ?? '', fields: { outcome: 'approve', reasons: [] } },
            { ...command(`r-${round}`), actor },
          ),
        ),
      ]);
      expect((await taskOf(taskId)).status).toBe('decided');
      expect(await answersTo(`race-${round}-2`)).toEqual([{ taskId, outcome: 'approve' }]);
    }
  });

  test('another visit of a waiting state is another task', async () => {
    const of = await applied('enterprise');
    const input = { certificationId: of.certificationId };
    const first = await call('open-city-review', of.execution, input, 'visit-1', '10:00');
    const second = await call('open-city-review', of.execution, input, 'visit-2', '11:00');
    expect(first.taskId).not.toBe(second.taskId);
  });
});

describe('the two-person rule', () => {
  test('is in the storage condition: whoever decided for the city does not decide for the region', async () => {
    const of = await applied('provider');
    await level('city', of, 'approve', 'both-hats');
    const { taskId } = await call(
      'open-regional-review',
      of.execution,
      { certificationId: of.certificationId },
      'hats',
    );
    const task = await taskOf(taskId);
    const before = await dump(engine);
    for (const sub of ['both-hats', 'applicant']) {
      expect(await decide(task, decisionBy(sub, 'approve'))).toMatchObject({
        reason: 'condition',
        failure: { rule: 'same-person' },
      });
    }
    expect(await writtenSince(engine, before)).toEqual([]);
    expect(await decide(task, decisionBy('another', 'approve'))).toEqual({ ok: true });
  });

  test('of two people who decide at the same moment one does, and the execution hears one', async () => {
    for (let round = 0; round < 8; round++) {
      const of = await applied('enterprise');
      const token = `two-${round}`;
      const { taskId } = await call('open-city-review', of.execution, { certificationId: of.certificationId }, token);
      const task = await taskOf(taskId);
      const both = await Promise.all([
        decide(task, decisionBy('a', 'approve')),
        decide(task, decisionBy('b', 'reject')),
      ]);
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      const decided = await taskOf(taskId);
      expect(await answersTo(token)).toEqual([{ taskId, outcome: decided.decision?.outcome }]);
    }
  });

  test('a decision and the end of the time limit at the same moment: one of them counts', async () => {
    const of = await applied('enterprise');
    const { taskId } = await call('open-city-review', of.execution, { certificationId: of.certificationId }, 'limit');
    const task = await taskOf(taskId);
    const both = await Promise.all([lapse(task), decide(task, decisionBy('city', 'approve'))]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await answersTo('limit')).toHaveLength(1);
  });
});

describe('what goes wrong', () => {
  const failure = (promise: Promise<unknown>) => promise.then(() => undefined).catch((error: Error) => error);

  test('an unknown step, and a certification that does not exist, are not tried again', async () => {
    const before = await dump(engine);
    expect((await failure(call('dance', 'e', {})))?.name).toBe('RetryNone');
    const input = { certificationId: idOf('crt', 99_999) };
    expect(await failure(call('open-city-review', 'e', input, 't'))).toMatchObject({
      name: 'RetryNone',
      message: 'not-found',
    });
    const decision = { taskId: idOf('tsk', 1), outcome: 'approve' };
    expect(await failure(call('apply-city-review', 'e', { ...input, decision }))).toMatchObject({ name: 'RetryNone' });
    expect(await writtenSince(engine, before)).toEqual([]);
  });

  test('an application in another state is not decided again', async () => {
    const of = await applied('enterprise');
    await level('city', of, 'reject');
    const { taskId } = await call(
      'open-city-review',
      of.execution,
      { certificationId: of.certificationId },
      'late',
      'later',
    );
    await decide(await taskOf(taskId), decisionBy('city', 'approve'));
    const input = { certificationId: of.certificationId, decision: { taskId, outcome: 'approve' } };
    expect(await failure(call('apply-city-review', of.execution, input, undefined, 'later'))).toMatchObject({
      name: 'RetryNone',
      message: 'wrong-state',
    });
    expect((await outcomeOf(of)).certification?.status).toBe('rejected');
  });

  test('a storage that is busy or away is tried again without end, also at the first read', async () => {
    const of = await applied('enterprise');
    const errors = [
      { name: 'ThrottlingException' },
      { name: 'ProvisionedThroughputExceededException' },
      { name: 'Error', code: 'ECONNREFUSED' },
    ];
    for (const [i, error] of errors.entries()) {
      const endOutage = engine.intercept(() => Promise.reject(Object.assign(new Error('away'), error)));
      try {
        const input = { certificationId: of.certificationId };
        expect((await failure(call('open-city-review', of.execution, input, `away-${i}`)))?.name).toBe(
          'RetryUnlimited',
        );
        const decision = { taskId: 'tsk', outcome: 'approve' };
        expect((await failure(call('apply-city-review', of.execution, { ...input, decision })))?.name).toBe(
          'RetryUnlimited',
        );
      } finally {
        endOutage();
      }
    }
    await level('city', of, 'approve');
  });
});
