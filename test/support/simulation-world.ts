import { planRoutes } from '../../contracts/plan.ts';
import { planVersionRoutes } from '../../contracts/plan-versions.ts';
import { simulationRoutes } from '../../contracts/simulation.ts';
import type { Kind } from '../../core/catalogue/kinds.ts';
import type { Posting } from '../../core/ledger/posting.ts';
import { revise } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import type { Voucher } from '../../core/orders/voucher.ts';
import { accrual } from '../../core/payouts/postings.ts';
import { countQuotas } from '../../core/policy/quotas.ts';
import type { Ports } from '../../core/ports/context.ts';
import type { Organisation } from '../../core/registry/organisation.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import { simulationsApi } from '../../functions/simulations-api/routes/index.ts';
import { financier, inspector, officer } from './catalogue-world.ts';
import type { Engine } from './engine.ts';
import { type Answered, type Caller, call } from './http-event.ts';
import { accepted, noon, type Offer, ordersWorld, type PlanOptions } from './orders-world.ts';

/** What somebody does next; `who` and `which` choose among what there is. */
export type Deed =
  | { readonly do: 'place'; readonly who: number; readonly which: number; readonly asked?: number }
  | {
      readonly do: 'answer' | 'sign' | 'cancel' | 'full' | 'fail' | 'expire';
      readonly which: number;
      readonly fee: number;
    }
  | { readonly do: 'part'; readonly which: number; readonly fee: number }
  | { readonly do: 'accrue'; readonly which: number; readonly fee: number }
  | { readonly do: 'fund'; readonly fee: number }
  | { readonly do: 'version'; readonly fee: number };

const kinds: readonly Kind[] = ['computing', 'business-management', 'database'];

/** A year in which things happen one after the other, a millisecond apart, and the simulator that looks back at it. */
export async function simulationWorld(engine: Engine, year: number, options: PlanOptions = {}) {
  const world = await ordersWorld(engine, year, options);
  const { clock, store } = world;
  // Services have begun, so that everything may happen in any order.
  clock.at = noon(`${year}-04-02`);
  const now = () => clock.at;
  const ports: Ports = { reads: store, calendar: () => storedCalendar(store, now()) };
  const plans = createApi({ store, now, routes: planApi(ports) });
  const simulations = createApi({ store, now, routes: simulationsApi(ports) });
  const provider = await world.organisation('provider');
  const offers = await Promise.all(kinds.map((kind) => world.offer(provider, kind, 2_000_000)));
  const jurisdictions = ['150100', '150200'] as const;
  const enterprises = await Promise.all(
    [0, 1, 2, 3].map((n) => world.organisation('enterprise', { jurisdiction: jurisdictions[n % 2] ?? '150100' })),
  );
  const orders: { order: Answered['body']; enterprise: Organisation; from: Offer }[] = [];
  const params = { year };

  const after = async (answer: Promise<Answered>, index: number) => {
    const { status, body } = await answer;
    const entry = orders[index];
    if (entry && status < 300) entry.order = body;
  };
  const voucherOf = (entry: (typeof orders)[number] | undefined): Promise<Voucher | undefined> =>
    entry?.order.voucher ? store.get('voucher', { id: entry.order.voucher.id }) : Promise.resolve(undefined);

  const perform = async (deed: Deed): Promise<void> => {
    clock.at += 1;
    const index = 'which' in deed && orders.length > 0 ? deed.which % orders.length : 0;
    const entry = orders[index];
    switch (deed.do) {
      case 'place': {
        const enterprise = enterprises[deed.who % enterprises.length];
        const from = offers[deed.which % offers.length];
        if (!enterprise || !from) return;
        const choice =
          deed.asked === undefined ? { use: 'maximum' } : { use: 'amount', amount: (deed.asked / 100).toFixed(2) };
        const { status, body } = await world.place(enterprise, from, choice);
        if (status < 300) orders.push({ order: body, enterprise, from });
        return;
      }
      case 'answer':
        if (entry) await after(world.answer(entry.order, entry.from, String(1 + deed.fee)), index);
        return;
      case 'sign':
        if (entry) await after(world.sign(entry.enterprise, entry.order), index);
        return;
      case 'cancel':
        if (entry)
          await after(
            world.send('cancelOrder', world.memberOf(entry.enterprise), {
              params: { orderId: entry.order.id },
              version: entry.order.version,
              body: { reason: '不再需要' },
            }),
            index,
          );
        return;
      case 'full':
      case 'fail':
      case 'part': {
        if (!entry?.order.contract) return;
        const body =
          deed.do === 'full'
            ? { outcome: 'full' }
            : deed.do === 'fail'
              ? { outcome: 'not-performed', reason: '未交付' }
              : { outcome: 'part', reason: '部分', deliveredFees: [String(1 + (deed.fee % 9_000))] };
        await after(world.deliver(entry.enterprise, entry.order, body), index);
        return;
      }
      case 'expire': {
        const voucher = await voucherOf(entry);
        if (voucher?.status !== 'active' && voucher?.status !== 'used') return;
        const parts = voucher.parts;
        await world.seed(
          {
            do: 'update',
            entity: 'voucher',
            value: revise(voucher, clock.at, { status: 'expired' }),
            audit: { action: 'expire' },
          },
          {
            do: 'post',
            posting: countQuotas<Posting>(
              {
                id: `led_expire_${voucher.id}`,
                year,
                at: clock.at,
                reason: 'expire',
                reference: { entity: 'voucher', id: voucher.id },
                orderId: voucher.orderId,
                actor: 'sweep',
                entries: { active: -voucher.face, available: voucher.face },
                specs: parts.map(({ specId, amount }) => ({ specId, amount: -amount, count: -1 })),
                cap: { uscc: voucher.enterpriseUscc, amount: -voucher.face, cap: 0 },
              },
              voucher.quotas,
            ),
          },
        );
        return;
      }
      case 'accrue': {
        const voucher = await voucherOf(entry);
        if (voucher?.status !== 'used') return;
        const payable = fen(Math.max(1, voucher.face - deed.fee));
        const value = revise<Voucher>(voucher, clock.at, { status: 'payable', payable });
        await world.seed(
          { do: 'update', entity: 'voucher', value, audit: { action: 'accrue' } },
          { do: 'post', posting: accrual(voucher, payable, 0, { at: clock.at, actor: 'payout', payoutId: 'pay_1' }) },
        );
        return;
      }
      case 'fund': {
        const { version } = (await store.get('plan', { year })) ?? { version: 1 };
        const body = { appropriation: (deed.fee * 10).toFixed(2), reason: '调整' };
        await call(plans, planRoutes.proposeAppropriation, officer, { params, body, version });
        await call(plans, planRoutes.confirmAppropriation, financier, { params, body: {}, version: version + 1 });
        return;
      }
      case 'version': {
        const body = {
          appliesFrom: `${year}-04-02`,
          reason: '调整',
          parameters: { yearlyCap: String(1_000 + deed.fee) },
          specs: [
            { category: 'infrastructure', ratio: `0.${1 + (deed.fee % 8)}` },
            { category: 'business-application', amount: String(1_000 + deed.fee), count: 1 + (deed.fee % 9) },
          ],
        };
        const { status, body: drafted } = await call(plans, planVersionRoutes.draftVersion, officer, { params, body });
        if (status !== 201) return;
        const numbered = { ...params, number: drafted.number };
        await call(plans, planVersionRoutes.signVersion, officer, { params: numbered, body: {}, version: 1 });
        await call(plans, planVersionRoutes.signVersion, financier, { params: numbered, body: {}, version: 2 });
      }
    }
  };

  return {
    ...world,
    orders,
    enterprises,
    offers,
    perform,
    simulate: (query: Record<string, string> = {}, caller: Caller | undefined = inspector) =>
      call(simulations, simulationRoutes.simulatePolicy, caller, { params, query }),
    simulated: async (query: Record<string, string> = {}) =>
      accepted(await call(simulations, simulationRoutes.simulatePolicy, inspector, { params, query })),
  };
}
