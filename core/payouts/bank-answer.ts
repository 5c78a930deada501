import { bankSerialKey } from '../claims/evidence.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { PayoutLine } from './payout.ts';

/** What the bank says of one line. A paid one carries its serial number, a failed one the reason. */
export type BankAnswer =
  | { readonly lineId: string; readonly outcome: 'paid'; readonly bankSerial: string }
  | { readonly lineId: string; readonly outcome: 'failed'; readonly reason: string };

/** Whether a recorded answer says the same: payments are the same by serial number, failures as such. */
const isSame = (recorded: PayoutLine['answers'][number], answer: BankAnswer): boolean =>
  recorded.outcome === answer.outcome &&
  (answer.outcome === 'failed' || bankSerialKey(recorded.bankSerial ?? '') === bankSerialKey(answer.bankSerial));

/**
 * Whether an answer to a sending is `new`, or a `repeated` one that changes nothing. Only a line that went out with
 * that sending and is still at the bank takes a new answer; whatever contradicts the recorded one, or answers a
 * sending the line was not in, is refused, so that nothing is paid twice (clause 七-(一)).
 */
export function judgeAnswer(line: PayoutLine, answer: BankAnswer, sending: number): Result<'new' | 'repeated'> {
  const recorded = line.answers.find((earlier) => earlier.sending === sending);
  if (recorded ? isSame(recorded, answer) : line.status === 'sent' && line.sending === sending) {
    return ok(recorded ? 'repeated' : 'new');
  }
  return refuse('bank-answer-contradictory', { values: { recorded: recorded?.outcome ?? line.status } });
}
