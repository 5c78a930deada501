import type { Category } from '../catalogue/kinds.ts';
import { fen, type Ratio } from '../money/money.ts';
import type { PlanParameters } from './plan.ts';

/**
 * What the notice leaves open, as a plan has it when nobody decides otherwise; amounts in fen. Only the plan's draft
 * takes them from here: every other rule reads the parameters of a plan, which are its own versioned data.
 */
export const defaultParameters: PlanParameters = {
  taxBasis: 'included',
  yearlyCap: fen(2_000_000),
  ownShareFloor: fen(1),
  voucherValidityDays: 60,
  reservationWorkingDays: 10,
  claimWindow: { from: '11-01', to: '12-31' },
  reviewWorkingDays: 5,
  publicityWorkingDays: 5,
  objectionWorkingDays: 10,
  marketPriceTolerance: '0',
  qualityDeductions: { minor: '0.1', serious: '0.5', critical: '1' },
  renewalOfSameService: 'if-periods-do-not-overlap',
  carryOverYears: 2,
  dishonestyYears: 3,
  longestContractDays: 1096,
  priceChangeNotice: '0.2',
  marketEvidenceDays: 180,
};

/** The ratios that clause 五-(二) names, for a plan whose draft doesn't say. */
export const defaultRatios: Readonly<Record<Category, Ratio>> = {
  infrastructure: '0.15',
  'business-application': '0.20',
  'platform-system': '0.25',
};
