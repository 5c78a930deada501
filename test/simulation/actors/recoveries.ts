import { recoveriesRoutes } from '../../../contracts/recoveries.ts';
import { businessDateOf } from '../../../core/calendar/business-date.ts';
import { live, type Surroundings } from '../person.ts';

const DAY = 86_400_000;
const MOST_RECOVERIES = 3;

/**
 * Money that should not have been paid is taken back (八-(三)): an officer proposes it for a voucher, finance confirms or
 * rejects, and the provider transfers it, or part of it, or leaves it to be kept from its next payment.
 */
export function recoverers(world: Surroundings, year: number): void {
  const redeemed: string[] = [];
  const seen = new Set<string>();
  let proposed = 0;
  live(world, {
    name: 'recovery-officer',
    caller: { sub: 'recovery-officer', roles: ['regional-officer'] },
    cares(item) {
      if (item.type !== 'voucher') return false;
      const { id, status } = item.data as { id: string; status: string };
      if (status !== 'redeemed' || seen.has(id)) return false;
      seen.add(id);
      redeemed.push(id);
      return true;
    },
    async look(me) {
      const { random } = me;
      for (const voucherId of redeemed.splice(0)) {
        if (proposed >= MOST_RECOVERIES || !random.chance(0.4)) continue;
        await me.deed('propose a recovery', async () => {
          proposed += 1;
          const reasonCode = random.pick(['fraud', 'invoice-cancelled', 'inspection-finding']);
          const part = random.chance(0.5) ? { amount: '123.45' } : {};
          const body = { voucherId, reasonCode, note: '专项检查发现', ...part };
          await me.do(recoveriesRoutes.proposeRecovery, { body });
          // Twice for one voucher, which together may be more than was paid.
          if (random.chance(0.2)) await me.do(recoveriesRoutes.proposeRecovery, { body });
        });
      }
    },
  });

  let repayments = 0;
  live(world, {
    name: 'recovery-finance',
    caller: { sub: 'recovery-finance', roles: ['finance-officer'] },
    cares: (item) => item.type === 'recovery',
    async look(me) {
      const { random } = me;
      const page = await me.read(recoveriesRoutes.listRecoveries, { query: { year: String(year), limit: '50' } });
      for (const { id, providerId, version, status, open } of page?.items ?? []) {
        if (status === 'proposed') {
          await me.deed('decide a recovery', async () => {
            const outcome = random.chance(0.8) ? 'confirm' : 'reject';
            const params = { providerId, recoveryId: id };
            await me.do(recoveriesRoutes.decideRecovery, { params, version, body: { outcome, note: '已核对' } });
          });
          me.comeBack(me.now() + 3 * DAY);
        } else if (status === 'confirmed' && Number(open) > 0 && random.chance(0.4)) {
          await me.deed('record a repayment', async () => {
            repayments += 1;
            const amount = random.chance(0.5) ? open : (Number(open) / 2).toFixed(2);
            const bankSerial = `HK-${world.seed}-${repayments}`;
            const body = { amount, bankSerial, paidOn: businessDateOf(me.now()) };
            await me.do(recoveriesRoutes.recordRepayment, { params: { providerId }, body });
          });
        }
      }
    },
  });
}
