import {
  addDays,
  type BusinessDate,
  businessDate,
  businessDateOf,
  compareDates,
  periodOverlap,
} from '../calendar/business-date.ts';
import { highestPrice } from '../catalogue/market-price.ts';
import { type Fen, fen, formatYuan, subtract, sum, ZERO } from '../money/money.ts';
import type { Contract, Order } from '../orders/order.ts';
import type { SubsidisedService } from '../orders/same-service.ts';
import type { PlanParameters } from '../policy/plan.ts';
import type { Finding } from '../registry/certification.ts';
import type { Organisation } from '../registry/organisation.ts';
import type { RuleName } from '../rules/index.ts';
import type { ClaimItem } from './claim.ts';
import type { Evidence } from './evidence.ts';

/** Everything that the automatic findings of an item are made of. */
export interface ItemFacts {
  readonly evidence: Evidence;
  readonly enterprise: Pick<Organisation, 'name' | 'uscc' | 'status'>;
  readonly provider: Pick<Organisation, 'name' | 'uscc' | 'status'>;
  readonly face: Fen;
  /** What local policies add to the voucher; absent: nothing. */
  readonly localTopUps?: Fen;
  /** Of the voucher: the file that it is bound to (clause 一-(二)). */
  readonly contractSha256: string;
  readonly order: Pick<Order, 'kind' | 'quantity' | 'deliveredFee' | 'signedAt'>;
  readonly contract: Pick<Contract, 'lines' | 'fee' | 'startsOn' | 'endsOn'>;
  readonly marketPrice: Fen;
  readonly parameters: Pick<PlanParameters, 'marketPriceTolerance' | 'voucherValidityDays'>;
  /** Each file with its hash, and whether another item brought the same file before. */
  readonly files: readonly { readonly pointer: string; readonly sha256: string; readonly usedElsewhere: boolean }[];
  /** Other subsidised services of the enterprise of the same kind whose period overlaps (clause 五-(三)). */
  readonly overlaps: readonly { readonly voucherNumber: string; readonly days: number }[];
  readonly today: BusinessDate;
}

type Check = (facts: ItemFacts) => readonly Finding[];

const found = (rule: RuleName, pointer: string, values: Finding['values'] = {}): Finding => ({ rule, pointer, values });

/** The fee that the voucher was computed on: what was delivered of it, where only a part was. */
export const subsidisedFee = ({
  order,
  contract,
}: {
  order: Pick<Order, 'deliveredFee'>;
  contract: Pick<Contract, 'fee'>;
}): Fen => order.deliveredFee ?? contract.fee;

/** What the enterprise pays itself: fee = own share + voucher + local top-ups (clause 一-(三)). */
const ownShare = (facts: ItemFacts): Fen => subtract(subsidisedFee(facts), facts.face, facts.localTopUps ?? ZERO);

/** Invoices add up to the fee, or to the own share where the provider invoiced net of voucher and local top-ups. */
const invoicesTotal: Check = (facts) => {
  const total = sum(facts.evidence.invoices.map(({ amount }) => amount));
  const fee = subsidisedFee(facts);
  return facts.evidence.invoices.length === 0 || total === fee || total === ownShare(facts)
    ? []
    : [
        found('invoices-total-differs', '/invoices', {
          total: formatYuan(total),
          fee: formatYuan(fee),
          own: formatYuan(ownShare(facts)),
        }),
      ];
};

/** Transfers add up to the own share: the provider charged less by voucher and local top-ups (clause 六). */
const transfersTotal: Check = (facts) => {
  const total = sum(facts.evidence.transfers.map(({ amount }) => amount));
  return facts.evidence.transfers.length === 0 || total === ownShare(facts)
    ? []
    : [found('transfers-total-differs', '/transfers', { total: formatYuan(total), own: formatYuan(ownShare(facts)) })];
};

/** Names as banks write them: without spaces, with either kind of brackets. */
const sameName = (a: string, b: string): boolean => plainName(a) === plainName(b);
const plainName = (name: string): string =>
  name.normalize('NFKC').replaceAll(/\s/g, '').replaceAll('（', '(').replaceAll('）', ')');

const parties: Check = ({ evidence, enterprise, provider }) => [
  ...evidence.transfers.flatMap(({ payerName, payeeName }, i) => [
    ...(sameName(payerName, enterprise.name) ? [] : [found('transfer-payer-differs', `/transfers/${i}/payerName`)]),
    ...(sameName(payeeName, provider.name) ? [] : [found('transfer-payee-differs', `/transfers/${i}/payeeName`)]),
  ]),
  ...evidence.invoices.flatMap(({ buyerUscc, sellerUscc }, i) => [
    ...(buyerUscc === enterprise.uscc ? [] : [found('invoice-buyer-differs', `/invoices/${i}/buyerUscc`)]),
    ...(sellerUscc === provider.uscc ? [] : [found('invoice-seller-differs', `/invoices/${i}/sellerUscc`)]),
  ]),
];

/** The fee of the ordered kind's lines against market price × quantity, with the plan's tolerance (clause 七-(二)). */
const price: Check = ({ order, contract, marketPrice, parameters }) => {
  const fee = sum(contract.lines.filter(({ kind }) => kind === order.kind).map((line) => line.fee));
  const limit = fen(highestPrice(marketPrice, parameters.marketPriceTolerance) * order.quantity);
  return fee <= limit
    ? []
    : [found('item-price-above-market', '/contractDocumentId', { fee: formatYuan(fee), limit: formatYuan(limit) })];
};

/**
 * Invoices and transfers belong to the time from signing (or an earlier start) to the end of the contract and the
 * voucher's validity after it; none is of the future.
 */
const dates: Check = ({ evidence, order, contract, parameters, today }) => {
  const starts = businessDate(contract.startsOn);
  const signed = order.signedAt === undefined ? starts : businessDateOf(order.signedAt);
  const from = compareDates(signed, starts) < 0 ? signed : starts;
  const to = addDays(businessDate(contract.endsOn), parameters.voucherValidityDays);
  const dated = [
    ...evidence.invoices.map(({ issuedOn }, i) => ({
      on: issuedOn,
      pointer: `/invoices/${i}/issuedOn`,
      rule: 'invoice-outside-contract' as const,
    })),
    ...evidence.transfers.map(({ paidOn }, i) => ({
      on: paidOn,
      pointer: `/transfers/${i}/paidOn`,
      rule: 'transfer-outside-contract' as const,
    })),
  ];
  return dated.flatMap(({ on, pointer, rule }) => [
    ...(on < from || on > to ? [found(rule, pointer, { on, from, to })] : []),
    ...(on > today ? [found('evidence-dated-in-future', pointer, { on })] : []),
  ]);
};

/** Payment only after use (clause 一-(二)): usage lies in the contract's period, has happened, and is not nothing. */
const usage: Check = ({ evidence: { usage: reported }, contract, today }) => {
  if (!reported) return [];
  const { from, to, activeUsers } = reported;
  return [
    ...(from < contract.startsOn || to > contract.endsOn
      ? [found('usage-outside-contract', '/usage', { from: contract.startsOn, to: contract.endsOn })]
      : []),
    ...(to > today ? [found('evidence-dated-in-future', '/usage/to', { on: to })] : []),
    ...(activeUsers === 0 ? [found('usage-empty', '/usage/activeUsers')] : []),
  ];
};

const files: Check = ({ files: submitted, contractSha256 }) =>
  submitted.flatMap(({ pointer, sha256, usedElsewhere }) => [
    ...(usedElsewhere ? [found('evidence-used-elsewhere', pointer)] : []),
    ...(pointer === '/contractDocumentId' && sha256 !== contractSha256
      ? [found('contract-file-differs', pointer)]
      : []),
  ]);

const certification: Check = ({ enterprise, provider }) => [
  ...(enterprise.status === 'certified' ? [] : [found('item-enterprise-not-certified', '/enterpriseId')]),
  ...(provider.status === 'certified' ? [] : [found('item-provider-not-certified', '/providerId')]),
];

const overlap: Check = ({ overlaps }) =>
  overlaps.map(({ voucherNumber, days }) =>
    found('item-overlapping-service', '/contractDocumentId', { voucher: voucherNumber, days }),
  );

const checks: readonly Check[] = [
  invoicesTotal,
  transfersTotal,
  parties,
  price,
  dates,
  usage,
  files,
  certification,
  overlap,
];

/**
 * What an auditor should look at in an item: each a named rule with its clause, never proof. Duplicate invoices and
 * bank serials are not among them, because those are refused before (clause 五-(三)).
 */
export const findingsOf = (facts: ItemFacts): Finding[] => checks.flatMap((check) => check(facts));

/** The enterprise's other subsidised services of a kind in this contract, with the days on which they overlap (clause 五-(三)). */
export function overlapsWith(
  voucherNumber: string,
  contract: Pick<Contract, 'lines' | 'startsOn' | 'endsOn'>,
  services: readonly SubsidisedService[],
): ItemFacts['overlaps'] {
  const period = { from: businessDate(contract.startsOn), to: businessDate(contract.endsOn) };
  return services.flatMap((other) => {
    if (other.voucherNumber === voucherNumber || !contract.lines.some(({ kind }) => other.kinds.includes(kind)))
      return [];
    const days = periodOverlap(period, { from: businessDate(other.from), to: businessDate(other.to) });
    return days > 0 ? [{ voucherNumber: other.voucherNumber, days }] : [];
  });
}

export const hasFinding = (item: Pick<ClaimItem, 'findings'>, rule: RuleName): boolean =>
  item.findings.some((finding) => finding.rule === rule);
