import { intersection } from '../../core/calendar/business-date.ts';
import { storedPeriod } from '../../core/orders/service-days.ts';
import type { ServiceHistory } from '../../core/orders/service-history.ts';
import { capCountingStatuses } from '../../core/orders/voucher.ts';
import type { Check } from '../check.ts';
import { findingsOf } from '../finding.ts';

const finding = findingsOf('services', {
  twice: {
    zh: '同一企业同一服务（{kind}）的 {from} 至 {to} 由券 {first} 和 {second} 重复补助（五-(三)）。',
    en: 'Days of one service ({kind}) of one enterprise, {from} to {to}, are subsidised by {first} and by {second} (五-(三)).',
    repairZh: '由审核决定哪一张计入，另一张扣减或收回。',
    repairEn: 'An auditor decides which of them counts; the other is reduced or taken back.',
  },
  unknown: {
    zh: '服务记录中的券 {voucher} 不存在。',
    en: 'The record of services names the voucher {voucher}, which does not exist.',
    repairZh: '从备份中取回该券，或删去该记录行。',
    repairEn: 'Take the voucher from a backup, or drop the line.',
  },
});

/** No day of a service is subsidised twice (clause 五-(三)). */
export function services(): Check {
  const histories: ServiceHistory[] = [];
  /** Vouchers that are there, and whether they count. */
  const vouchers = new Map<string, boolean>();
  return {
    see(stored) {
      if (stored.kind !== 'entity') return;
      if (stored.entity === 'voucher') vouchers.set(stored.value.id, capCountingStatuses.includes(stored.value.status));
      if (stored.entity === 'serviceHistory') histories.push(stored.value);
    },
    *judge() {
      for (const { enterpriseUscc, periods } of histories) {
        for (const { voucherId: voucher } of periods) {
          if (!vouchers.has(voucher)) yield finding('unknown', `enterprise ${enterpriseUscc}`, { voucher });
        }
        const live = periods.filter(({ voucherId }) => vouchers.get(voucherId));
        for (const [index, one] of live.entries()) {
          for (const other of live.slice(index + 1)) {
            if (one.kind !== other.kind || one.voucherId === other.voucherId) continue;
            const common = intersection(storedPeriod(one), storedPeriod(other));
            if (!common) continue;
            yield finding('twice', `enterprise ${enterpriseUscc}`, {
              kind: one.kind,
              from: common.from,
              to: common.to,
              first: one.voucherNumber,
              second: other.voucherNumber,
            });
          }
        }
      }
    },
  };
}
