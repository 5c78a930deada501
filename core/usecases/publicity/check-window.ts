import { revise } from '../../lifecycle/record.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Decision } from '../../ports/store.ts';
import { type Notice, noticeTransitions } from '../../publicity/notice.ts';
import { windowNow, withWindow } from '../../publicity/publish.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { type RunningWindow, runningWindow } from './publish-notice.ts';

/** `from` counts the lines of the snapshot whose items have been finished. */
export type WindowState = RunningWindow & { readonly next: 'wait' | 'finish'; readonly from: number };

/**
 * Looks at a window whose end seems reached: under the calendar as it is known now it may last longer, then the
 * workflow waits again; else the notice is closed. Nothing here can end it early (clause 七-(一)).
 */
export const makeCheckWindow =
  ({ reads, calendar }: Ports) =>
  async ({ noticeId }: { readonly noticeId: string }, command: StepCommand): Promise<Result<Decision<WindowState>>> => {
    const notice = await reads.get('notice', { id: noticeId });
    if (!notice) return refuse('not-found');
    if (notice.status === 'closed')
      return ok({ result: { ...runningWindow(notice), next: 'finish', from: 0 }, changes: [] });
    const { extend, close } = noticeTransitions;
    const revised = withWindow(notice, windowNow(notice, await calendar()), command.at);
    if (command.at < revised.endsAt) {
      return ok({
        result: { ...runningWindow(revised), next: 'wait', from: 0 },
        changes:
          revised === notice
            ? []
            : [{ do: 'update', entity: 'notice', value: revised, from: extend.from, audit: { action: extend.name } }],
      });
    }
    // With the window as it was in the end: what proves that it was complete must be what was looked at.
    const closed = { ...revise(notice, command.at, { status: close.to, closedAt: command.at }), ...windowOf(revised) };
    return ok({
      result: { ...runningWindow(closed), next: 'finish', from: 0 },
      changes: [{ do: 'update', entity: 'notice', value: closed, from: close.from, audit: { action: close.name } }],
    });
  };

const windowOf = ({ days, lastDay, endsAt, provisional }: Notice) => ({ days, lastDay, endsAt, provisional });
