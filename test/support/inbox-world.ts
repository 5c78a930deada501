import { expect } from 'vitest';
import type { AnyRouteContract } from '../../contracts/route.ts';
import type { Task } from '../../core/inbox/task.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { inboxApi } from '../../functions/inbox-api/routes/tasks.ts';
import { type Engine, startEngine } from './engine.ts';
import { type Answered, type Call, type Caller, call } from './http-event.ts';
import { expectProblem } from './problem.ts';
import { dump, FRIDAY, idOf, portsOf, writtenSince } from './registry-world.ts';

/** The inbox behind its routes, with the tasks that a test opens. */
export interface InboxWorld {
  readonly engine: Engine;
  /** Executions that have ended, by name: nobody waits for their tasks. */
  readonly ended: Set<string>;
  ask(contract: AnyRouteContract, caller: Caller | undefined, what?: Call): Promise<Answered>;
  /** Asks for what is accepted, and gives the answer's body. */
  does(contract: AnyRouteContract, caller: Caller, what?: Call): Promise<Answered['body']>;
  /** Asks for what is refused by this status and code, and leaves nothing behind. */
  refuses(
    by: readonly [status: number, code: string],
    contract: AnyRouteContract,
    caller: Caller | undefined,
    what?: Call,
  ): Promise<Answered>;
  /** A task for city reviewers of Baotou, or as `fields` say. */
  opened(fields?: Partial<Task>): Promise<Task>;
}

export async function openInboxWorld(): Promise<InboxWorld> {
  const engine = await startEngine();
  const ended = new Set<string>();
  const executions = { isRunning: async ({ executionName }: { executionName: string }) => !ended.has(executionName) };
  const api = createApi({ store: engine.store, now: () => FRIDAY, routes: inboxApi(portsOf(engine), executions) });
  let number = 0;
  const ask: InboxWorld['ask'] = (contract, caller, what = {}) => call(api, contract, caller, what);
  return {
    engine,
    ended,
    ask,
    async does(contract, caller, what) {
      const answered = await ask(contract, caller, what);
      expect([answered.status, answered.body?.code]).toEqual([200, undefined]);
      return answered.body;
    },
    async refuses([status, code], contract, caller, what) {
      const before = await dump(engine);
      const answered = await ask(contract, caller, what);
      expectProblem(answered, status, code);
      expect(await writtenSince(engine, before)).toEqual([]);
      return answered;
    },
    async opened(fields = {}) {
      number += 1;
      const task: Task = {
        id: idOf('tsk', number),
        version: 1,
        createdAt: FRIDAY + number,
        updatedAt: FRIDAY + number,
        kind: 'enterprise-certification',
        status: 'open',
        role: 'city-reviewer',
        jurisdiction: '150200',
        subject: { entity: 'certification', id: idOf('crt', number), label: '包头第一机械厂' },
        dueOn: '2026-10-30',
        excluded: ['the-applicant'],
        token: `secret-token-${number}`,
        executionName: `execution-${number}`,
        ...fields,
      };
      const origin = { actor: { sub: 'seed', role: 'system' as const }, at: FRIDAY, requestId: `seed-${number}` };
      expect(await engine.store.commit([{ do: 'create', entity: 'task', value: task }], origin)).toEqual({ ok: true });
      return task;
    },
  };
}
