import type { WaitingList } from '../../core/orders/waiting-list.ts';
import { missingOf } from '../../core/orders/waiting-list.ts';
import type { Check } from '../check.ts';
import { findingsOf } from '../finding.ts';
import { storedPools } from '../stored-money.ts';

const finding = findingsOf('waiting-list', {
  figures: {
    zh: '{year} 年候补名单{line}记 {storedPlaces} 位 {storedAmount} 分，而候补订单为 {places} 位 {amount} 分。',
    en: 'The waiting list of {year}{line} says {storedPlaces} places and {storedAmount} fen; waiting orders are {places} and {amount} fen.',
    repairZh: '停止写入后按候补订单重算名单。',
    repairEn: 'Stop writing and compute the list from the waiting orders again.',
  },
  mark: {
    zh: '{year} 年有人候补，但资金池未作标记：后来者可能抢先。',
    en: 'Somebody waits in {year} and the pool carries no mark: whoever comes later may overtake.',
    repairZh: '为该年的每个分片加上候补标记。',
    repairEn: 'Set the mark on every shard of the year.',
  },
});

interface Waiting {
  places: number;
  amount: number;
}

/** Who waits for money stands in orders; the list of a year only counts them (clause 一-(二)). */
export function waitingList(): Check {
  const lists = new Map<number, WaitingList>();
  const must = new Map<string, Waiting>();
  const pools = storedPools();
  const add = (key: string, amount: number) => {
    const waiting = must.get(key) ?? { places: 0, amount: 0 };
    must.set(key, { places: waiting.places + 1, amount: waiting.amount + amount });
  };

  return {
    see(stored) {
      pools.see(stored);
      if (stored.kind !== 'entity') return;
      if (stored.entity === 'waitingList') lists.set(stored.value.year, stored.value);
      if (stored.entity === 'order' && stored.value.waiting) {
        const { planYear, waiting } = stored.value;
        const amount = missingOf(stored.value);
        add(String(planYear), amount);
        add(`${planYear} ${waiting.specId}`, amount);
      }
    },
    *judge() {
      const are = new Map<string, Waiting>();
      for (const { year, places, amount, specs } of lists.values()) {
        are.set(String(year), { places, amount });
        for (const [specId, spec] of Object.entries(specs)) are.set(`${year} ${specId}`, spec);
      }
      const nobody = { places: 0, amount: 0 };
      for (const key of new Set([...are.keys(), ...must.keys()])) {
        const is = are.get(key) ?? nobody;
        const { places, amount } = must.get(key) ?? nobody;
        const [year = '', spec] = key.split(' ');
        if (is.places !== places || is.amount !== amount) {
          yield finding('figures', `year ${key}`, {
            year,
            line: spec === undefined ? '' : ` (${spec})`,
            storedPlaces: is.places,
            storedAmount: is.amount,
            places,
            amount,
          });
        }
        if (spec === undefined && places > 0 && !pools.isMarked(Number(year))) {
          yield finding('mark', `year ${year}`, { year });
        }
      }
    },
  };
}
