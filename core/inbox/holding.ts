import { revise } from '../lifecycle/record.ts';
import type { AuditNote, Change } from '../ports/store.ts';
import type { Values } from '../result.ts';
import { outcomesOf } from './outcomes.ts';
import type { TakeOverReason } from './take-over-reasons.ts';
import type { Task } from './task.ts';

/** Who has taken a task, by the name their colleagues know. */
export interface Holder {
  readonly sub: string;
  readonly name: string;
  readonly since: number;
}

/** Who acts, and when. */
interface By {
  readonly sub: string;
  readonly name: string;
  readonly at: number;
}

/** Whoever has taken the task; of one that has ended, whoever had it then. */
export const holderOf = ({ heldBy, heldByName, heldSince }: Task): Holder | undefined =>
  heldBy === undefined ? undefined : { sub: heldBy, name: heldByName ?? heldBy, since: heldSince ?? 0 };

/** The figures of the sentence that refuses, while somebody else has taken the task. */
export function heldByAnother(task: Task, sub: string): { readonly values: Values } | undefined {
  const holder = holderOf(task);
  return holder && holder.sub !== sub ? { values: { holder: holder.name } } : undefined;
}

/** The same in the storage condition of a write. */
export const inNobodyElsesHands = (sub: string) => ({ by: 'heldBy', name: 'heldByName', exceptBy: sub });

/** Audits, answers of the bank and corrected lines are worked on by several people at once: nobody takes those. */
export const canBeTaken = ({ kind }: Pick<Task, 'kind'>): boolean => Object.keys(outcomesOf[kind]).length > 0;

export interface Held {
  readonly task: Task;
  readonly changes: readonly Change[];
}

/** Somebody takes a task that nobody has. Nobody whom the two-person rule keeps from deciding it. */
export const takeTask = (task: Task, by: By): Held =>
  intoHands(task, by, { unlessHeld: inNobodyElsesHands(by.sub), audit: { action: 'take' } });

/** Whoever has it gives it back, and says where things stand. */
export function handOverTask(task: Task, { note, ...by }: By & { readonly note: string }): Held {
  const { heldBy: _by, heldByName: _name, heldSince: _since, ...free } = task;
  const given = revise<Task>(free, by.at, { handOver: { by: by.sub, byName: by.name, at: by.at, note } });
  return {
    task: given,
    changes: [
      {
        do: 'update',
        entity: 'task',
        value: given,
        from: ['open'],
        unlessHeld: inNobodyElsesHands(by.sub),
        audit: { action: 'hand-over', note },
      },
    ],
  };
}

/** Somebody takes it out of the hands of whoever has it, for a reason that stays on record. */
export const takeOverTask = (task: Task, { reasonCode, note, ...by }: By & TakeOverReason): Held =>
  intoHands(task, by, { audit: { action: 'take-over', reasonCode, ...(note ? { note } : {}) } });

function intoHands(
  task: Task,
  { sub, name, at }: By,
  how: { readonly unlessHeld?: ReturnType<typeof inNobodyElsesHands>; readonly audit: AuditNote },
): Held {
  const taken = revise(task, at, { heldBy: sub, heldByName: name, heldSince: at });
  const unlessSubject = { sub, attributes: ['excluded'] };
  return {
    task: taken,
    changes: [{ do: 'update', entity: 'task', value: taken, from: ['open'], unlessSubject, ...how }],
  };
}
