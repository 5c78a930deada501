import type * as z from 'zod';
import type { Fen } from '../core/money/money.ts';
import { deliveredLines } from '../core/orders/delivery.ts';
import { periodIssues } from '../core/orders/period.ts';
import { fenOf } from './amounts.ts';
import type { FieldError } from './field-errors.ts';
import type { orderAnswer, ordersRoutes } from './orders.ts';
import { failureErrors, issueError } from './sentences.ts';

type Placing = z.output<NonNullable<typeof ordersRoutes.placeOrder.body>>;
type Contract = NonNullable<z.output<typeof orderAnswer>['contract']>;

/** What a contract alone does not ask of the period of an order (clause 六), in the sentences of the API. */
export const periodErrors = ({ wantedFrom, wantedTo }: Pick<Placing, 'wantedFrom' | 'wantedTo'>, longestDays: number) =>
  periodIssues(wantedFrom, wantedTo, longestDays, '/wantedTo').map(issueError);

/** What would be refused of fees that were delivered in part, line by line (clause 六), by the rule that decides on them. */
export function deliveryErrors({ lines, fee }: Contract, delivered: readonly Fen[]): FieldError[] {
  const agreed = { fee: fenOf(fee), lines: lines.map((line) => ({ kind: line.kind, fee: fenOf(line.fee) })) };
  const result = deliveredLines(agreed, delivered);
  return result.ok ? [] : failureErrors(result.failure, '/deliveredFees');
}
