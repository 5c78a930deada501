import { payoutsRoutes } from '../../../contracts/payouts.ts';
import { businessDateOf } from '../../../core/calendar/business-date.ts';
import { live, type Surroundings } from '../person.ts';
import type { BankBook } from './bank.ts';

/**
 * The bank gives some transfers back (退汇): one person of finance records it, now and then a return that never was; another
 * looks at the account and confirms what is there, so that the money is sent again.
 */
export function bankReturns(world: Surroundings, bank: BankBook): void {
  const paid: { readonly payoutId: string; readonly id: string }[] = [];
  const seen = new Set<string>();
  live(world, {
    name: 'returns-recorder',
    caller: { sub: 'returns-recorder', roles: ['finance-officer'] },
    cares(item) {
      if (item.type !== 'payoutLine') return false;
      const { payoutId, id, status } = item.data as { payoutId: string; id: string; status: string };
      if (status !== 'paid' || seen.has(id)) return false;
      seen.add(id);
      paid.push({ payoutId, id });
      return true;
    },
    async look(me) {
      for (const { payoutId, id } of paid.splice(0)) {
        const came = me.random.chance(0.5);
        if (!came && !me.random.chance(0.2)) continue;
        await me.deed('record a return of the bank', async () => {
          const page = await me.read(payoutsRoutes.listPayoutLines, { params: { payoutId }, query: { limit: '50' } });
          const line = page?.items.find((one: { id: string }) => one.id === id);
          if (line?.status !== 'paid' || Number(line.net) === 0) return;
          const told = await me.do(payoutsRoutes.recordBankReturn, {
            params: { payoutId, lineId: id },
            version: line.version,
            body: {
              amount: line.net,
              bankSerial: `TH-${seen.size}-${world.seed}`,
              returnedOn: businessDateOf(me.now()),
              reason: '账户已销户',
            },
          });
          // What the bank gave back is back, whoever got to hear that it was recorded.
          if (came && (told === undefined || told.status === 201)) bank.returned.add(id);
        });
      }
    },
  });
  live(world, {
    name: 'returns-decider',
    caller: { sub: 'returns-decider', roles: ['finance-officer'] },
    cares: (item) => item.type === 'payoutLine' && (item.data as { status: string }).status === 'return-recorded',
    async look(me) {
      const page = await me.read(payoutsRoutes.listReturnsToConfirm, { query: { limit: '50' } });
      for (const { payoutId, id, version } of page?.items ?? []) {
        await me.deed('decide a return of the bank', async () => {
          const outcome = bank.returned.has(id) ? 'confirm' : 'reject';
          const params = { payoutId, lineId: id };
          await me.do(payoutsRoutes.decideBankReturn, { params, version, body: { outcome, note: '已核对账户' } });
        });
      }
    },
  });
}
