import type { Json } from './json.ts';
import type { Answer, RedrivenRecord, ScopeRecord } from './records.ts';

/** What has been done of a task in this attempt. */
export interface TaskProgress {
  readonly scheduledAt: number;
  readonly token?: string;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  /** When the last sign of life came. */
  beatAt: number;
  submitted: boolean;
  answer?: Answer;
}

/** One stay in a state, from entering to leaving it. */
export interface Visit {
  /** Counts the visits of the scope. */
  readonly number: number;
  readonly state: string;
  readonly input: Json;
  readonly enteredAt: number;
  /** How often each retrier was used. */
  retries: Record<number, number>;
  /** Counts the attempts of this visit, from 0. */
  attempt: number;
  retryAt?: number;
  waitUntil?: number;
  task?: TaskProgress;
  result?: { value: Json };
  failure?: { error: string; cause: string };
  forked: boolean;
  joined: boolean;
}

/** Where a line of states stands. */
export interface ScopeProgress {
  visits: number;
  visit?: Visit;
  next?: { state: string; input: Json };
  /** Its last state was left, or the branch has failed. */
  answer?: Answer;
  /** For a branch: its start and its end are on record. */
  begun?: boolean;
  closed?: boolean;
}

/** Where an execution stands, folded from the records of its journal; the same fold serves the running and the resumed. */
export class Progress {
  readonly #scopes = new Map<string, ScopeProgress>();

  scope(scope: string): ScopeProgress {
    let progress = this.#scopes.get(scope);
    if (!progress) {
      progress = { visits: 0 };
      this.#scopes.set(scope, progress);
    }
    return progress;
  }

  /** The states that are being visited now, each with its scope. */
  *visits(): Iterable<{ scope: string; visit: Visit }> {
    for (const [scope, { visit }] of this.#scopes) if (visit) yield { scope, visit };
  }

  /** Tokens that were handed out and have not come back. */
  *openTokens(): Generator<string> {
    for (const { visit } of this.#scopes.values()) {
      const open = visit?.task && !visit.task.answer && !visit.result && !visit.failure;
      if (open && visit.task?.token !== undefined) yield visit.task.token;
    }
  }

  /** What failed, was stopped or ran out of time is to be done again, with all its retries; what was completed stays. */
  #redrive(): void {
    for (const scope of this.#scopes.values()) {
      const failed = scope.answer && 'error' in scope.answer;
      if (failed) {
        delete scope.answer;
        scope.closed = false;
      }
      const { visit } = scope;
      if (!visit) continue;
      visit.retries = {};
      visit.joined = false;
      delete visit.retryAt;
      delete visit.failure;
      // A completed call is not made again, nor are the branches that ended.
      if (visit.result || visit.forked) continue;
      delete visit.task;
      visit.attempt += 1;
    }
  }

  apply(record: ScopeRecord | RedrivenRecord): void {
    if (record.type === 'redriven') {
      this.#redrive();
      return;
    }
    const scope = this.scope(record.scope);
    if (record.type === 'entered') {
      delete scope.next;
      scope.visit = {
        number: scope.visits,
        state: record.state,
        input: record.input,
        enteredAt: record.at,
        retries: {},
        attempt: 0,
        forked: false,
        joined: false,
      };
      return;
    }
    if (record.type === 'branch-started') {
      scope.begun = true;
      return;
    }
    if (record.type === 'branch-ended') {
      // Of a branch that succeeded only the answer matters any more; one that failed may be sent on again.
      if ('output' in record.answer) {
        this.#forget(`${record.scope}/`);
        delete scope.visit;
      }
      scope.answer = record.answer;
      scope.closed = true;
      return;
    }
    const { visit } = scope;
    if (!visit) return;
    switch (record.type) {
      case 'waiting':
        visit.waitUntil = record.until;
        break;
      case 'scheduled':
        delete visit.retryAt;
        visit.task = {
          scheduledAt: record.at,
          beatAt: record.at,
          submitted: false,
          ...(record.token !== undefined && { token: record.token }),
          ...(record.timeoutSeconds !== undefined && { timeoutSeconds: record.timeoutSeconds }),
          ...(record.heartbeatSeconds !== undefined && { heartbeatSeconds: record.heartbeatSeconds }),
        };
        break;
      case 'submitted':
        if (visit.task) visit.task.submitted = true;
        break;
      case 'heartbeat':
        if (visit.task) visit.task.beatAt = record.at;
        break;
      case 'answered':
        if (visit.task) visit.task.answer = record.answer;
        break;
      case 'completed':
        visit.result = { value: record.result };
        break;
      case 'failed':
        visit.failure = { error: record.error, cause: record.cause };
        break;
      case 'forked':
        visit.forked = true;
        break;
      case 'joined':
        visit.joined = true;
        break;
      case 'retrying':
        visit.retries[record.retrier] = (visit.retries[record.retrier] ?? 0) + 1;
        visit.retryAt = record.until;
        this.#forget(`${branchScope(record.scope, visit, '')}`);
        visit.attempt += 1;
        visit.forked = false;
        visit.joined = false;
        delete visit.task;
        delete visit.result;
        delete visit.failure;
        break;
      case 'exited':
        this.#forget(`${branchScope(record.scope, visit, '')}`);
        delete scope.visit;
        scope.visits += 1;
        if (record.next === undefined) scope.answer = { output: record.output };
        else scope.next = { state: record.next, input: record.output };
        break;
    }
  }

  #forget(prefix: string): void {
    for (const scope of this.#scopes.keys()) if (scope.startsWith(prefix)) this.#scopes.delete(scope);
  }
}

/** The scope of one branch of the visit's present attempt. */
export const branchScope = (scope: string, visit: Visit, index: number | '') =>
  `${scope}/${visit.number}.${visit.attempt}.${index}`;
