import { type BusinessDate, businessDate, type Period, periodOverlap } from '../calendar/business-date.ts';
import type { Kind } from '../catalogue/kinds.ts';
import type { PlanParameters } from '../policy/plan.ts';
import type { Finding } from '../registry/certification.ts';
import { ok, type Result, refuse } from '../result.ts';

/** A service that the enterprise has a live voucher for. */
export interface SubsidisedService {
  readonly voucherNumber: string;
  readonly kinds: readonly Kind[];
  readonly from: string;
  readonly to: string;
}

/**
 * The same enterprise and kind again (clause 五-(三)): an overlapping period is a finding that a person decides. Under a
 * plan that never subsidises a renewal, the same kind is refused whatever its period.
 */
export function checkSameService(
  earlier: readonly SubsidisedService[],
  wanted: { readonly kinds: readonly Kind[]; readonly from: BusinessDate; readonly to: BusinessDate },
  renewal: PlanParameters['renewalOfSameService'],
): Result<Finding[]> {
  const same = earlier.filter((service) => service.kinds.some((kind) => wanted.kinds.includes(kind)));
  const [first] = same;
  if (first && renewal === 'never') return refuse('same-service-again', { values: { voucher: first.voucherNumber } });
  return ok(
    same
      .filter((service) => periodOverlap(periodOf(service), wanted) > 0)
      .map(({ voucherNumber, from, to }) => ({
        rule: 'overlapping-service',
        values: { voucher: voucherNumber, from, to },
      })),
  );
}

const periodOf = ({ from, to }: SubsidisedService): Period => ({ from: businessDate(from), to: businessDate(to) });
