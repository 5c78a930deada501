import type { Page } from 'playwright-core';
import { claimsRoutes } from '../../contracts/claims.ts';
import { ordersRoutes } from '../../contracts/orders.ts';
import { publicityRoutes } from '../../contracts/publicity.ts';
import { businessDateOf, yearOf } from '../../core/calendar/business-date.ts';
import { audit } from '../../demo/audit.ts';
import { answer, type Deal, deliver, fileClaim, place, publish, type Signed } from '../../demo/business.ts';
import { certify, type Member, register } from '../../demo/cast.ts';
import type { Json } from '../../demo/client.ts';
import { startInTheClaimYear } from '../../demo/start-in-the-claim-year.ts';
import type { EmbeddedSystem } from '../../demo/system.ts';
import { until } from '../../demo/until.ts';
import { openSeenWorld, type SeenWorld, signIn } from './seen-world.ts';

const DAY_MS = 86_400_000;

/** A running system with certified parties and without a plan: what the departments do is done in the browser. */
export interface MoneyWorld extends SeenWorld {
  /** The year that the clock stands in. */
  readonly year: number;
  /** Somebody's browser, signed in; one for each name, whose clock is the system's. */
  at(username: string): Promise<Page>;
  /** The clock of every browser follows the system's; pages are read anew. */
  followClock(): Promise<void>;
  /** After a long time everybody signs in anew. */
  everybodyLeaves(): Promise<void>;
  /** Orders, claims, audit and publicity under the open plan: three vouchers that may be paid. */
  doBusiness(): Promise<Business>;
}

export interface Business {
  /** Paid in this order: two of the first provider's, one of the second's between them. */
  readonly first: Signed;
  readonly second: Signed;
  readonly third: Signed;
  readonly providers: readonly [Member, Member];
}

export async function openMoneyWorld(): Promise<MoneyWorld> {
  const world = await openSeenWorld(async (system) => {
    await startInTheClaimYear(system, { chapter: () => undefined, line: () => undefined });
    return { year: yearOf(businessDateOf(system.clock.now())) };
  });
  const { system, year } = world;
  const people = new Map<string, Page>();

  const at = async (username: string) => {
    const known = people.get(username);
    if (known) return known;
    const page = await (await world.visitor()).newPage();
    page.setDefaultTimeout(30_000);
    await page.goto('/mine');
    await signIn(page, username);
    await page.locator('h1').waitFor();
    people.set(username, page);
    return page;
  };

  return {
    ...world,
    at,
    async followClock() {
      await Promise.all(
        [...people.values()].map(async (page) => {
          await page.context().clock.setFixedTime(system.clock.now());
          await page.reload();
        }),
      );
    },
    async everybodyLeaves() {
      for (const page of people.values()) await page.context().close();
      people.clear();
    },
    doBusiness: () => doBusiness(system, year),
  };
}

async function doBusiness(system: EmbeddedSystem, year: number): Promise<Business> {
  const member = async (username: string, kind: 'provider' | 'enterprise', name: string, serial: number) => {
    const registered = await register(system, {
      username,
      kind,
      name,
      jurisdiction: kind === 'provider' ? '150100' : '150200',
      section: kind === 'provider' ? 'I' : 'C',
      serial,
    });
    await certify(system, registered);
    return registered;
  };
  const [cloud, data, mine, mill] = await Promise.all([
    member('provider1', 'provider', '云上草原科技有限公司', 9301),
    member('provider2', 'provider', '敕勒川数据有限公司', 9302),
    member('enterprise1', 'enterprise', '敖包矿业有限责任公司', 1301),
    member('enterprise2', 'enterprise', '河套面粉有限公司', 1302),
  ]);
  const contracts = [
    { provider: cloud, enterprise: mine, kind: 'production-control', listPrice: '60000.00', contractNumber: 'ZJ-1' },
    { provider: data, enterprise: mill, kind: 'production-control', listPrice: '60000.00', contractNumber: 'ZJ-2' },
    { provider: cloud, enterprise: mill, kind: 'collaboration', listPrice: '40000.00', contractNumber: 'ZJ-3' },
  ] as const;
  const answered = await Promise.all(
    contracts.map(async (contract) => {
      const { provider, kind, listPrice: price } = contract;
      const name = `${provider.name} ${kind}`;
      const offeringId = await publish(system, provider, { name, kind, price, priceUnit: 'year' });
      const deal: Deal = { ...contract, offeringId, quantity: 1 };
      const placed = await place(system, deal);
      return { deal, placed, ...(await answer(system, deal, placed)) };
    }),
  );
  // Signed one after the other: money follows the order of use.
  const signed: Signed[] = [];
  for (const { deal, placed, answered: offer, documentId } of answered) {
    const order = await deal.enterprise.person.do(ordersRoutes.signOrder, {
      params: { orderId: placed.id },
      version: offer.version,
    });
    signed.push({ ...deal, order, voucher: order.voucher, contractDocumentId: documentId });
  }
  const [first, second, third] = signed;
  if (!first || !second || !third) throw new Error('an order is missing');
  await system.clock.advanceBy(DAY_MS);
  await Promise.all([first, second, third].map((order) => deliver(order)));
  const inspector = system.person('inspector');
  await system.person('auditor').do(claimsRoutes.declareConflicts, {
    body: { organisationIds: [], statement: '与本年度申报单位无利害关系。' },
  });
  const claims = [
    { provider: cloud, orders: [first, third] },
    { provider: data, orders: [second] },
  ];
  const claimIds = await Promise.all(
    claims.map(async ({ provider, orders }) => {
      const claimId = await fileClaim(system, provider, orders);
      await audit(system, provider, claimId, () => ({ outcome: 'approve' }));
      return claimId;
    }),
  );
  const notices: readonly Json[] = await until('both notices', async () => {
    const { items } = await inspector.do(publicityRoutes.listNotices, { query: { year, limit: 100 } });
    return items.length === claims.length ? items : undefined;
  });
  const ends = notices.map(({ endsAt }) => Date.parse(endsAt));
  await system.clock.advanceTo(Math.max(...ends) + 60_000);
  for (const claimId of claimIds) {
    await until(`claim ${claimId} is final`, async () => {
      const { status } = await inspector.do(claimsRoutes.readClaim, { params: { claimId } });
      return status === 'final' || undefined;
    });
  }
  return { first, second, third, providers: [cloud, data] };
}
