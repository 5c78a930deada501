import { topUpsRoutes } from '../../../contracts/topups.ts';
import { live, type Surroundings } from '../person.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A city that adds something of its own to vouchers: one drafts the policy, another puts it into force and may end it. */
export function localPolicymakers(world: Surroundings, year: number): void {
  const start = world.clock.now();
  let drafted = 0;
  live(world, {
    name: 'city-drafter',
    caller: { sub: 'city-drafter', roles: ['city-reviewer'], jurisdiction: '150100' },
    appointments: [start + 1, start + 8 * DAY],
    async look(me) {
      await me.deed('draft a local policy', async () => {
        drafted += 1;
        await me.do(topUpsRoutes.draftLocalPolicy, {
          body: {
            year,
            name: { zh: '上云配套补助', en: 'Top-up' },
            basis: 'fee',
            ratio: me.random.pick(['0.05', '0.1']),
            categories: ['infrastructure', 'business-application', 'platform-system'],
            orderMaximum: '3000.00',
            enterpriseMaximum: '5000.00',
            priority: drafted,
            // Not enough for everybody.
            fund: me.random.pick(['4000.00', '100000.00']),
          },
        });
      });
    },
  });
  live(world, {
    name: 'city-second',
    caller: { sub: 'city-second', roles: ['city-reviewer'], jurisdiction: '150100' },
    cares: (item) => item.type === 'localPolicy' && (item.data as { status: string }).status === 'draft',
    appointments: [start + 25 * DAY],
    async look(me) {
      const page = await me.read(topUpsRoutes.listLocalPolicies, {
        query: { jurisdiction: '150100', year: String(year) },
      });
      for (const { id, version, status } of page?.items ?? []) {
        const params = { policyId: id };
        if (status === 'draft') {
          await me.deed('enact a local policy', async () => {
            await me.do(topUpsRoutes.enactLocalPolicy, { params, version });
          });
        } else if (me.now() > start + 24 * DAY && me.random.chance(0.3)) {
          await me.deed('end a local policy', async () => {
            await me.do(topUpsRoutes.endLocalPolicy, { params, version, body: { reason: '资金调整' } });
          });
        }
        await me.read(topUpsRoutes.readLocalFund, { params });
      }
    },
  });
}
