import { addDays, businessDateOf } from '../calendar/business-date.ts';
import type { Document } from '../documents/document.ts';
import { formatYuan } from '../money/money.ts';
import type { PlanParameters } from '../policy/plan.ts';
import type { Finding } from '../registry/certification.ts';
import { type Issue, type Result, refuseAll } from '../result.ts';
import { kinds } from './kinds.ts';
import { changesByMore, highestPrice, percentChange } from './market-price.ts';
import type { OfferingContent, OfferingVersion } from './offering.ts';

/** What a version is judged by when it is submitted. */
export interface SubmissionFacts {
  readonly version: OfferingVersion;
  readonly providerName: string;
  /** The document named as evidence, as stored; absent when there is none of that id. */
  readonly evidence: Document | undefined;
  /** The version that is public now, if any. */
  readonly published: OfferingVersion | undefined;
  readonly parameters: PlanParameters;
  /** Epoch ms. */
  readonly at: number;
}

/** What of a version's content is checked; a change names only what it changes. */
type CheckedContent = { readonly [K in 'price' | 'marketPrice']?: OfferingContent[K] | undefined };

/** Prices and dates that no version may have, be it a draft: a price of nothing, a market price of tomorrow. */
export function checkContent({ price, marketPrice }: CheckedContent, at: number): Result<void> {
  const issues: Issue[] = [];
  if (price === 0) issues.push({ pointer: '/price', rule: 'price-zero' });
  if (marketPrice?.price === 0) issues.push({ pointer: '/marketPrice/price', rule: 'price-zero' });
  if (marketPrice && marketPrice.observedOn > businessDateOf(at)) {
    issues.push({
      pointer: '/marketPrice/observedOn',
      rule: 'market-price-from-future',
      values: { date: marketPrice.observedOn },
    });
  }
  return refuseAll(issues);
}

/**
 * Refuses a version that may not even be reviewed: its price is above the market price, or the evidence of the market
 * price is not on record (clause 三-(二)).
 */
export function checkSubmission({ version, evidence, parameters, at }: SubmissionFacts): Result<void> {
  const content = checkContent(version, at);
  if (!content.ok) return content;
  const issues: Issue[] = [];
  const limit = highestPrice(version.marketPrice.price, parameters.marketPriceTolerance);
  if (version.price > limit) {
    const values = {
      price: formatYuan(version.price),
      limit: formatYuan(limit),
      market: formatYuan(version.marketPrice.price),
    };
    issues.push({ pointer: '/price', rule: 'price-above-market', values });
  }
  const counts =
    evidence?.organisationId === version.providerId &&
    evidence.purpose === 'market-price-evidence' &&
    evidence.status === 'accepted';
  if (!counts) issues.push({ pointer: '/marketPrice/documentId', rule: 'market-evidence-required' });
  return refuseAll(issues);
}

/** What the reviewer is pointed to: noticed by a rule, for a person to judge (clause 三-(二)). */
export function submissionFindings({ version, providerName, published, parameters, at }: SubmissionFacts): Finding[] {
  const findings: Finding[] = [];
  const { observedOn, source } = version.marketPrice;
  const oldest = addDays(businessDateOf(at), -parameters.marketEvidenceDays);
  if (observedOn < oldest) {
    findings.push({
      rule: 'market-evidence-old',
      pointer: '/marketPrice/observedOn',
      values: { date: observedOn, days: parameters.marketEvidenceDays },
    });
  }
  if (source.includes(providerName))
    findings.push({ rule: 'market-source-is-provider', pointer: '/marketPrice/source' });
  if (published) findings.push(...changesOf(published, version, parameters.priceChangeNotice));
  return findings;
}

function changesOf(published: OfferingVersion, version: OfferingVersion, notice: string): Finding[] {
  const findings: Finding[] = [];
  if (published.priceUnit !== version.priceUnit) {
    findings.push({
      rule: 'price-unit-changed',
      pointer: '/priceUnit',
      values: { from: published.priceUnit, to: version.priceUnit },
    });
  } else if (changesByMore(published.price, version.price, notice)) {
    const values = {
      percent: percentChange(published.price, version.price),
      from: formatYuan(published.price),
      to: formatYuan(version.price),
    };
    findings.push({ rule: 'price-changed-much', pointer: '/price', values });
  }
  if (published.kind !== version.kind) {
    findings.push({
      rule: 'kind-changed',
      pointer: '/kind',
      values: { from: kinds[published.kind].zh, to: kinds[version.kind].zh },
    });
  }
  if (published.voucherSupported !== version.voucherSupported)
    findings.push({ rule: 'voucher-flag-changed', pointer: '/voucherSupported' });
  return findings;
}
