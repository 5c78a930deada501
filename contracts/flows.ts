import { type Account, accounts } from '../core/ledger/accounts.ts';
import { fen, formatYuan } from '../core/money/money.ts';

export type { Account } from '../core/ledger/accounts.ts';

/** Money that went from one account to another. */
export interface Flow {
  readonly from: Account;
  readonly to: Account;
  readonly amount: string;
}

/** Fen of an amount of an answer, exactly; negative amounts are what an entry takes from an account. */
const fenOf = (yuan: string): number => Number(yuan.replace('.', ''));

/**
 * An entry as flows: what it takes from accounts goes to those that it adds to, in the order in which money moves through
 * them. What flows is the whole entry, to the fen.
 */
export function flowsOf(entries: Readonly<Partial<Record<Account, string>>>): readonly Flow[] {
  const of = (sign: 1 | -1) =>
    accounts
      .map((account) => ({ account, left: sign * fenOf(entries[account] ?? '0.00') }))
      .filter(({ left }) => left > 0);
  const sources = of(-1);
  const targets = of(1);
  const flows: Flow[] = [];
  for (const source of sources) {
    for (const target of targets) {
      const amount = Math.min(source.left, target.left);
      if (amount === 0) continue;
      source.left -= amount;
      target.left -= amount;
      flows.push({ from: source.account, to: target.account, amount: formatYuan(fen(amount)) });
    }
  }
  return flows;
}
