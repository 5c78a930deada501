import { topUpsRoutes } from '../../contracts/topups.ts';
import { capCountingStatuses } from '../../core/orders/voucher.ts';
import { everyPage } from '../../core/ports/pages.ts';
import type { Jurisdiction } from '../../core/registry/jurisdictions.ts';
import { localHoldingAccounts, replayLocal } from '../../core/topups/local-ledger.ts';
import type { LocalPolicy } from '../../core/topups/local-policy.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import type { Store } from '../../storage/store.ts';
import { type Call, type Caller, call } from './http-event.ts';
import { accepted, type OrdersWorld } from './orders-world.ts';

/** A reviewer of a jurisdiction. */
export const cityReviewer = (sub: string, jurisdiction: Jurisdiction = '150100'): Caller => ({
  sub,
  roles: ['city-reviewer'],
  jurisdiction,
});

/** The routes of local policies beside a world of orders, on the same table and clock. */
export function localPolicies({ store, clock, year }: OrdersWorld) {
  const now = () => clock.at;
  const ports = { reads: store, calendar: () => storedCalendar(store, now()) };
  const api = createApi({ store, now, routes: planApi(ports) });

  const send = (route: keyof typeof topUpsRoutes, caller: Caller | undefined, what: Call = {}) =>
    call(api, topUpsRoutes[route], caller, what);

  const terms = {
    name: { zh: '呼和浩特市上云配套补助', en: 'Hohhot top-up' },
    basis: 'fee',
    ratio: '0.1',
    categories: ['infrastructure', 'business-application', 'platform-system'],
    orderMaximum: '100000.00',
    enterpriseMaximum: '200000.00',
    priority: 1,
    fund: '1000000.00',
  };

  const draft = (more: object = {}, by = cityReviewer('drafter')) =>
    send('draftLocalPolicy', by, { body: { ...terms, year, ...more } });

  const enact = (policy: { id: string; version: number }, by: Caller = cityReviewer('second')) =>
    send('enactLocalPolicy', by, { params: { policyId: policy.id }, version: policy.version, body: {} });

  const end = (policy: { id: string; version: number }, by: Caller = cityReviewer('second')) =>
    send('endLocalPolicy', by, {
      params: { policyId: policy.id },
      version: policy.version,
      body: { reason: '资金调整' },
    });

  /** Drafted by one and put into force by another. */
  const inForce = async (more: object = {}, jurisdiction: Jurisdiction = '150100') => {
    const drafted = accepted(await draft(more, cityReviewer('drafter', jurisdiction)));
    return accepted(await enact(drafted, cityReviewer('second', jurisdiction)));
  };

  return { send, terms, draft, enact, end, inForce };
}

/** Whether the invariants of a local fund hold: by its movements, its balances, and the vouchers of its year. */
export async function checkLocalFund(store: Store, policyId: string): Promise<Record<string, boolean>> {
  const policy = (await store.get('localPolicy', { id: policyId })) as LocalPolicy;
  const [balances, movements, vouchers] = await Promise.all([
    store.localFund(policyId),
    everyPage((page) => store.list('localJournal', { policyId }, page)),
    everyPage((page) => store.list('vouchersOfYear', { year: policy.year }, page)),
  ]);
  const granted = vouchers
    .filter(({ status }) => capCountingStatuses.includes(status))
    .flatMap(({ status, enterpriseUscc, localTopUps = [] }) =>
      localTopUps
        .filter((topUp) => topUp.policyId === policyId)
        .map(({ amount }) => ({ active: status === 'active', enterpriseUscc, amount: Number(amount) })),
    );
  const total = (of: typeof granted) => of.reduce((sum, { amount }) => sum + amount, 0);
  const enterprises = [...new Set(vouchers.map(({ enterpriseUscc }) => enterpriseUscc))];
  const used = await Promise.all(enterprises.map((uscc) => store.localUsed(policyId, uscc)));
  return {
    'every movement sums to zero': movements.every(
      ({ entries }) => Object.values(entries).reduce((sum, amount) => sum + amount, 0) === 0,
    ),
    'balances equal the replay of the movements': JSON.stringify(replayLocal(movements)) === JSON.stringify(balances),
    'the money is what was set aside': -balances.appropriation === policy.terms.fund,
    'no account is below zero': localHoldingAccounts.every((account) => balances[account] >= 0),
    'granted is behind active vouchers': balances.granted === total(granted.filter(({ active }) => active)),
    'used is behind delivered services': balances.used === total(granted.filter(({ active }) => !active)),
    'what enterprises had is what their vouchers hold': enterprises.every(
      (uscc, i) => used[i] === total(granted.filter(({ enterpriseUscc }) => enterpriseUscc === uscc)),
    ),
    'no enterprise had more than its maximum': used.every((amount) => amount <= policy.terms.enterpriseMaximum),
  };
}
