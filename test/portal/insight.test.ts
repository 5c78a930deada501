import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { claimsRoutes } from '../../contracts/claims.ts';
import { ordersRoutes } from '../../contracts/orders.ts';
import { progressRoutes } from '../../contracts/progress.ts';
import { publicityRoutes } from '../../contracts/publicity.ts';
import { businessDateOf, yearOf } from '../../core/calendar/business-date.ts';
import { answerBank, approvePayout, orderPayout, payoutWhen } from '../../demo/payment.ts';
import { until } from '../../demo/until.ts';
import { complaintsOf, countScript } from '../support/browser-reports.ts';
import { openPortalWorld, type PortalWorld } from '../support/portal-world.ts';
import { signIn } from '../support/seen-world.ts';
import { putTasks } from '../support/waiting-tasks.ts';
import { walkGuide } from '../support/walk-guide.ts';
import { expectWhole } from '../support/whole-page.ts';
import guide from './guides/inspector.ts';

const ENTERPRISE = '敖包矿业有限责任公司';

let world: PortalWorld;
let contexts: BrowserContext[] = [];
let guided: Page;
let orderId: string;
let voucherId: string;
let year: number;

beforeAll(async () => {
  world = await openPortalWorld();
  const { system, noticeId } = world;
  year = yearOf(businessDateOf(system.clock.now()));
  const inspector = system.person('inspector');
  const { items } = await inspector.do(claimsRoutes.listClaims, { query: { year } });
  const claimId = items[0]?.id ?? '';
  const notice = await inspector.do(publicityRoutes.readNotice, { params: { noticeId } });
  await system.clock.advanceTo(Date.parse(notice.endsAt) + 60_000);
  await until('the final claim', async () => {
    const { status } = await inspector.do(claimsRoutes.readClaim, { params: { claimId } });
    return status === 'final' || undefined;
  });
  const payoutId = await orderPayout(system, year);
  await approvePayout(system, payoutId);
  await answerBank(system, payoutId, () => ({ outcome: 'paid' }));
  await payoutWhen(system, payoutId, 'settled');
  const claimed = await inspector.do(claimsRoutes.listClaimItems, { params: { claimId }, query: {} });
  ({ orderId = '', voucherId = '' } = claimed.items[0] ?? {});
  await until('the progress to be counted', async () => {
    const { total } = await inspector.do(progressRoutes.readProgress, { params: { year: String(year) }, query: {} });
    return total.standings.paid.count === 2 || undefined;
  });
  const dayIn = (days: number) => businessDateOf(system.clock.now() + days * 86_400_000);
  await putTasks(system, '150400', [
    { name: '赤峰化工有限公司', dueOn: dayIn(9) },
    { name: '克什克腾风电有限公司', dueOn: dayIn(-9) },
  ]);
  await until('the tasks to be counted', async () => {
    const { offices } = await inspector.do(progressRoutes.readOpenWork);
    return offices.some(({ open }: { open: number }) => open === 2) || undefined;
  });
  guided = await signedIn(await world.visitor({ viewport: { width: 1280, height: 800 } }), 'inspector', '/mine');
}, 300_000);
afterAll(() => world?.stop());
afterEach(async () => {
  for (const context of contexts) await context.close();
  contexts = [];
});

/** Opens a page as somebody; the issuer's own form is filled in once. */
async function signedIn(context: BrowserContext, username: string, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await signIn(page, username);
  await page.getByRole('button', { name: /^(退出登录|Sign out)$/ }).waitFor();
  return page;
}

async function open(username: string, path: string, options: Parameters<PortalWorld['visitor']>[0] = {}) {
  const context = await world.visitor(options);
  contexts.push(context);
  return signedIn(context, username, path);
}

/** The inspector who walks the guide, at a page. */
async function at(path: string): Promise<Page> {
  await guided.goto(path);
  return guided;
}

const visits = (): readonly (readonly [name: string, path: string, zh: string, en: string])[] => [
  ['progress', '/plan', '发放与兑付进度', 'Progress'],
  ['dashboard', '/dashboard', '各年度资金', 'Money by year'],
  ['follow', '/follow?place=150200', '订单或券编号', 'Id of an order or a voucher'],
  ['follow-order', `/follow/${orderId}`, '券额是怎样算出来的', 'How the value was computed'],
  ['trail', `/trail?kind=voucher&id=${voucherId}`, '列入兑现申请', 'Put into a claim'],
];

describe('every page of figures and of inspectors', () => {
  it('is whole in both languages and on a phone, fits its window, and has no serious finding of axe', async () => {
    const page = await open('inspector', '/mine');
    const complaints = complaintsOf(page);
    for (const [name, path, zh, en] of visits()) {
      await page.goto(path);
      await expectWhole(page, name, [zh, en]);
    }
    expect(complaints).toEqual([]);
  }, 120_000);
});

describe('the progress in public', () => {
  it('is drawn by month, jurisdiction and category, needs no account, and its table says it all', async () => {
    const context = await world.visitor();
    contexts.push(context);
    const page = await context.newPage();
    await page.goto('/plan');
    await page.locator('.chart-picture[data-drawn=yes]').waitFor();
    await page.getByText('以表格查看').click();
    const paid = page.locator('figure td[data-title="已兑付"]');
    expect(await paid.allInnerTexts()).toEqual(['¥9,620.00 · 2 张']);
    await page.getByLabel('盟市').selectOption('150100');
    await page.getByText('所选范围内还没有发出云服务券。').waitFor();
    await page.getByLabel('盟市').selectOption('150200');
    await page.getByLabel('类别').selectOption('infrastructure');
    await page.getByText('¥1,620.00').first().waitFor();
    expect(page.url()).toContain('place=150200&category=infrastructure');
  });

  it('brings the library of charts with the first picture, and not before', async () => {
    const context = await world.visitor();
    contexts.push(context);
    const page = await context.newPage();
    const before = countScript(page);
    await page.goto('/');
    await page.getByText('尚可使用').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await before()).toBeLessThan(250 * 1024);
    const after = countScript(page);
    await page.goto('/plan');
    await page.locator('.chart-picture[data-drawn=yes]').waitFor();
    console.log(`plan with its chart: ${((await after()) / 1024).toFixed(0)} KB of script (gzip)`);
  });
});

describe('the dashboard', () => {
  it('is for both departments and inspectors, and for nobody else', async () => {
    for (const username of ['officer', 'finance']) {
      const page = await open(username, '/dashboard');
      await page.getByRole('img', { name: /^各年度资金/ }).waitFor();
      // What waits in each office leads only inspectors to its inbox: it is not theirs.
      await page.locator('.open-work').getByText('待办 2 件').first().waitFor();
      expect(await page.locator('.open-work').getByRole('link').count()).toBe(0);
    }
    const page = await open('auditor', '/dashboard');
    await page.getByText('您的岗位不能查看本页').waitFor();
  });

  it('says the same as the API: the funnel, the times, the money', async () => {
    const page = await open('finance', '/dashboard');
    const steps = page.locator('.funnel-step');
    await steps.first().waitFor();
    const names = await steps.locator('.funnel-text > span:first-child').allTextContents();
    const counts = await steps.locator('strong').allTextContents();
    expect(names.map((name, at) => `${name} ${counts[at]}`)).toEqual([
      '登记企业 2 家',
      '通过认证 1 家',
      '下单 3 单',
      '签约发券 2 单',
      '确认交付 2 单',
      '申报兑现 2 单',
      '完成审核 2 单',
      '拨付到账 2 单',
    ]);
    const times = page.locator('figure', { hasText: '各环节用时' });
    await times.getByText('以表格查看').click();
    const publicity = times.getByRole('row', { name: /公示/ });
    // The window closes at 24:00 of its fifth working day, which may be a working day or the weekend.
    expect((await publicity.locator('td').allInnerTexts()).join(' ')).toMatch(/^公示 ([56]) 个工作日 \1 个工作日 1$/);
  });
});

describe('what waits now', () => {
  const row = (page: Page, name: string) => page.locator('.open-work-office', { hasText: name });

  it('is drawn by office on the dashboard, and leads an inspector to the inbox and to what is overdue in it', async () => {
    const page = await at('/dashboard');
    const offices = page.locator('.open-work-office');
    await offices.first().waitFor();
    await page.getByText('没有待办：呼和浩特市、包头市、').waitFor();
    // Whoever is furthest behind comes first.
    expect(await offices.first().textContent()).toMatch(/^赤峰市待办 2 件1 件超时最早时限 \d+月\d+日$/);
    await row(page, '赤峰市').getByRole('link', { name: '1 件超时' }).click();
    await page.getByRole('link', { name: '克什克腾风电有限公司' }).waitFor();
    expect(await page.locator('.case-link').count()).toBe(1);
    await page.goBack();
    await row(page, '赤峰市').getByRole('link', { name: '赤峰市' }).click();
    await page.getByText('2 件', { exact: true }).waitFor();
  });
});

describe('the inspector', () => {
  it('follows a voucher by its id too, and is told what is no id before anything is asked', async () => {
    const page = await at('/follow');
    await page.getByLabel('订单或券编号').fill('vch_1');
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await page.getByText('编号以 ord_ 或 vch_ 开头，后面 26 位字母和数字。').waitFor();
    expect(await page.getByLabel('订单或券编号').inputValue()).toBe('vch_1');
    await page.getByLabel('订单或券编号').fill(voucherId);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^资金追踪 / }).waitFor();
    await page.getByText(orderId).first().waitFor();
  });

  it('is told that there is no such order, by the API', async () => {
    const page = await at(`/follow/ord_${'0'.repeat(26)}`);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('请求编号');
  });

  it('is told what is no id of its kind, and what was typed is kept', async () => {
    const page = await at('/trail');
    await page.getByLabel('编号').fill('2026');
    await page.getByRole('button', { name: '查看记录' }).click();
    await page.getByText('编号以 vch_ 开头，后面 26 位字母和数字。').waitFor();
    await page.getByLabel('事项类别').selectOption('plan');
    await page.getByLabel('编号').fill(String(year));
    await page.getByRole('button', { name: '查看记录' }).click();
    await page.getByRole('cell', { name: '启用' }).waitFor();
  });

  it('has no button that changes anything', async () => {
    const page = await at(`/follow/${orderId}`);
    await page.getByText('券额是怎样算出来的').waitFor();
    expect(await page.locator('main').getByRole('button').count()).toBe(0);
    const inspector = world.system.person('inspector');
    await expect(
      inspector.do(ordersRoutes.cancelOrder, { params: { orderId }, version: 1, body: { reason: '试' } }),
    ).rejects.toThrow();
  });
});

describe('a list of 10,000 rows', () => {
  it('stays responsive: pages come from the server as one scrolls, and few rows are there at a time', async () => {
    const context = await world.visitor();
    contexts.push(context);
    const page = await context.newPage();
    // What the register answers, a hundred lines a page, for a hundred pages.
    await page.route('**/v1/register/vouchers*', (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
      const items = Array.from({ length: 100 }, (_, n) => ({
        voucherNumber: `2026-INF-${String(from + n).padStart(6, '0')}`,
        enterpriseName: `草原工业第${from + n}有限公司`,
        enterpriseUscc: '911501000000000191',
        categories: ['infrastructure'],
        amount: '1500.00',
        status: 'active',
        activeOn: '2026-03-02',
      }));
      const next = from + 100;
      return route.fulfill({ json: { items, ...(next < 10_000 ? { next: String(next) } : {}) } });
    });
    await page.addInitScript(`
      window.tasks = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.tasks.push(duration);
      }).observe({ type: 'longtask', buffered: true });
    `);
    await page.goto('/register');
    await page.getByText('草原工业第0有限公司').waitFor();
    await page.evaluate('window.tasks = []');
    const started = performance.now();
    await page.evaluate(`new Promise((resolve) => {
      const step = () => {
        scrollTo(0, document.documentElement.scrollHeight);
        document.body.innerText.includes('共 10000 条') ? resolve() : requestAnimationFrame(step);
      };
      step();
    })`);
    const seconds = (performance.now() - started) / 1000;
    await page.getByText('草原工业第9999有限公司').waitFor();
    const rows = await page.locator('tbody tr').count();
    const tasks = await page.evaluate<number[]>('window.tasks');
    const longest = Math.max(0, ...tasks);
    console.log(
      `10,000 rows: ${seconds.toFixed(1)} s to the end over 100 pages, ${rows} rows at a time, longest task ${longest.toFixed(0)} ms`,
    );
    expect(rows).toBeLessThan(80);
    await page.keyboard.press('Home');
    await page.getByText('草原工业第0有限公司').waitFor();
  }, 60_000);
});

walkGuide(guide, () => ({ page: guided, enterprise: ENTERPRISE }));
