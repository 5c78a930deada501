import { named } from '../../actors/names.ts';
import { claimItemTransitions } from '../../claims/claim.ts';
import { receivedSerialKey } from '../../claims/evidence.ts';
import { born, revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { fen, sum, ZERO } from '../../money/money.ts';
import { returnedItems } from '../../payouts/bank-return.ts';
import { lineId as lineIdOf } from '../../payouts/line-id.ts';
import { netOf } from '../../payouts/offset.ts';
import { type BankReturn, type Payout, type PayoutLine, payoutLineTransitions } from '../../payouts/payout.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { returnOwner } from './record-bank-return.ts';

export interface BankReturnDecision {
  readonly payoutId: string;
  readonly lineId: string;
  readonly outcome: 'confirm' | 'reject';
  readonly note: string;
}

/**
 * Another person of finance says whether the money is back on the fund's account (clause 七-(一)). Rejected, the line is
 * paid as before, and the serial number is free for whom it belongs to. Confirmed, the line stays returned for good, and a
 * payment order of its own owes the money again: both departments have approved these very amounts, so it only waits for
 * the account to be put right.
 */
export const makeDecideBankReturn =
  ({ reads }: Ports): CommandUseCase<BankReturnDecision, PayoutLine> =>
  async ({ payoutId, lineId, outcome, note }, command) => {
    const payout = await reads.get('payout', { id: payoutId });
    const line = payout && (await reads.get('payoutLine', { payoutId, id: lineId }));
    if (!payout || !line) return refuse('not-found');
    const seen = seenBy(command, line);
    if (!seen.ok) return seen;
    const transition = payoutLineTransitions[outcome === 'confirm' ? 'confirmReturn' : 'rejectReturn'];
    const status = allow(transition, line.status);
    if (!status.ok) return status;
    const { bankReturn } = line;
    if (!bankReturn) throw new Error(`line ${lineId} returned without a record`);
    const { actor, at } = command;
    if (line.excluded?.includes(actor.sub)) return refuse('same-person');
    const decided = (value: PayoutLine): Change => ({
      do: 'update',
      entity: 'payoutLine',
      value,
      from: transition.from,
      unlessSubject: { sub: actor.sub, attributes: ['excluded'] },
      audit: { action: transition.name, note },
    });
    if (outcome === 'reject') {
      const { bankReturn: _return, excluded: _excluded, ...asBefore } = line;
      const value = revise<PayoutLine>(asBefore, at, { status: transition.to });
      const key = receivedSerialKey(bankReturn.bankSerial);
      return ok({
        result: value,
        changes: [decided(value), { do: 'release-unique', kind: 'bank-serial', key, owner: returnOwner(line) }],
      });
    }
    const resending = await resendOf(reads, payout, line, bankReturn, command);
    if (!resending.ok) return resending;
    const { id: resentBy, changes } = resending.value;
    const value = revise(line, at, {
      status: transition.to,
      bankReturn: {
        ...bankReturn,
        decision: { by: actor.sub, at, note },
        resentBy,
        names: named(bankReturn.names, actor),
      },
    });
    return ok({
      result: value,
      changes: [
        decided(value),
        {
          do: 'update',
          entity: 'payout',
          value: revise(payout, at, { returned: fen(payout.returned + netOf(line)) }),
          audit: { action: transition.name, note },
        },
        ...changes,
      ],
    });
  };

/** The payment order that owes the money of a returned line again, and the event that starts it. */
async function resendOf(
  reads: Pick<Reads, 'getMany'>,
  payout: Payout,
  line: PayoutLine,
  { recordedBy, names }: BankReturn,
  command: Command,
): Promise<Result<{ readonly id: string; readonly changes: Change[] }>> {
  const { at } = command;
  const id = command.newId('pay');
  const items = returnedItems(line);
  const taken = await takeBack(reads, items, id, at);
  if (!taken.ok) return taken;
  const total = sum(items.map(({ amount }) => amount));
  const { bankReturn: _return, excluded: _excluded, offsets: _offsets, settledOffsets: _settled, ...fields } = line;
  const again: PayoutLine = {
    ...fields,
    payoutId: id,
    id: lineIdOf(id, line.providerId, 1),
    ...born(at),
    status: 'failed',
    amount: total,
    items: items.map((item) => ({ ...item, deferred: ZERO })),
    sending: 0,
    answers: [],
    processedItems: 0,
    settledItems: 0,
  };
  const value: Payout = {
    id,
    ...born(at),
    status: 'reopening',
    year: payout.year,
    proposedBy: recordedBy,
    proposedAt: at,
    lineCount: 1,
    itemCount: items.length,
    total,
    deferred: ZERO,
    approvals: payout.approvals,
    names: { ...payout.names, ...names },
    sending: 0,
    paid: ZERO,
    returned: ZERO,
    resends: { payoutId: line.payoutId, lineId: line.id },
    skipped: [],
    unanswered: 0,
    failed: 1,
  };
  return ok({
    id,
    changes: [
      { do: 'create', entity: 'payout', value },
      { do: 'create', entity: 'payoutLine', value: again },
      ...taken.value,
      {
        do: 'event',
        event: {
          id: command.newId('evt'),
          at,
          type: 'workflow-requested',
          workflow: 'payout',
          input: { payoutId: id, next: 'reopen' },
        },
      },
    ],
  });
}

/**
 * Takes the items of which a part is still deferred out of the list at once, so that no other order collects them: one of
 * each fund, at the margin. Paid ones wait for the workflow. What another order is paying now must be paid first.
 */
async function takeBack(
  reads: Pick<Reads, 'getMany'>,
  returned: PayoutLine['items'],
  resentBy: string,
  at: number,
): Promise<Result<Change[]>> {
  const items = await reads.getMany(
    'claimItem',
    returned.map(({ claimId, claimItemId }) => ({ claimId, id: claimItemId })),
  );
  const transition = claimItemTransitions.oweAgain;
  const busy = items.find(({ status }) => !transition.from.includes(status));
  if (busy) return refuse('return-while-paying', { values: { payout: busy.payoutId ?? '' } });
  return ok(
    items
      .filter(({ status }) => status === 'deferred')
      .map((item) => ({
        do: 'update',
        entity: 'claimItem',
        value: revise(item, at, { status: transition.to, payoutId: resentBy }),
        from: ['deferred'],
        audit: { action: transition.name },
      })),
  );
}
