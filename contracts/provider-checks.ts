import type * as z from 'zod';
import { checkContent } from '../core/catalogue/review-version.ts';
import { bankSerialKey, contradictions, invoiceKey } from '../core/claims/evidence.ts';
import { offerIssues } from '../core/orders/contract.ts';
import type { catalogueRoutes } from './catalogue.ts';
import type { claimsRoutes } from './claims.ts';
import type { FieldError } from './field-errors.ts';
import type { ordersRoutes } from './orders.ts';
import { issueError } from './sentences.ts';

/** What a provider's forms would be refused for beyond their contracts, before they are sent: by the rules that decide it. */

type Body<R extends { readonly body?: z.ZodType }> = z.output<NonNullable<R['body']>>;

/** Prices and dates that no version may have (clause 三-(二)). `at`: epoch ms. */
export function offeringErrors(content: Body<typeof catalogueRoutes.addVersion>, at: number): FieldError[] {
  const checked = checkContent(content, at);
  return checked.ok ? [] : (checked.failure.issues ?? []).map(issueError);
}

interface Ordered {
  readonly orderedKind: Body<typeof ordersRoutes.answerOrder>['lines'][number]['kind'];
  readonly longestDays: number;
}

/** A contract that cannot be one of this order (clauses 六, 一-(三)). */
export const answerErrors = (answer: Body<typeof ordersRoutes.answerOrder>, ordered: Ordered): FieldError[] =>
  offerIssues(answer, ordered).map(issueError);

/** Papers that contradict themselves (clauses 五-(三), 七-(一)). */
export const evidenceErrors = (
  evidence: Pick<Body<typeof claimsRoutes.addClaimItem>, 'invoices' | 'transfers' | 'usage'>,
): FieldError[] => contradictions(evidence).map(issueError);

/** What makes a paper the same paper, wherever it is filed (clause 五-(三)). */
export const paperKeys = { invoice: invoiceKey, transfer: bankSerialKey };
