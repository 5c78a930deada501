import { revise } from '../../lifecycle/record.ts';
import { fen } from '../../money/money.ts';
import { netOf, unsettledOffsets } from '../../payouts/offset.ts';
import { type PayoutLine, payoutLineTransitions, payoutTransitions } from '../../payouts/payout.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import { openOf, shareOut } from '../../recoveries/receivable.ts';
import { type Recovery, recoveryTransitions } from '../../recoveries/recovery.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { RETURNS_PER_STEP, type Returned, returnMoney } from '../recoveries/return-money.ts';
import { recoveriesOf } from '../recoveries/stored-recovery.ts';
import { following, type Moved, type Position, visit } from './process-items.ts';

/** Offsets taken, or given back, in one transaction: two writes each, beside the lines. */
export const OFFSETS_PER_STEP = 20;

/**
 * Keeps back, of each line about to be sent, what its payee owes the fund (clause 八-(三)): the oldest recoveries first,
 * never more than is owed or than the line is due. What is kept back is held in the recovery until the bank has answered,
 * so that it is kept back once, and no transfer pays it as well.
 */
export const makeOffsetLines =
  ({ reads }: Ports) =>
  async (position: Position, command: StepCommand): Promise<Result<Decision<Moved>>> => {
    const visited = await visit(reads, position);
    if (!visited.ok) return visited;
    const { payout, lines, behind } = visited.value;
    const { from } = payoutTransitions.send;
    if (!from.includes(payout.status)) {
      return refuse('wrong-state', { values: { state: payout.status, allowed: from.join('、') } });
    }
    const owed = new Map<string, Recovery[]>();
    const held = new Map<string, Recovery>();
    const changes: Change[] = [];
    let room = OFFSETS_PER_STEP;
    let complete = true;
    for (const line of lines.filter(({ status }) => payoutLineTransitions.send.from.includes(status))) {
      const recoveries = owed.get(line.providerId) ?? (await recoveriesOf(reads, line.providerId));
      const { shares } = shareOut(netOf(line), recoveries);
      const taken = shares.slice(0, room);
      if (taken.length < shares.length) complete = false;
      room -= taken.length;
      for (const { recovery, amount } of taken) {
        held.set(recovery.id, { ...recovery, held: fen(recovery.held + amount) });
      }
      owed.set(
        line.providerId,
        recoveries.map((recovery) => held.get(recovery.id) ?? recovery),
      );
      if (taken.length === 0) continue;
      const added = taken.map(({ recovery, amount }) => ({ recoveryId: recovery.id, amount }));
      changes.push({
        do: 'update',
        entity: 'payoutLine',
        value: revise(line, command.at, { offsets: [...(line.offsets ?? []), ...added] }),
        from: payoutLineTransitions.send.from,
        audit: { action: 'offset' },
      });
    }
    return ok({
      result: following(position, complete, behind),
      changes: [...[...held.values()].map((recovery) => changedHold(recovery, 'hold', command)), ...changes],
    });
  };

/**
 * What became of the offsets once the bank has answered: of a line that was paid, they have come back to the fund and
 * year they came from; of one that failed, they are given back, and owed as before (clauses 八-(三), 一-(二)).
 */
export const makeSettleOffsets =
  ({ reads }: Ports) =>
  async (position: Position, command: StepCommand): Promise<Result<Decision<Moved>>> => {
    const visited = await visit(reads, position);
    if (!visited.ok) return visited;
    const { payout, lines, behind } = visited.value;
    const allowed = [...payoutTransitions.settle.from, ...payoutTransitions.settleUnsent.from];
    if (!allowed.includes(payout.status)) {
      return refuse('wrong-state', { values: { state: payout.status, allowed: allowed.join('、') } });
    }
    const work = lines.find(
      (line) =>
        (line.status === 'paid' && unsettledOffsets(line).length > 0) ||
        (line.status === 'failed' && (line.offsets ?? []).length > 0),
    );
    if (!work) return ok({ result: following(position, true, behind), changes: [] });
    const changes =
      work.status === 'paid' ? await settling(reads, work, command) : await givingBack(reads, work, command);
    return ok({ result: following(position, false, behind), changes });
  };

async function settling(reads: Reads, line: PayoutLine, command: StepCommand): Promise<Change[]> {
  const offsets = unsettledOffsets(line).slice(0, RETURNS_PER_STEP);
  const recoveries = await recoveriesOf(reads, line.providerId);
  const { payoutId, id: lineId } = line;
  const returned = offsets.map(({ recoveryId, amount }): Returned => {
    const recovery = recoveryNamed(recoveries, recoveryId);
    return { recovery, as: { by: 'offset', amount, at: command.at, payoutId, lineId } };
  });
  return [
    ...(await returnMoney(reads, returned, command)),
    {
      do: 'update',
      entity: 'payoutLine',
      value: revise(line, command.at, { settledOffsets: (line.settledOffsets ?? 0) + offsets.length }),
      from: ['paid'],
      audit: { action: 'settle-offset' },
    },
  ];
}

async function givingBack(reads: Reads, line: PayoutLine, command: StepCommand): Promise<Change[]> {
  const offsets = line.offsets ?? [];
  const given = offsets.slice(0, OFFSETS_PER_STEP);
  const recoveries = new Map((await recoveriesOf(reads, line.providerId)).map((recovery) => [recovery.id, recovery]));
  for (const { recoveryId, amount } of given) {
    const recovery = recoveryNamed([...recoveries.values()], recoveryId);
    recoveries.set(recoveryId, { ...recovery, held: fen(recovery.held - amount) });
  }
  const touched = [...new Set(given.map(({ recoveryId }) => recoveryId))];
  return [
    ...touched.map((id) => changedHold(recoveryNamed([...recoveries.values()], id), 'release-hold', command)),
    {
      do: 'update',
      entity: 'payoutLine',
      value: revise(line, command.at, { offsets: offsets.slice(given.length) }),
      from: ['failed'],
      audit: { action: 'release-offset' },
    },
  ];
}

function recoveryNamed(recoveries: readonly Recovery[], id: string): Recovery {
  const recovery = recoveries.find((one) => one.id === id);
  if (!recovery) throw new Error(`an offset of ${id}, which is not there`);
  return recovery;
}

/** A recovery with another amount held; what is held never exceeds what is owed. */
function changedHold(recovery: Recovery, action: 'hold' | 'release-hold', { at }: StepCommand): Change {
  if (recovery.held < 0 || openOf(recovery) < 0) throw new RangeError(`${recovery.held} fen held of ${recovery.id}`);
  return {
    do: 'update',
    entity: 'recovery',
    value: revise(recovery, at, {}),
    from: recoveryTransitions.settle.from,
    audit: { action },
  };
}
