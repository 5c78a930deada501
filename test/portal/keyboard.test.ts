import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimsRoutes } from '../../contracts/claims.ts';
import { publicityRoutes } from '../../contracts/publicity.ts';
import { addDays, businessDate, businessDateOf, startOfDay } from '../../core/calendar/business-date.ts';
import { DEMO_PASSWORD } from '../../demo/accounts.ts';
import { publish } from '../../demo/business.ts';
import { orderPayout } from '../../demo/payment.ts';
import { startInTheClaimYear } from '../../demo/start-in-the-claim-year.ts';
import type { EmbeddedSystem } from '../../demo/system.ts';
import { until } from '../../demo/until.ts';
import { Keyboard } from '../support/keyboard.ts';
import { certified } from '../support/parties.ts';
import { openSeenWorld, type SeenWorld } from '../support/seen-world.ts';
import { openYearlyPlan } from '../support/yearly-plan.ts';
import { paper } from './provider-deeds.ts';

const HOUR = 3_600_000;

/** A certified enterprise and a certified provider with one offering, in the claim window. */
async function act(system: EmbeddedSystem): Promise<{ year: number }> {
  await startInTheClaimYear(system, { chapter: () => undefined, line: () => undefined });
  const year = await openYearlyPlan(system, { 'platform-system': '60000.00' });
  const [provider] = await Promise.all([certified(system, 'provider1'), certified(system, 'enterprise1')]);
  await publish(system, provider, {
    name: '云 MES 生产管理',
    kind: 'production-control',
    price: '40000.00',
    priceUnit: 'year',
  });
  return { year };
}

let world: SeenWorld & { year: number };
const hands: Keyboard[] = [];

beforeAll(async () => {
  world = await openSeenWorld(act);
}, 300_000);
afterAll(async () => {
  console.log(`the main path took ${hands.reduce((sum, { tabs }) => sum + tabs, 0)} tabs`);
  await world?.stop();
});

/** Somebody who comes to a page and signs in there. */
async function comes(username: string, path: string): Promise<Keyboard> {
  const page = await (await world.visitor()).newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(path);
  const keyboard = new Keyboard(page);
  hands.push(keyboard);
  await keyboard.press(page.getByRole('main').getByRole('button', { name: '登录' }));
  await signsIn(keyboard, username);
  return keyboard;
}

async function signsIn(keyboard: Keyboard, username: string): Promise<void> {
  const { page } = keyboard;
  await keyboard.type(page.locator('#username'), username);
  await keyboard.type(page.locator('#password'), DEMO_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '退出登录' }).waitFor();
}

describe('the main path by keyboard alone', () => {
  let buyer: Keyboard;
  let clerk: Keyboard;
  let claimId: string;

  it('begins with a way past the menus; the enterprise signs in, finds an offering and orders it', async () => {
    const page = await (await world.visitor()).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    buyer = new Keyboard(page);
    hands.push(buyer);
    await buyer.press(page.getByRole('link', { name: '跳到正文' }));
    expect(buyer.tabs).toBe(1);
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await buyer.press(page.getByRole('button', { name: '登录' }).first(), { back: true });
    await signsIn(buyer, 'enterprise1');
    await page.getByText('已认证').first().waitFor();

    await buyer.press(page.getByRole('link', { name: '产品目录', exact: true }), { back: true });
    await buyer.type(page.getByLabel('搜索产品或云服务商'), 'MES');
    await expect.poll(() => page.url()).toContain('q=MES');
    await page.getByText('已列出 1 个产品').waitFor();
    await buyer.press(page.getByRole('link', { name: '云 MES 生产管理' }));
    await buyer.press(page.getByRole('link', { name: '下单' }));
    await page.getByText('费用 40000.00 元 × 20% = 8000.00 元').waitFor();
    await buyer.type(page.getByLabel('数量'), '0');
    await page.keyboard.press('Tab');
    await buyer.press(page.getByRole('button', { name: '下单并预留' }));
    await page.getByText('此项过短或过小').waitFor();
    await expect.poll(() => buyer.isAt(page.getByLabel('数量'))).toBe(true);
    await buyer.type(page.getByLabel('数量'), '1');
    await page.getByText('费用 40000.00 元 × 20% = 8000.00 元').waitFor();
    await buyer.press(page.getByRole('button', { name: '下单并预留' }));
    await page.getByText('等待云服务商以合同应答。').waitFor();
  });

  it('goes on with the provider, which answers with its contract', async () => {
    clerk = await comes('provider1', '/provider/orders');
    const { page } = clerk;
    await clerk.press(page.getByRole('button', { name: '待应答 1' }));
    await clerk.press(page.getByRole('link', { name: '敖包矿业有限责任公司' }));
    await clerk.type(page.getByLabel('合同编号'), 'JP-001');
    await clerk.choose(page.getByLabel('合同文件 选择文件'), paper('合同 JP-001'));
    await page.getByText('已上传并通过内容检查').waitFor();
    await clerk.press(page.getByRole('button', { name: '发送应答' }));
    await page.getByText('已应答，等待企业签约').waitFor();
  });

  it('the enterprise signs, and confirms the delivery', async () => {
    const { page } = buyer;
    await page.getByText('此刻可得云服务券').waitFor();
    await buyer.tick(page.getByLabel('我已阅读合同，代表本单位签约'));
    await buyer.press(page.getByRole('button', { name: '签约' }));
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    // What was opened by mistake is left with one key, and leaves the focus where it was.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await buyer.isAt(page.getByRole('button', { name: '签约' }))).toBe(true);
    await page.keyboard.press('Enter');
    await buyer.press(dialog.getByRole('button', { name: '签约' }));
    await page.getByText('已签约，待交付').waitFor();
    await buyer.pick(page.getByRole('radio', { name: /^全部交付/ }));
    await buyer.press(page.getByRole('button', { name: '确认', exact: true }));
    await buyer.press(dialog.getByRole('button', { name: '确认' }));
    await page.getByText('已全部交付').first().waitFor();
    await buyer.expectHeld();
  });

  it('the provider claims it with its evidence', async () => {
    const { page } = clerk;
    const today = businessDateOf(world.system.clock.now());
    await clerk.press(page.getByRole('link', { name: '兑现申报', exact: true }), { back: true });
    await clerk.press(page.getByRole('button', { name: '新建本年度申报' }));
    await page.getByText('还没有加入云服务券').waitFor();
    claimId = /clm_[0-9A-Z]+/.exec(page.url())?.[0] ?? '';
    await clerk.tick(page.getByLabel(/^选择 NM/));
    await clerk.press(page.getByRole('button', { name: '把 1 张加入申报' }));
    await page.getByText('还有 1 张凭证不全').waitFor();
    await clerk.press(page.getByRole('link', { name: /^填凭证/ }), { back: true });
    const invoice = page.getByRole('group', { name: '发票 1' });
    await clerk.type(invoice.getByLabel('发票号码'), '10000001');
    await clerk.type(invoice.getByLabel('发票代码'), '0150019111');
    await clerk.typeDay(invoice.getByLabel('开票日期'), today);
    await clerk.choose(page.getByLabel('发票文件 选择文件'), paper('发票 10000001'));
    const transfer = page.getByRole('group', { name: '转账 1' });
    await clerk.type(transfer.getByLabel('银行流水号'), 'NMYH-10000001');
    await clerk.typeDay(transfer.getByLabel('转账日期'), today);
    await clerk.choose(page.getByLabel('银行回单 选择文件'), paper('回单 10000001'));
    await clerk.typeDay(page.getByLabel('使用结束'), today);
    await clerk.type(page.getByLabel('使用说明'), '按月用量报表，服务正常开通并持续使用。');
    await clerk.choose(page.getByLabel('使用证明 选择文件'), paper('使用情况 JP-001'));
    await page.getByText('已上传并通过内容检查').nth(2).waitFor();
    await clerk.press(page.getByRole('button', { name: '保存凭证' }));
    await page.getByText('已保存，四样齐全。').waitFor();
    await clerk.press(page.getByRole('link', { name: '← 返回申报' }), { back: true });
    await clerk.press(page.getByRole('button', { name: '提交申报' }));
    await clerk.press(page.getByRole('button', { name: '确认提交' }));
    await page.getByText('第三方正在逐项审核').waitFor();
    await clerk.expectHeld();
  });

  it('the auditor declares to have no conflict, and gives a verdict on the item', async () => {
    const auditor = await comes('auditor', '/audits');
    const { page } = auditor;
    await auditor.type(page.getByLabel('声明'), '与本年度申报单位无利害关系。');
    await auditor.press(page.getByRole('button', { name: '提交申报' }));
    await page.getByText('已于').waitFor();
    await auditor.press(page.getByRole('link', { name: '云上草原科技有限公司' }));
    await auditor.pick(page.getByRole('radio', { name: '通过' }));
    await auditor.press(page.getByRole('button', { name: /^保存/ }));
    await page.getByText('逐项审核完毕').waitFor();
    await auditor.press(page.getByRole('button', { name: '完成审核' }), { back: true });
    await auditor.press(page.getByRole('dialog').getByRole('button', { name: '完成审核' }));
    await page.getByText('本轮审核已于').waitFor();
    await auditor.expectHeld();
  });

  it('after publicity both departments approve its payment', async () => {
    await windowPasses(claimId);
    await orderPayout(world.system, world.year);
    await approves('officer2', '待财政厅审批');
    const finance = await approves('finance', '1 笔尚无回执');
    // Closed while the file is fetched, and open again: it has the focus as before.
    const download = finance.page.getByRole('button', { name: '导出付款文件' });
    await finance.press(download);
    await finance.page.getByText('文件名').waitFor();
    await expect.poll(() => finance.isAt(download)).toBe(true);
  }, 120_000);
});

/** Finds the payment order by the menu and approves it. */
async function approves(username: string, then: string): Promise<Keyboard> {
  const approver = await comes(username, '/mine');
  const { page } = approver;
  const group = page.getByRole('button', { name: '资金', exact: true });
  await approver.press(group, { back: true });
  await approver.reach(page.getByRole('link', { name: '资金拨付' }));
  await page.keyboard.press('Escape');
  expect(await approver.isAt(group)).toBe(true);
  await page.keyboard.press('Enter');
  await approver.press(page.getByRole('link', { name: '资金拨付' }));
  await approver.press(page.getByRole('table', { name: '资金拨付' }).getByRole('link'));
  await approver.tick(page.getByLabel('我已核对笔数、金额和明细'));
  await approver.press(page.getByRole('button', { name: '提交决定' }));
  await page.getByText(then).first().waitFor();
  await approver.expectHeld();
  return approver;
}

/** The window of a claim's notice passes without an objection. */
async function windowPasses(claimId: string): Promise<void> {
  const inspector = world.system.person('inspector');
  const notice = await until('the notice', async () => {
    const { items } = await inspector.do(publicityRoutes.listNotices, { query: { year: world.year } });
    return items[0];
  });
  await world.system.clock.advanceTo(startOfDay(addDays(businessDate(notice.lastDay), 1)) + 9 * HOUR);
  await until('the claim is final', async () => {
    const { status } = await inspector.do(claimsRoutes.readClaim, { params: { claimId } });
    return status === 'final' || undefined;
  });
}
