import { named } from '../../actors/names.ts';
import { bankSerialKey } from '../../claims/evidence.ts';
import { deciderOf, decideTask } from '../../inbox/open-task.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { type BankAnswer, judgeAnswer } from '../../payouts/bank-answer.ts';
import { type Payout, type PayoutLine, payoutLineTransitions, payoutTransitions } from '../../payouts/payout.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { type Issue, ok, type Result, refuse, refuseAll } from '../../result.ts';

export interface BankAnswers {
  readonly payoutId: string;
  /** Which sending the bank answers. */
  readonly sending: number;
  readonly lines: readonly BankAnswer[];
}

/**
 * Records what the bank said of lines, all of them or some. The same answer again changes nothing, a contradictory one
 * is refused (clause 七-(一)). With the last answer the order goes on.
 */
export const makeRecordBankAnswers =
  ({ reads }: Ports): CommandUseCase<BankAnswers, Payout> =>
  async ({ payoutId, sending, lines: answers }, command) => {
    const payout = await reads.get('payout', { id: payoutId });
    if (!payout) return refuse('not-found');
    const fresh = await newAnswers(reads, payout, sending, answers);
    if (!fresh.ok) return fresh;
    if (fresh.value.length === 0) return ok({ result: payout, changes: [] });
    const atBank = allow(payoutTransitions.settle, payout.status);
    if (!atBank.ok) return atBank;

    const unanswered = payout.unanswered - fresh.value.length;
    const failed = fresh.value.filter(({ answer }) => answer.outcome === 'failed').length;
    const value = revise(payout, command.at, { unanswered, failed: payout.failed + failed });
    return ok({
      result: value,
      changes: [
        ...fresh.value.flatMap(({ line, answer }) => answering(line, answer, sending, command)),
        {
          do: 'update',
          entity: 'payout',
          value,
          from: payoutTransitions.settle.from,
          audit: { action: 'record-bank-answers' },
        },
        ...(unanswered === 0 ? await finishing(reads, payout, 'answered', command) : []),
      ],
    });
  };

interface Fresh {
  readonly line: PayoutLine;
  readonly answer: BankAnswer;
}

async function newAnswers(
  reads: Reads,
  payout: Payout,
  sending: number,
  answers: readonly BankAnswer[],
): Promise<Result<Fresh[]>> {
  const stored = await reads.getMany(
    'payoutLine',
    answers.map(({ lineId }) => ({ payoutId: payout.id, id: lineId })),
  );
  const issues: Issue[] = [];
  const fresh: Fresh[] = [];
  const seen = new Set<string>();
  const serials = new Set<string>();
  for (const [index, answer] of answers.entries()) {
    const pointer = `/lines/${index}`;
    const line = stored.find(({ id }) => id === answer.lineId);
    if (!line) issues.push({ pointer: `${pointer}/lineId`, rule: 'payout-line-unknown' });
    else if (seen.has(line.id)) issues.push({ pointer: `${pointer}/lineId`, rule: 'payout-line-repeated' });
    else {
      seen.add(line.id);
      const judged = judgeAnswer(line, answer, sending);
      if (!judged.ok) issues.push({ pointer, ...judged.failure });
      else if (judged.value === 'new') {
        if (answer.outcome === 'paid' && (serials.has(serialKey(answer)) || (await isUsed(reads, line, answer)))) {
          issues.push({ pointer: `${pointer}/bankSerial`, rule: 'bank-serial-used' });
        }
        if (answer.outcome === 'paid') serials.add(serialKey(answer));
        fresh.push({ line, answer });
      }
    }
  }
  const accepted = refuseAll(issues);
  return accepted.ok ? ok(fresh) : accepted;
}

type Paid = Extract<BankAnswer, { outcome: 'paid' }>;

/** Payments of the fund; the enterprises' own transfers have serial numbers of other banks. */
const serialKey = ({ bankSerial }: Paid): string => `payout#${bankSerialKey(bankSerial)}`;
const serialOwner = ({ payoutId, id }: PayoutLine): string => `${payoutId}#${id}`;

async function isUsed(reads: Pick<Reads, 'uniqueOwner'>, line: PayoutLine, answer: Paid): Promise<boolean> {
  const owner = await reads.uniqueOwner('bank-serial', serialKey(answer));
  return owner !== undefined && owner !== serialOwner(line);
}

function answering(line: PayoutLine, answer: BankAnswer, sending: number, { at, actor }: Command): Change[] {
  const transition = answer.outcome === 'paid' ? payoutLineTransitions.confirm : payoutLineTransitions.fail;
  const recorded = {
    sending,
    outcome: answer.outcome,
    ...(answer.outcome === 'paid' ? { bankSerial: answer.bankSerial } : { reason: answer.reason }),
    at,
    recordedBy: actor.sub,
  };
  return [
    {
      do: 'update',
      entity: 'payoutLine',
      value: revise(line, at, {
        status: transition.to,
        answers: [...line.answers, recorded],
        names: named(line.names, actor),
      }),
      from: transition.from,
      audit: { action: transition.name },
    },
    ...(answer.outcome === 'paid'
      ? [
          {
            do: 'claim-unique',
            kind: 'bank-serial',
            key: serialKey(answer),
            owner: serialOwner(line),
            rule: 'bank-serial-used',
          } as const,
        ]
      : []),
  ];
}

/** Decides the order's waiting task, so that its execution goes on. */
export async function finishing(
  reads: Pick<Reads, 'get'>,
  payout: Payout,
  outcome: 'answered' | 'corrected',
  command: Command,
): Promise<Change[]> {
  const task = payout.taskId === undefined ? undefined : await reads.get('task', { id: payout.taskId });
  if (!task) throw new Error(`payout ${payout.id} waits without a task`);
  return decideTask(task, { outcome, reasons: [], ...deciderOf(command) }, command);
}
