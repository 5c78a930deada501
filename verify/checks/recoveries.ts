import type { Check } from '../check.ts';
import { findingsOf } from '../finding.ts';

const repair = {
  repairZh: '按该券的全部收回单核对，更正券或收回单。',
  repairEn: 'Compare the voucher with all its recoveries and correct whichever is wrong.',
};
const finding = findingsOf('recoveries', {
  reclaimed: {
    zh: '券记载正在或已经收回 {stored} 分，而收回单合计 {expected} 分（八-(三)）。',
    en: 'The voucher says {stored} fen are being taken back; its recoveries come to {expected} fen (八-(三)).',
    ...repair,
  },
  recovered: {
    zh: '券记载已收回 {stored} 分，而收回单合计 {expected} 分（八-(三)）。',
    en: 'The voucher says {stored} fen came back; its recoveries come to {expected} fen (八-(三)).',
    ...repair,
  },
  parts: {
    zh: '收回单金额 {amount} 分，已收回 {recovered} 分、抵扣中 {held} 分，而逐笔合计 {returned} 分。',
    en: 'The recovery of {amount} fen has {recovered} back and {held} held; its returns come to {returned} fen.',
    ...repair,
  },
});

/** What is taken back of a voucher is what its recoveries say, and never more than each of them (clause 八-(三)). */
export function recoveries(): Check {
  const reclaimed = new Map<string, number>();
  const recovered = new Map<string, number>();
  const vouchers = new Map<string, { readonly reclaimed: number; readonly recovered: number }>();
  const wrong: ReturnType<typeof finding>[] = [];
  return {
    see(stored) {
      if (stored.kind !== 'entity') return;
      if (stored.entity === 'voucher' && (stored.value.reclaimed || stored.value.recovered)) {
        const { id, reclaimed: taken = 0, recovered: back = 0 } = stored.value;
        vouchers.set(id, { reclaimed: taken, recovered: back });
      }
      if (stored.entity !== 'recovery') return;
      const { id, voucherId, status, amount, held, recovered: back, returns } = stored.value;
      if (status !== 'rejected') reclaimed.set(voucherId, (reclaimed.get(voucherId) ?? 0) + amount);
      recovered.set(voucherId, (recovered.get(voucherId) ?? 0) + back);
      const returned = returns.reduce((sum, part) => sum + part.amount, 0);
      if (returned !== back || back + held > amount) {
        wrong.push(finding('parts', id, { amount, recovered: back, held, returned }));
      }
    },
    *judge() {
      yield* wrong;
      for (const id of new Set([...vouchers.keys(), ...reclaimed.keys()])) {
        const is = vouchers.get(id) ?? { reclaimed: 0, recovered: 0 };
        const must = { reclaimed: reclaimed.get(id) ?? 0, recovered: recovered.get(id) ?? 0 };
        for (const code of ['reclaimed', 'recovered'] as const) {
          if (is[code] !== must[code]) yield finding(code, id, { stored: is[code], expected: must[code] });
        }
      }
    },
  };
}
