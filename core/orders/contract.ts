import type { BusinessDate } from '../calendar/business-date.ts';
import { type Kind, kinds } from '../catalogue/kinds.ts';
import type { Document } from '../documents/document.ts';
import { type Fen, formatYuan, subtract, sum } from '../money/money.ts';
import { type Issue, ok, type Result, refuse, refuseAll } from '../result.ts';
import type { Contract, ContractLine } from './order.ts';
import { periodIssues } from './period.ts';

/** What a provider answers an order with; the fee of each line is computed, never typed in. */
export interface ContractOffer {
  readonly number: string;
  readonly lines: readonly {
    readonly kind: Kind;
    readonly description: string;
    readonly listPrice: Fen;
    readonly discount: Fen;
  }[];
  readonly startsOn: BusinessDate;
  readonly endsOn: BusinessDate;
  readonly documentId: string;
}

/** What an offer is judged by. */
export interface ContractFacts {
  readonly orderedKind: Kind;
  readonly providerId: string;
  /** The contract file as stored. */
  readonly document: Document | undefined;
  readonly longestDays: number;
  /** Epoch ms. */
  readonly at: number;
}

/**
 * The contract of an order (clauses 六, 一-(三)): fee = list price − discount per line, the file pinned by its SHA-256.
 * Refuses a discount above the price, a contract without a fee or without the service ordered, a period that cannot
 * be, and a file that is not an accepted contract of the provider.
 */
export function drawUpContract(offer: ContractOffer, facts: ContractFacts): Result<Contract> {
  const issues = offerIssues(offer, facts);
  const { document } = facts;
  const usable =
    document?.organisationId === facts.providerId && document.purpose === 'contract' && document.status === 'accepted';
  if (!usable) issues.push({ pointer: '/documentId', rule: 'contract-document-unusable' });

  const refused = refuseAll(issues);
  if (!refused.ok) return refused;
  const lines: ContractLine[] = offer.lines.map((line) => ({ ...line, fee: subtract(line.listPrice, line.discount) }));
  const fee = sum(lines.map((line) => line.fee));
  if (fee === 0)
    return refuse('contract-without-fee', { issues: [{ pointer: '/lines', rule: 'contract-without-fee' }] });
  return ok({
    number: offer.number,
    lines,
    listPrice: sum(lines.map((line) => line.listPrice)),
    discount: sum(lines.map((line) => line.discount)),
    fee,
    startsOn: offer.startsOn,
    endsOn: offer.endsOn,
    documentId: offer.documentId,
    sha256: document?.sha256 ?? '',
    answeredAt: facts.at,
  });
}

/** What is wrong with an offer as it is written, whoever makes it. */
export function offerIssues(
  offer: Pick<ContractOffer, 'lines' | 'startsOn' | 'endsOn'>,
  facts: Pick<ContractFacts, 'orderedKind' | 'longestDays'>,
): Issue[] {
  const issues: Issue[] = offer.lines.flatMap((line, index) =>
    line.discount > line.listPrice
      ? [
          {
            pointer: `/lines/${index}/discount`,
            rule: 'discount-above-price' as const,
            values: { price: formatYuan(line.listPrice) },
          },
        ]
      : [],
  );
  issues.push(...periodIssues(offer.startsOn, offer.endsOn, facts.longestDays, '/endsOn'));
  if (!offer.lines.some(({ kind }) => kind === facts.orderedKind)) {
    const { zh: kindZh, en: kindEn } = kinds[facts.orderedKind];
    issues.push({ pointer: '/lines', rule: 'contract-without-ordered-service', values: { kindZh, kindEn } });
  }
  return issues;
}

/**
 * What makes a contract number of a provider count once, ever (clause 五-(三)): however it is spaced, cased or set in
 * full-width characters.
 */
export const contractNumberKey = (providerId: string, number: string): string =>
  `${providerId}#${number.normalize('NFKC').replaceAll(/\s+/g, '').toUpperCase()}`;
