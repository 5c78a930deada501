import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { claimsRoutes } from '../../contracts/claims.ts';
import { publicityRoutes } from '../../contracts/publicity.ts';
import { businessDateOf, yearOf } from '../../core/calendar/business-date.ts';
import { audit } from '../../demo/audit.ts';
import { type Deal, deliver, fileClaim, publish, type Signed, sign } from '../../demo/business.ts';
import { certify, type Member, register } from '../../demo/cast.ts';
import type { Json } from '../../demo/client.ts';
import { startInTheClaimYear } from '../../demo/start-in-the-claim-year.ts';
import { type EmbeddedSystem, startSystem } from '../../demo/system.ts';
import { until } from '../../demo/until.ts';
import { openBrowser } from './browser.ts';

const DAY_MS = 86_400_000;

/** A running system with certified parties and without a plan: what the departments do is done in the browser. */
export interface MoneyWorld {
  readonly system: EmbeddedSystem;
  readonly browser: Browser;
  /** The year that the clock stands in. */
  readonly year: number;
  /** Somebody's browser, signed in; one for each name, whose clock is the system's. */
  at(username: string, options?: Visiting): Promise<Page>;
  /** The clock of every browser follows the system's. */
  setClocks(): Promise<void>;
  /** Orders, claims, audit and publicity under the open plan: three vouchers that may be paid, one that is live. */
  doBusiness(): Promise<Business>;
  stop(): Promise<void>;
}

export interface Business {
  /** Paid in this order: two of the first provider's, one of the second's between them. */
  readonly first: Signed;
  readonly second: Signed;
  readonly third: Signed;
  readonly providers: readonly [Member, Member];
}

export interface Visiting extends BrowserContextOptions {
  readonly language?: 'zh' | 'en';
}

export async function openMoneyWorld(): Promise<MoneyWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dengyun-money-'));
  const [system, browser] = await Promise.all([startSystem({ dataDir, portal: true }), openBrowser()]);
  await startInTheClaimYear(system, { chapter: () => undefined, line: () => undefined });
  const people = new Map<string, Page>();
  const year = yearOf(businessDateOf(system.clock.now()));

  const at = async (username: string, { language = 'zh', ...options }: Visiting = {}) => {
    const known = people.get(`${username} ${language} ${JSON.stringify(options)}`);
    if (known) return known;
    const context = await browser.newContext({ baseURL: system.apiUrl, reducedMotion: 'reduce', ...options });
    await context.clock.setFixedTime(system.clock.now());
    await context.addInitScript(`localStorage.setItem('dengyun.language', '${language}')`);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto('/mine');
    await page
      .getByRole('button', { name: language === 'zh' ? '登录' : 'Sign in' })
      .first()
      .click();
    await page.locator('#username').fill(username);
    await page.locator('#password').fill('dengyun');
    await page.locator('button[type=submit]').first().click();
    await page.locator('h1').waitFor();
    people.set(`${username} ${language} ${JSON.stringify(options)}`, page);
    return page;
  };

  return {
    system,
    browser,
    year,
    at,
    async setClocks() {
      for (const page of people.values()) await page.context().clock.setFixedTime(system.clock.now());
    },
    doBusiness: () => doBusiness(system, year),
    async stop() {
      await browser.close();
      await system.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
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
  const [cloud, data, mine, mill, machines] = await Promise.all([
    member('provider1', 'provider', '云上草原科技有限公司', 9301),
    member('provider2', 'provider', '敕勒川数据有限公司', 9302),
    member('enterprise1', 'enterprise', '敖包矿业有限责任公司', 1301),
    member('enterprise2', 'enterprise', '河套面粉有限公司', 1302),
    member('enterprise3', 'enterprise', '鹿城机械制造有限公司', 1303),
  ]);
  const offer = (provider: Member, kind: 'production-control' | 'computing', price: string) =>
    publish(system, provider, { name: `${provider.name} ${kind}`, kind, price, priceUnit: 'year' });
  const [mes, otherMes, compute] = await Promise.all([
    offer(cloud, 'production-control', '60000.00'),
    offer(data, 'production-control', '60000.00'),
    offer(data, 'computing', '4000.00'),
  ]);
  const deal = (provider: Member, enterprise: Member, offeringId: string, contractNumber: string): Deal => ({
    provider,
    enterprise,
    offeringId,
    kind: offeringId === compute ? 'computing' : 'production-control',
    quantity: 1,
    contractNumber,
    listPrice: offeringId === compute ? '4000.00' : '60000.00',
  });
  // One after the other: money follows the order of use.
  const first = await sign(system, deal(cloud, mine, mes, 'ZJ-1'));
  const second = await sign(system, deal(data, mill, otherMes, 'ZJ-2'));
  const third = await sign(system, deal(cloud, machines, mes, 'ZJ-3'));
  await sign(system, deal(data, machines, compute, 'ZJ-4'));
  await system.clock.advanceBy(DAY_MS);
  for (const order of [first, second, third]) await deliver(order);
  const claims = [
    { provider: cloud, claimId: await fileClaim(system, cloud, [first, third]) },
    { provider: data, claimId: await fileClaim(system, data, [second]) },
  ];
  await system.person('auditor').do(claimsRoutes.declareConflicts, {
    body: { organisationIds: [], statement: '与本年度申报单位无利害关系。' },
  });
  for (const { provider, claimId } of claims) await audit(system, provider, claimId, () => ({ outcome: 'approve' }));
  const inspector = system.person('inspector');
  const notices: readonly Json[] = await until('both notices', async () => {
    const { items } = await inspector.do(publicityRoutes.listNotices, { query: { year, limit: 100 } });
    return items.length === claims.length ? items : undefined;
  });
  const ends = notices.map(({ endsAt }) => Date.parse(endsAt));
  await system.clock.advanceTo(Math.max(...ends) + 60_000);
  for (const { claimId } of claims) {
    await until(`claim ${claimId} is final`, async () => {
      const { status } = await inspector.do(claimsRoutes.readClaim, { params: { claimId } });
      return status === 'final' || undefined;
    });
  }
  return { first, second, third, providers: [cloud, data] };
}
