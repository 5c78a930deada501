import { planRoutes } from '../../../../contracts/plan.ts';
import type { Answer } from '../../api/client.ts';
import type { Fields } from '../../components/fields.ts';
import { percentText, yuanOf } from '../../format/amounts.ts';
import { money, monthDay, percent } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import type { Strings } from '../../strings/zh-CN.ts';

export type Plan = Answer<typeof planRoutes.readPlanDraft>;
export type Parameters = Plan['parameters'];
export type Spec = Plan['specs'][number];
export type ParameterName = keyof Strings['money']['parameters'];

/** What each parameter is, which decides how it is typed and read. */
export const parameterKinds = {
  taxBasis: 'choice',
  yearlyCap: 'yuan',
  ownShareFloor: 'yuan',
  voucherValidityDays: 'days',
  reservationWorkingDays: 'workingDays',
  claimWindow: 'window',
  reviewWorkingDays: 'workingDays',
  publicityWorkingDays: 'workingDays',
  objectionWorkingDays: 'workingDays',
  marketPriceTolerance: 'percent',
  qualityDeductions: 'deductions',
  renewalOfSameService: 'choice',
  carryOverYears: 'years',
  dishonestyYears: 'years',
  longestContractDays: 'days',
  priceChangeNotice: 'percent',
  marketEvidenceDays: 'days',
} as const satisfies Readonly<Record<ParameterName, string>>;
export const parameterNames = Object.keys(parameterKinds) as ParameterName[];

export const parameterGroups = {
  amounts: ['yearlyCap', 'ownShareFloor', 'taxBasis'],
  time: [
    'reservationWorkingDays',
    'voucherValidityDays',
    'longestContractDays',
    'claimWindow',
    'reviewWorkingDays',
    'publicityWorkingDays',
    'objectionWorkingDays',
  ],
  checks: [
    'marketPriceTolerance',
    'priceChangeNotice',
    'marketEvidenceDays',
    'qualityDeductions',
    'renewalOfSameService',
  ],
  life: ['carryOverYears', 'dishonestyYears'],
} as const satisfies Readonly<Record<string, readonly ParameterName[]>>;

/** Those that a version may change during the year: what is missing is one measure for all claims of a year (ADR 12). */
export const changeable = parameterNames.filter(
  (name) =>
    !['taxBasis', 'marketPriceTolerance', 'qualityDeductions', 'carryOverYears', 'dishonestyYears'].includes(name),
);

/** The defaults of the policy, as the contract fills them in. */
export const defaultParameters: Parameters = (() => {
  const spec = { category: 'infrastructure', amount: '1', count: 1 };
  const draft = { year: 2026, title: '-', appropriation: '1', specs: [spec] };
  const { parameters } = planRoutes.draftPlan.body?.parse(draft) ?? {};
  if (!parameters) throw new Error('the contract of a draft has no body');
  const { yearlyCap, ownShareFloor, jurisdictionQuotas: _, providerQuota: __, ...rest } = parameters;
  return { ...rest, yearlyCap: yuanOf(BigInt(yearlyCap)), ownShareFloor: yuanOf(BigInt(ownShareFloor)) };
})();

/** Parameters as fields of a form, named by their pointers. */
export function parameterTexts(parameters: Parameters): Fields {
  const texts: Record<string, string> = {};
  for (const name of parameterNames) {
    const value = parameters[name];
    if (name === 'claimWindow' || name === 'qualityDeductions') {
      for (const [part, text] of Object.entries(value as object))
        texts[`/parameters/${name}/${part}`] = name === 'claimWindow' ? text : percentText(text);
    } else {
      texts[`/parameters/${name}`] = parameterKinds[name] === 'percent' ? percentText(String(value)) : String(value);
    }
  }
  for (const [place, amount] of Object.entries(parameters.jurisdictionQuotas ?? {}))
    texts[`/parameters/jurisdictionQuotas/${place}`] = amount ?? '';
  if (parameters.providerQuota) texts['/parameters/providerQuota'] = parameters.providerQuota;
  return texts;
}

export interface Term {
  readonly term: string;
  readonly value: string;
}

/** Parameters and specs as people read them. */
export function usePlanTerms() {
  const { strings, language } = useLanguage();
  const names = useNames();
  const { parameters: labels, values, desk, draft } = strings.money;

  const wordOf = (name: ParameterName, parameters: Parameters): string => {
    switch (name) {
      case 'taxBasis':
        return values.taxBasis[parameters.taxBasis];
      case 'renewalOfSameService':
        return values.renewalOfSameService[parameters.renewalOfSameService];
      case 'claimWindow':
        return values.window(
          monthDay(parameters.claimWindow.from, language),
          monthDay(parameters.claimWindow.to, language),
        );
      case 'qualityDeductions': {
        const { minor, serious, critical } = parameters.qualityDeductions;
        return values.deductions(percent(minor), percent(serious), percent(critical));
      }
      case 'yearlyCap':
      case 'ownShareFloor':
        return money(parameters[name]);
      case 'marketPriceTolerance':
      case 'priceChangeNotice':
        return percent(parameters[name]);
      case 'carryOverYears':
      case 'dishonestyYears':
        return values.years(parameters[name]);
      case 'voucherValidityDays':
      case 'longestContractDays':
      case 'marketEvidenceDays':
        return values.days(parameters[name]);
      default:
        return values.workingDays(parameters[name]);
    }
  };

  const termsOf = ({ parameters, specs }: Pick<Plan, 'parameters' | 'specs'>): Term[] => [
    ...specs.flatMap(({ category, ratio, amount, count }) => {
      const name = names.category(category);
      return [
        { term: desk.specTerm(name, desk.ratio), value: percent(ratio) },
        { term: desk.specTerm(name, desk.amount), value: money(amount) },
        { term: desk.specTerm(name, desk.count), value: `${count} ${strings.units.copies}` },
      ];
    }),
    ...parameterNames.map((name) => ({ term: labels[name].label, value: wordOf(name, parameters) })),
    ...Object.entries(parameters.jurisdictionQuotas ?? {}).map(([place, amount]) => ({
      term: `${draft.quotas} · ${names.jurisdictionOr(place)}`,
      value: money(amount ?? '0.00'),
    })),
  ];

  return { wordOf, termsOf };
}
