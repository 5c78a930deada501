import { daysOf, intersection, type Period } from '../calendar/business-date.ts';
import { type Kind, kinds } from '../catalogue/kinds.ts';
import type { PlanParameters } from '../policy/plan.ts';
import type { Finding } from '../registry/certification.ts';
import { ok, type Result, refuse } from '../result.ts';
import { daysOfAll, storedPeriod, without } from './service-days.ts';
import type { SubsidisedPeriod } from './service-history.ts';

/** A service that the enterprise has a live voucher for, by its contract. */
export interface SubsidisedService {
  readonly voucherId: string;
  readonly voucherNumber: string;
  readonly kinds: readonly Kind[];
  readonly from: string;
  readonly to: string;
}

export interface WantedService extends Period {
  readonly kinds: readonly Kind[];
}

/**
 * The same enterprise and kind again (clause 五-(三)): an overlapping period is a finding for each voucher and kind, with
 * the days. Under a plan that never subsidises a renewal, the same kind is refused whatever its period.
 */
export function checkSameService(
  earlier: readonly SubsidisedPeriod[],
  wanted: WantedService,
  renewal: PlanParameters['renewalOfSameService'],
): Result<Finding[]> {
  const same = earlier.filter(({ kind }) => wanted.kinds.includes(kind));
  const [first] = same;
  if (first && renewal === 'never') return refuse('same-service-again', { values: { voucher: first.voucherNumber } });
  const byService = Map.groupBy(same, ({ voucherNumber, kind }) => `${voucherNumber} ${kind}`);
  return ok([...byService.values()].flatMap((periods) => overlapFinding(periods, wanted)));
}

function overlapFinding(periods: readonly SubsidisedPeriod[], wanted: Period): Finding[] {
  const common = periods
    .flatMap((period) => intersection(storedPeriod(period), wanted) ?? [])
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const [service] = periods;
  const [first] = common;
  const last = common.at(-1);
  if (!service || !first || !last) return [];
  const { zh: kindZh, en: kindEn } = kinds[service.kind];
  const values = { voucher: service.voucherNumber, kindZh, kindEn, from: first.from, to: last.to };
  return [{ rule: 'overlapping-service', values: { ...values, days: daysOfAll(common) } }];
}

/** How many days of a service's period are not subsidised yet. */
export interface ServiceDays {
  readonly days: number;
  readonly fresh: number;
}

/** The days of a kind that no earlier voucher subsidises, in periods: a day counts once, however often it was taken. */
export const freshPeriods = (kind: Kind, wanted: Period, earlier: readonly SubsidisedPeriod[]): Period[] =>
  without(wanted, earlier.filter((period) => period.kind === kind).map(storedPeriod));

/** The days of every wanted kind that overlaps with an earlier voucher; kinds that don't are absent. */
export function overlappingDays(
  wanted: WantedService,
  earlier: readonly SubsidisedPeriod[],
): ReadonlyMap<Kind, ServiceDays> {
  const days = daysOf(wanted);
  return new Map(
    [...new Set(wanted.kinds)].flatMap((kind): [Kind, ServiceDays][] => {
      const fresh = daysOfAll(freshPeriods(kind, wanted, earlier));
      return fresh < days ? [[kind, { days, fresh }]] : [];
    }),
  );
}
