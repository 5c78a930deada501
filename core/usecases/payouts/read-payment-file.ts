import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { netOf } from '../../payouts/offset.ts';
import { type Payment, paymentFile } from '../../payouts/payment-file.ts';
import { type Payout, payoutTransitions } from '../../payouts/payout.ts';
import { linesOf } from '../../payouts/stored-payout.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';

/** The file for the bank. It holds full account numbers: never stored, never logged. */
export interface PaymentFile {
  readonly payout: Payout;
  readonly csv: string;
  readonly count: number;
  readonly total: number;
}

/**
 * The lines of the current sending that the bank has not answered, with account numbers from the payees' identity
 * records. A reading changes the order's version and stands in its trail (clause 四). Refuses when an account is no
 * longer the one the line was sent with.
 */
export const makeReadPaymentFile =
  ({ reads }: Ports): CommandUseCase<{ readonly payoutId: string }, PaymentFile> =>
  async ({ payoutId }, command) => {
    const payout = await reads.get('payout', { id: payoutId });
    if (!payout) return refuse('not-found');
    const atBank = allow(payoutTransitions.settle, payout.status);
    if (!atBank.ok) return atBank;
    const lines = (await linesOf(reads, payoutId))
      .filter(({ status, sending }) => status === 'sent' && sending === payout.sending)
      .sort((a, b) => (a.items[0]?.activeAt ?? 0) - (b.items[0]?.activeAt ?? 0));
    const identities = await reads.getMany(
      'identityRecord',
      lines.map(({ providerId }) => ({ organisationId: providerId })),
    );
    const payments: Payment[] = [];
    for (const line of lines) {
      const identity = identities.find(({ organisationId }) => organisationId === line.providerId);
      if (!identity?.bankAccount || identity.accountVersion !== line.accountVersion) {
        return refuse('payee-account-changed', { values: { line: line.id } });
      }
      const { accountName, bank, number } = identity.bankAccount;
      payments.push({
        lineId: line.id,
        providerName: line.providerName,
        accountName,
        bank,
        accountNumber: number,
        amount: netOf(line),
      });
    }
    const value = revise(payout, command.at, {});
    return ok({
      result: { payout: value, ...paymentFile(payout, payments) },
      changes: [
        {
          do: 'update',
          entity: 'payout',
          value,
          from: payoutTransitions.settle.from,
          audit: { action: 'read-payment-file', note: `${payout.sending}` },
        },
      ],
    });
  };
