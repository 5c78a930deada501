import { ok, type Result, refuse } from '../result.ts';
import type { PayoutLine } from './payout.ts';

/** What the bank says of one line. A paid one carries its serial number, a failed one the reason. */
export type BankAnswer =
  | { readonly lineId: string; readonly outcome: 'paid'; readonly bankSerial: string }
  | { readonly lineId: string; readonly outcome: 'failed'; readonly reason: string };

/** Whether a recorded answer says the same: payments are the same by serial number, failures as such. */
const isSame = (recorded: PayoutLine['answers'][number], answer: BankAnswer): boolean =>
  recorded.outcome === answer.outcome && (answer.outcome === 'failed' || recorded.bankSerial === answer.bankSerial);

/**
 * Whether an answer is `new`, or a `repeated` one that changes nothing. Only a line that is at the bank takes a new
 * answer; whatever contradicts the recorded one is refused, so that nothing is paid twice (clause 七-(一)).
 */
export function judgeAnswer(line: PayoutLine, answer: BankAnswer): Result<'new' | 'repeated'> {
  if (line.status === 'sent') {
    // A bank may repeat its failure of an earlier sending, but a payment then would be a payment twice.
    const known = answer.outcome === 'paid' && line.answers.some((earlier) => isSame(earlier, answer));
    return known ? ok('repeated') : ok('new');
  }
  const recorded = line.answers.at(-1);
  if (recorded && isSame(recorded, answer)) return ok('repeated');
  return refuse('bank-answer-contradictory', { values: { recorded: recorded?.outcome ?? line.status } });
}
