import { systemActor } from '../../core/actors/actor.ts';
import { addDays, businessDateOf } from '../../core/calendar/business-date.ts';
import type { Command, CommandUseCase, Ports } from '../../core/ports/context.ts';
import type { Due, DueKind } from '../../core/queries.ts';
import { makeExpireVoucher } from '../../core/usecases/deadlines/expire-voucher.ts';
import { makeLapseOverdueTask } from '../../core/usecases/deadlines/lapse-overdue-task.ts';
import { makeLapseReservation, type Swept } from '../../core/usecases/deadlines/lapse-reservation.ts';
import type { Store } from '../../storage/store.ts';
import { decideAndCommit } from '../_runtime/commit.ts';
import { idsOf, sha256 } from '../_runtime/ids.ts';
import { describeError, type LogFields, log } from '../_runtime/log.ts';

const PAGE = 100;
/** Items of a page that are ended at the same time. */
const AT_ONCE = 8;

/** The line of the log that an alarm looks for (`lib/alarms.ts`), with how many there are. */
export const WAITING_TOO_LONG = 'tasks wait longer than expected';

/** What a run ends when it falls due. */
type Ending = Exclude<DueKind, 'expected-task'>;

/** How many deadlines a run ended, per kind, how many it could not, and how many tasks wait past what was expected. */
export type SweepReport = Readonly<Record<Ending | 'failed' | 'waiting', number>>;

/** Thrown when some items failed, after all others were ended: they stay due, and the next run tries them again. */
export class SweepFailed extends Error {
  override readonly name = 'SweepFailed';
}

/**
 * Ends what fell due by yesterday, Asia/Shanghai: reservations, vouchers, review times. Each item is a transaction of
 * its own, and one that fails stops nobody else. Running it again, or late, ends what is still due and nothing twice.
 * Tasks of the last level, and approvals of money, that wait longer than expected are counted, for an alarm: only people
 * end those.
 */
export function createSweep({ store, ports, now }: { store: Store; ports: Ports; now: () => number }) {
  const useCases: Record<Ending, CommandUseCase<{ id: string }, Swept>> = {
    reservation: makeLapseReservation(ports),
    voucher: makeExpireVoucher(ports),
    task: makeLapseOverdueTask(ports),
  };
  const actor = systemActor('deadlines');

  const end = (due: Due & { readonly kind: Ending }, at: number, requestId: string) => {
    const command = (): Command => ({
      actor,
      at,
      newId: idsOf(sha256(`deadlines|${due.kind}|${due.id}|${due.dueOn}`)),
    });
    return decideAndCommit(store, { actor, at, requestId }, () => useCases[due.kind]({ id: due.id }, command()));
  };

  return async (_event: unknown, context: { awsRequestId: string }): Promise<SweepReport> => {
    const at = now();
    const upTo = addDays(businessDateOf(at), -1);
    const report = { reservation: 0, voucher: 0, task: 0, failed: 0, waiting: 0 };
    const failed = (due: Due, why: LogFields): void => {
      report.failed += 1;
      log('error', 'deadline could not be applied', {
        requestId: context.awsRequestId,
        event: `${due.kind} ${due.id}`,
        ...why,
      });
    };
    const tryToEnd = async (due: Due, kind: Ending): Promise<void> => {
      try {
        const committed = await end({ ...due, kind }, at, context.awsRequestId);
        if (!committed.ok) failed(due, { code: committed.failure.rule });
        else if ('result' in committed.value && committed.value.result) report[kind] += 1;
      } catch (error) {
        failed(due, describeError(error));
      }
    };
    const everyDue = async (kind: DueKind, each: (items: readonly Due[]) => Promise<void>): Promise<void> => {
      let cursor: string | undefined;
      do {
        const page = await store.list('due', { kind, upTo }, { limit: PAGE, ...(cursor ? { cursor } : {}) });
        await each(page.items);
        cursor = page.next;
      } while (cursor);
    };
    for (const kind of ['reservation', 'voucher', 'task'] as const) {
      await everyDue(kind, async (items) => {
        for (let first = 0; first < items.length; first += AT_ONCE) {
          await Promise.all(items.slice(first, first + AT_ONCE).map((due) => tryToEnd(due, kind)));
        }
      });
    }
    await everyDue('expected-task', async (items) => {
      report.waiting += items.length;
    });
    if (report.waiting > 0) {
      log('warn', WAITING_TOO_LONG, { requestId: context.awsRequestId, count: report.waiting });
    }
    log('info', 'deadlines applied', { requestId: context.awsRequestId, event: JSON.stringify(report) });
    if (report.failed > 0) throw new SweepFailed(`${report.failed} deadlines could not be applied`);
    return report;
  };
}
