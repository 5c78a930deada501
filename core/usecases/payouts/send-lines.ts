import { openTask } from '../../inbox/open-task.ts';
import { revise } from '../../lifecycle/record.ts';
import { formatYuanZh, sum } from '../../money/money.ts';
import { netOf } from '../../payouts/offset.ts';
import { type Payout, type PayoutLine, payoutLineTransitions, payoutTransitions } from '../../payouts/payout.ts';
import { linesOf } from '../../payouts/stored-payout.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { expectedOf, move } from './approve-payout.ts';
import { type Moved, type Position, visit } from './process-items.ts';

/**
 * Puts the lines that are ready into the next sending: all of them the first time, later only those that failed and
 * were corrected. A paid line is never ready again (clause 七-(一)). A line that is deferred or kept back as a whole has
 * nothing that the bank could pay; `nothing`: that is so for every line that is not paid.
 */
export const makeSendLines =
  ({ reads }: Ports) =>
  async (position: Position, command: StepCommand): Promise<Result<Decision<Moved<'more' | 'done' | 'nothing'>>>> => {
    const visited = await visit(reads, position);
    if (!visited.ok) return visited;
    const { payout, lines, behind } = visited.value;
    const { send, nothingToSend } = payoutLineTransitions;
    if (!payoutTransitions.send.from.includes(payout.status)) {
      return refuse('wrong-state', {
        values: { state: payout.status, allowed: payoutTransitions.send.from.join('、') },
      });
    }
    const atBank = ({ status, sending }: PayoutLine) => status === 'sent' && sending === payout.sending + 1;
    const leaves = (line: PayoutLine) => send.from.includes(line.status) && netOf(line) > 0;
    const some = behind || (await linesOf(reads, payout.id)).some((line) => atBank(line) || leaves(line));
    return ok({
      result: {
        payoutId: payout.id,
        ...(behind ? { cursor: behind, next: 'more' } : { next: some ? 'done' : 'nothing' }),
      },
      changes: lines
        .filter(({ status }) => send.from.includes(status))
        .map((line): Change => {
          const { to, from, name } = netOf(line) === 0 ? nothingToSend : send;
          const sending = to === send.to ? { sending: payout.sending + 1 } : {};
          return {
            do: 'update',
            entity: 'payoutLine',
            value: revise(line, command.at, { status: to, ...sending }),
            from,
            audit: { action: name },
          };
        }),
    });
  };

/** The order is at the bank: finance exports the file and records what the bank answers, then the task is done. */
export const makeAskBank =
  (ports: Ports) =>
  async ({ payoutId }: Position, command: StepCommand): Promise<Result<Decision<{ taskId: string }>>> => {
    const { reads } = ports;
    const payout = await reads.get('payout', { id: payoutId });
    if (!payout) return refuse('not-found');
    const sending = payout.sending + 1;
    const sent = (await linesOf(reads, payoutId)).filter((line) => line.status === 'sent' && line.sending === sending);
    const total = sum(sent.map(netOf));
    return ok(
      await waitFor(ports, payout, 'bank-answer', `${sent.length} ${formatYuanZh(total)}`, command, (waiting) =>
        move(payout, payoutTransitions.send, command, { sending, sent: total, unanswered: sent.length, ...waiting }),
      ),
    );
  };

/** Lines failed: finance corrects each of them, then only they are sent again. */
export const makeAskCorrection =
  (ports: Ports) =>
  async ({ payoutId }: Position, command: StepCommand): Promise<Result<Decision<{ taskId: string }>>> => {
    const payout = await ports.reads.get('payout', { id: payoutId });
    if (!payout) return refuse('not-found');
    return ok(
      await waitFor(ports, payout, 'payout-correction', `${payout.failed}`, command, (waiting) =>
        move(payout, payoutTransitions.correct, command, waiting),
      ),
    );
  };

/** Opens the task together with the state in which it can be answered; a retry only renews its token. */
async function waitFor(
  ports: Ports,
  payout: Payout,
  kind: 'bank-answer' | 'payout-correction',
  label: string,
  command: StepCommand,
  alongside: (waiting: Required<Pick<Payout, 'taskId' | 'expectedBy'>>) => Change,
): Promise<Decision<{ taskId: string }>> {
  const expectedBy = await expectedOf(ports, payout, command);
  const opened = await openTask(ports.reads, command, {
    kind,
    role: 'finance-officer',
    subject: { entity: 'payout', id: payout.id, label: `${payout.year} ${label}` },
    expectedBy,
    excluded: [],
  });
  const { taskId } = opened.result;
  return payout.taskId === taskId
    ? opened
    : { ...opened, changes: [...opened.changes, alongside({ taskId, expectedBy })] };
}
