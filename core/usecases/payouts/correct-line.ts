import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { type PayoutLine, payoutLineTransitions } from '../../payouts/payout.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';
import { frozenAmong } from '../recoveries/frozen-providers.ts';
import { finishing } from './record-bank-answers.ts';

export interface Correction {
  readonly payoutId: string;
  readonly lineId: string;
  /** To the account that the provider has put right since, or to the same one because the fault was elsewhere. */
  readonly account: 'changed' | 'same';
  readonly note: string;
}

/**
 * Makes a failed line ready to be sent again (clause 七-(一)). The account itself is never typed in here: the provider
 * changes it in its identity record. With the last failed line the order goes on. What the bank gave back is not sent
 * again while a recovery for fraud is undecided: it is in hand, so freeze first, then decide (clause 八-(三)).
 */
export const makeCorrectLine =
  ({ reads }: Ports): CommandUseCase<Correction, PayoutLine> =>
  async ({ payoutId, lineId, account, note }, command) => {
    const payout = await reads.get('payout', { id: payoutId });
    const line = payout && (await reads.get('payoutLine', { payoutId, id: lineId }));
    if (!payout || !line) return refuse('not-found');
    const seen = seenBy(command, line);
    if (!seen.ok) return seen;
    if (payout.status !== 'correcting') {
      return refuse('wrong-state', { values: { state: payout.status, allowed: 'correcting' } });
    }
    const { correct } = payoutLineTransitions;
    const status = allow(correct, line.status);
    if (!status.ok) return status;
    if (payout.resends && (await frozenAmong(reads, [line])).size > 0) return refuse('payment-frozen');
    const identity = await reads.get('identityRecord', { organisationId: line.providerId });
    if (!identity?.bankAccount) return refuse('payee-account-missing');
    if (account === 'changed' && identity.accountVersion === line.accountVersion) {
      return refuse('payee-account-unchanged', { issues: [{ pointer: '/account', rule: 'payee-account-unchanged' }] });
    }
    if (account === 'same' && identity.accountVersion !== line.accountVersion) {
      return refuse('payee-account-changed', { values: { line: line.id } });
    }
    const value = revise(line, command.at, { status: status.value, accountVersion: identity.accountVersion });
    const failed = payout.failed - 1;
    return ok({
      result: value,
      changes: [
        { do: 'update', entity: 'payoutLine', value, from: correct.from, audit: { action: correct.name, note } },
        { do: 'check', entity: 'identityRecord', id: { organisationId: line.providerId }, version: identity.version },
        {
          do: 'update',
          entity: 'payout',
          value: revise(payout, command.at, { failed }),
          from: ['correcting'],
          audit: { action: 'correct-line' },
        },
        ...(failed === 0 ? await finishing(reads, payout, 'corrected', command) : []),
      ],
    });
  };
