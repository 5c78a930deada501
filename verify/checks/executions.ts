import type { WorkflowName } from '../../core/ports/events.ts';
import type { Check } from '../check.ts';
import { type Finding, findingsOf } from '../finding.ts';
import type { Stored } from '../stored.ts';
import type { ExecutionFacts, VerifiedSystem } from '../system.ts';

const finding = findingsOf('executions', {
  missing: {
    zh: '处于 {status}，应有流程 {workflow} 在运行，而没有（最近一次结束为 {ended}）。',
    en: 'It is {status}, which the workflow {workflow} drives, and no execution of it is running (the last one ended: {ended}).',
    repairZh: '排除失败原因后，以同样的输入和新的名称重新启动该流程；已完成的步骤不会重做。',
    repairEn:
      'Mend the cause and start the workflow under a new name with the same input; steps that are done are not done again.',
  },
  idle: {
    zh: '流程 {workflow} 在运行，而其对象{subject}不处于该流程推进的状态。',
    en: 'The workflow {workflow} is running, and {subject} is in no state that it drives.',
    repairZh: '查看该执行的历史；若对象已结束，停止该执行。',
    repairEn: 'See its history; if what it is about has ended, stop it.',
  },
  unasked: {
    zh: '流程 {workflow} 已运行 {minutes} 分钟，既不等待时间，也没有待办任务。',
    en: 'The workflow {workflow} has run for {minutes} minutes, and neither waits for a time nor has a task in an inbox.',
    repairZh: '查看该执行的历史和步骤函数的日志；步骤在重试时会自行继续。',
    repairEn: 'See its history and the log of its steps; a step that is being retried goes on by itself.',
  },
  asked: {
    zh: '待办任务（{kind}）没有在等待它的执行：任何决定都不会有后果。',
    en: 'An open task ({kind}) has no execution that waits for it: whatever is decided has no effect.',
    repairZh: '重新启动其流程；旧任务由流程或运维取消。',
    repairEn: 'Start its workflow again; the old task is cancelled by it or by the operators.',
  },
});

/** What is committed is started within seconds; what a step does, within minutes. Milliseconds. */
const STARTING = 60_000;
const WORKING = 15 * 60_000;
/** This workflow waits for a time, with no task. */
const WAITS_FOR_TIME: WorkflowName = 'publicity-window';

/** What a workflow is to be about, and who is meant: one execution for any of the subjects is enough. */
interface Driven {
  readonly workflow: WorkflowName;
  readonly subjects: readonly string[];
  readonly where: string;
  readonly status: string;
  readonly since: number;
}

interface OpenTask {
  readonly id: string;
  readonly kind: string;
  readonly executionName: string;
  readonly since: number;
}

/**
 * Whatever a workflow drives has its execution, and the other way round; whoever is asked is waited for. Executions of
 * the same subject are told apart by what their input names.
 */
export function executions(): Check {
  const driven: Driven[] = [];
  const tasks: OpenTask[] = [];
  const objections = new Map<string, string[]>();

  return {
    see(stored) {
      if (stored.kind !== 'entity') return;
      if (stored.entity === 'task' && stored.value.status === 'open') {
        const { id, kind, executionName, createdAt: since } = stored.value;
        tasks.push({ id, kind, executionName, since });
      }
      if (stored.entity === 'objection' && stored.value.status === 'open') {
        // Further objections to an item are decided with the first.
        const { claimItemId, id } = stored.value;
        objections.set(claimItemId, [...(objections.get(claimItemId) ?? []), id]);
      }
      const one = drivenBy(stored);
      if (one) driven.push(one);
    },
    async *judge(system, now) {
      const { running, failed } = await lookAtExecutions(system);
      const subjects = [...driven, ...driveObjections(objections)];
      const due = new Map<string, Driven>();
      for (const one of subjects) for (const subject of one.subjects) due.set(`${one.workflow} ${subject}`, one);

      for (const { workflow, subjects: of, where, status, since } of subjects) {
        if (now - since <= STARTING || of.some((subject) => running.has(`${workflow} ${subject}`))) continue;
        const ended = of.map((subject) => failed.get(`${workflow} ${subject}`)).find(Boolean) ?? '—';
        yield finding('missing', where, { status, workflow, ended });
      }

      const asking = new Map<string, OpenTask>(tasks.map((task) => [task.executionName, task]));
      const names = new Set<string>();
      for (const [key, found] of running) {
        for (const { workflow, name, startedAt } of found) {
          names.add(name);
          const age = now - startedAt;
          if (age > STARTING && !due.has(key)) {
            yield finding('idle', name, { workflow, subject: key.slice(workflow.length) });
          }
          if (age > WORKING && workflow !== WAITS_FOR_TIME && due.has(key) && !asking.has(name)) {
            yield finding('unasked', name, { workflow, minutes: Math.floor(age / 60_000) });
          }
        }
      }
      yield* unheard(tasks, names, now);
    },
  };
}

function* unheard(tasks: readonly OpenTask[], running: ReadonlySet<string>, now: number): Iterable<Finding> {
  for (const { id, kind, executionName, since } of tasks) {
    if (now - since > STARTING && !running.has(executionName)) yield finding('asked', id, { kind });
  }
}

/** The subject of an execution, from its input: what names an entity there. */
const subjectOf = (input: Readonly<Record<string, unknown>>): string =>
  ['certificationId', 'offeringId', 'number', 'claimId', 'noticeId', 'objectionId', 'payoutId', 'year']
    .filter((name) => input[name] !== undefined)
    .map((name) => `${name}=${input[name]}`)
    .join(' ');

async function lookAtExecutions(system: VerifiedSystem) {
  const running = new Map<string, ExecutionFacts[]>();
  const failed = new Map<string, string>();
  for await (const execution of system.executions()) {
    const key = `${execution.workflow} ${subjectOf(await system.inputOf(execution))}`;
    if (execution.status === 'RUNNING') running.set(key, [...(running.get(key) ?? []), execution]);
    else failed.set(key, `${execution.name} ${execution.status}`);
  }
  return { running, failed };
}

const driveObjections = (objections: ReadonlyMap<string, readonly string[]>): Driven[] =>
  [...objections].map(([claimItemId, ids]) => ({
    workflow: 'objection-handling',
    subjects: ids.map((objectionId) => subjectOf({ objectionId })),
    where: `objection to ${claimItemId}`,
    status: 'open',
    since: 0,
  }));

/** The execution that an entity must have in the state it is in. */
function drivenBy(stored: Extract<Stored, { kind: 'entity' }>): Driven | undefined {
  const since = stored.value.updatedAt;
  switch (stored.entity) {
    case 'certification': {
      const { id, status } = stored.value;
      if (status !== 'city-review' && status !== 'regional-review') return undefined;
      return drive('certification-review', { certificationId: id }, id, status, since);
    }
    case 'offeringVersion': {
      const { offeringId, number, status } = stored.value;
      if (status !== 'in-review') return undefined;
      return drive('offering-review', { offeringId, number }, `${offeringId} version ${number}`, status, since);
    }
    case 'claim': {
      const { id, status } = stored.value;
      if (status !== 'under-audit') return undefined;
      return drive('claim-audit', { claimId: id }, id, status, since);
    }
    case 'notice': {
      const { id, claimId, status } = stored.value;
      if (status !== 'open') return undefined;
      // The first edition of a claim is published by the execution itself, which is told the claim alone.
      const subjects = [subjectOf({ claimId, noticeId: id }), subjectOf({ claimId })];
      return { workflow: 'publicity-window', subjects, where: id, status, since };
    }
    case 'payout': {
      const { id, status } = stored.value;
      if (status === 'settled' || status === 'refused') return undefined;
      return drive('payout', { payoutId: id }, id, status, since);
    }
    case 'yearEnd': {
      const { year, status } = stored.value;
      if (status === 'reported' || status === 'waiting' || status === 'closed') return undefined;
      return drive('year-end', { year }, `year ${year}`, status, since);
    }
    default:
      return undefined;
  }
}

const drive = (
  workflow: WorkflowName,
  input: Readonly<Record<string, unknown>>,
  where: string,
  status: string,
  since: number,
): Driven => ({ workflow, subjects: [subjectOf(input)], where, status, since });
