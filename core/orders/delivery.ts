import { type Fen, formatYuan, sum } from '../money/money.ts';
import { type Issue, ok, type Result, refuse, refuseAll } from '../result.ts';
import type { FeeLine } from '../subsidy/entitlement.ts';
import type { Contract } from './order.ts';

/** What was delivered of each line of a contract, in its order, in fen (clause 六). */
export function deliveredLines(
  contract: Pick<Contract, 'fee'> & { readonly lines: readonly FeeLine[] },
  delivered: readonly Fen[],
): Result<FeeLine[]> {
  if (delivered.length !== contract.lines.length) {
    const values = { lines: contract.lines.length };
    return refuse('delivery-lines-mismatch', {
      values,
      issues: [{ pointer: '/deliveredFees', rule: 'delivery-lines-mismatch', values }],
    });
  }
  const lines = contract.lines.map(({ kind, fee }, index) => ({ kind, fee: delivered[index] ?? fee, agreed: fee }));
  const issues = lines.flatMap<Issue>(({ fee, agreed }, index) =>
    fee > agreed
      ? [{ pointer: `/deliveredFees/${index}`, rule: 'delivered-above-fee', values: { fee: formatYuan(agreed) } }]
      : [],
  );
  const refused = refuseAll(issues);
  if (!refused.ok) return refused;
  const total = sum(delivered);
  if (total === 0) return refuse('nothing-delivered');
  if (total === contract.fee) return refuse('delivery-complete');
  return ok(lines.map(({ kind, fee }) => ({ kind, fee })));
}
