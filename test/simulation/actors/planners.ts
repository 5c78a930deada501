import { planRoutes } from '../../../contracts/plan.ts';
import { businessDate, startOfDay } from '../../../core/calendar/business-date.ts';
import type { Caller } from '../../support/http-event.ts';
import { live, type Person, type Surroundings } from '../person.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The two departments' planners: in December they draft and sign the plan of the next year, which the close of this one
 * opens; in autumn they propose to cut or raise this year's appropriation, and one confirms what the other proposed.
 */
export function planners(world: Surroundings, next: number): void {
  const december = startOfDay(businessDate(`${next - 1}-12-02`)) + 9 * HOUR;
  const october = startOfDay(businessDate(`${next - 1}-10-15`)) + 9 * HOUR;
  const params = { year: next };

  const draft = (me: Person) =>
    me.deed('draft the next plan', async () => {
      const amount = '30000.00';
      // Who is brought over from this year may then meet a limit that this year didn't have.
      const parameters = me.random.chance(0.5)
        ? { jurisdictionQuotas: { '150100': '12000.00', '150200': '3000.00' }, providerQuota: '10000.00' }
        : {};
      await me.do(planRoutes.draftPlan, {
        body: {
          year: next,
          title: String(next),
          appropriation: '90000.00',
          parameters,
          specs: [
            { category: 'infrastructure', amount, count: 5 },
            { category: 'business-application', amount, count: 5 },
            { category: 'platform-system', amount, count: 5 },
          ],
        },
      });
    });

  const sign = (me: Person) =>
    me.deed('sign the next plan', async () => {
      const plan = await me.read(planRoutes.readPlanDraft, { params });
      if (plan?.status === 'draft') await me.do(planRoutes.signPlan, { params, version: plan.version });
    });

  const change = (me: Person, proposes: boolean) =>
    me.deed(proposes ? 'propose another appropriation' : 'confirm another appropriation', async () => {
      const year = { year: next - 1 };
      const plan = await me.read(planRoutes.readPlanDraft, { params: year });
      if (!plan) return;
      const { version } = plan;
      if (!proposes) {
        if (plan.appropriationChange) await me.do(planRoutes.confirmAppropriation, { params: year, version });
        return;
      }
      const appropriation = (Number(plan.appropriation) * me.random.pick([0.4, 0.7, 1.5])).toFixed(2);
      await me.do(planRoutes.proposeAppropriation, {
        params: year,
        version,
        body: { appropriation, reason: '财政调整' },
      });
    });

  const planner = (name: string, caller: Caller, drafts: boolean) => {
    live(world, {
      name,
      caller,
      appointments: (drafts ? [0] : [2]).flatMap((late) => [
        october + late * DAY,
        december + late * DAY,
        december + 4 * DAY,
      ]),
      async look(me) {
        if (me.now() < december) await change(me, drafts);
        else if (drafts && me.now() < december + 2 * DAY) await draft(me);
        else await sign(me);
      },
    });
  };
  planner('planner-industry', { sub: 'planner-industry', roles: ['regional-officer'] }, true);
  planner('planner-finance', { sub: 'planner-finance', roles: ['finance-officer'] }, false);
}
