import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogueRoutes } from '../../contracts/catalogue.ts';
import { claimsRoutes } from '../../contracts/claims.ts';
import { ordersRoutes } from '../../contracts/orders.ts';
import { complaintsOf } from '../support/browser-reports.ts';
import { partnersOf } from '../support/provider-partners.ts';
import { openProviderWorld, type ProviderWorld } from '../support/provider-world.ts';
import { signIn } from '../support/seen-world.ts';
import { csv, type ExcelCell, excelWorkbook, gbk, unicodeText, withMark } from '../support/spreadsheets.ts';
import { walkGuide } from '../support/walk-guide.ts';
import { expectWhole } from '../support/whole-page.ts';
import type { Visit } from './every-page.ts';
import guide, { type ProviderWalk } from './guides/provider.ts';
import { paper, upload } from './provider-deeds.ts';

const DESKTOP = { width: 1280, height: 800 };

let world: ProviderWorld;
let walk: ProviderWalk;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  world = await openProviderWorld();
  walk = {
    world,
    partners: partnersOf(world),
    signedIn: (path) => openAs('provider1', path),
    kept: {},
  };
}, 300_000);
afterAll(async () => {
  for (const context of contexts) await context.close();
  await world?.stop();
});

async function openAs(username: string, path: string): Promise<Page> {
  const context = await world.visitor({ viewport: DESKTOP });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(path);
  await signIn(page, username);
  await page.getByRole('button', { name: '退出登录' }).waitFor();
  return page;
}

let clerk: Promise<Page> | undefined;
/** The clerk of the provider that makes mistakes, at a page of the portal. */
async function clerkAt(path: string): Promise<Page> {
  clerk ??= openAs('provider2', path);
  const page = await clerk;
  page.removeAllListeners('request');
  await go(page, path);
  return page;
}

/** To another page of the portal, as its links do. */
const go = (page: Page, path: string) => page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`);
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const says = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor();

/** Bodies of the commands that a page sends from now on. */
function sentBy(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' && new URL(request.url()).pathname.startsWith('/v1/'))
      sent.push(new URL(request.url()).pathname);
  });
  return sent;
}

/** Every page, in both languages and on a phone: whole, within its window, and without a serious finding of axe. */
async function inspect(page: Page, visits: readonly Visit[]): Promise<void> {
  const complaints = complaintsOf(page);
  for (const { name, path, shows } of visits) {
    await go(page, path);
    await expectWhole(page, name, shows);
  }
  expect(complaints).toEqual([]);
}

describe('what a provider finds when something is to be done', () => {
  it('is whole in both languages and on a phone', async () => {
    const page = await clerkAt('/provider/offerings');
    const claim = `/provider/claims/${world.claimId}`;
    await inspect(page, [
      { name: 'provider-offerings', path: '/provider/offerings', shows: ['消息中间件', 'Latest version'] },
      { name: 'provider-new-offering', path: '/provider/offerings/new', shows: ['存为草稿', 'Keep as a draft'] },
      {
        name: 'provider-draft',
        path: `/provider/offerings/${world.draftId}`,
        shows: ['提交审核', 'Submit for review'],
      },
      { name: 'provider-orders', path: '/provider/orders', shows: ['云数据库企业版', 'To be signed'] },
      { name: 'provider-order', path: `/provider/orders/${world.waitingId}`, shows: ['排在第 1 位', 'It is number 1'] },
      {
        name: 'provider-delivered',
        path: `/provider/orders/${world.spare.order.id}`,
        shows: ['去申报兑现', 'Claim it'],
      },
      { name: 'provider-claims', path: '/provider/claims', shows: ['现在可以申报', 'Open until'] },
      { name: 'provider-claim', path: claim, shows: ['凭证齐全', 'With all evidence'] },
      { name: 'provider-item', path: `${claim}/items/${world.itemId}`, shows: ['合计 ¥8,600.00', '¥8,600.00 in all'] },
      { name: 'provider-import', path: `${claim}/import`, shows: ['下载模板', 'Download the template'] },
      { name: 'provider-payments', path: '/provider/payments', shows: ['****9102', '****9102'] },
    ]);
  }, 180_000);

  it('is not shown to an enterprise', async () => {
    const page = await openAs('enterprise1', '/provider/claims');
    await says(page, '您的岗位不能查看本页');
  });
});

describe('a mistake in an offering', () => {
  it('is told before anything is sent, each at its field; what was typed outlives a reload', async () => {
    const page = await clerkAt('/provider/offerings/new');
    const sent = sentBy(page);
    await page.getByLabel('产品名称').fill('云桌面');
    await page.getByLabel('价格（元）', { exact: true }).fill('12.345');
    await page.getByLabel('市场价（元）').fill('-5');
    await press(page, '存为草稿');
    await says(page, '有 6 处需要修改');
    await says(page, '金额最多两位小数。');
    await says(page, '金额不得为负。');
    expect(await page.getByText('此项必填。').count()).toBe(4);
    await page.reload();
    await page.getByLabel('产品名称').waitFor();
    expect(await page.getByLabel('产品名称').inputValue()).toBe('云桌面');

    await page.getByLabel('产品说明').fill('托管桌面。');
    await page.getByLabel('种类').selectOption('collaboration');
    await page.getByLabel('来源').fill('公开报价');
    await page.getByLabel('价格（元）', { exact: true }).fill('0');
    await page.getByLabel('市场价（元）').fill('100');
    await page.getByLabel('采集日期').fill('2100-01-01');
    await upload(page, '证明文件', '云桌面 询价');
    sent.length = 0;
    await press(page, '存为草稿');
    await says(page, '产品价格和市场价格须大于零。');
    await says(page, '不能晚于今天');
    expect(sent).toEqual([]);
  });

  it('that only the review may judge is told at its field, and the draft stays', async () => {
    const page = await clerkAt(`/provider/offerings/${world.draftId}`);
    await page.getByLabel('价格（元）', { exact: true }).fill('9700');
    await press(page, '提交审核');
    await says(page, '报价 9700.00 元高于市场价格上限 9600.00 元');
    expect(await page.getByLabel('价格（元）', { exact: true }).inputValue()).toMatch(/^9700/);
    await says(page, '草稿只有本单位可见。');
  });

  it('that somebody else made meanwhile is seen, and nothing that was typed is lost', async () => {
    const page = await clerkAt(`/provider/offerings/${world.draftId}`);
    await page.getByLabel('产品说明').fill('我的说明');
    const params = { offeringId: world.draftId, number: 1 };
    const { person } = world.plains;
    const { version, name, kind, priceUnit, voucherSupported, marketPrice } = await person.do(
      catalogueRoutes.readVersion,
      { params },
    );
    await person.do(catalogueRoutes.editVersion, {
      params,
      version,
      body: { name, kind, priceUnit, voucherSupported, marketPrice, price: '9000.00', description: '同事的说明' },
    });
    await press(page, '保存');
    await press(page, '读取最新内容');
    await expect.poll(() => page.getByRole('button', { name: '读取最新内容' }).count()).toBe(0);
    expect(await page.getByLabel('产品说明').inputValue()).toBe('我的说明');
    await press(page, '保存');
    await expect
      .poll(async () => (await person.do(catalogueRoutes.readVersion, { params })).description)
      .toBe('我的说明');
  });
});

describe('a mistake in an answer', () => {
  it('is told at its field, first by the contract, then by who knows the order; two presses answer once', async () => {
    const page = await clerkAt(`/provider/orders/${world.waitingId}`);
    const sent = sentBy(page);
    await page.getByLabel('优惠（元）').fill('40000');
    await page.getByLabel('合同结束').fill('2020-01-01');
    await press(page, '发送应答');
    await says(page, '有 2 处需要修改');
    await page.getByLabel('合同编号').fill('CLC-001');
    await upload(page, '合同文件', '合同 CLC-003');
    sent.length = 0;
    await press(page, '发送应答');
    await says(page, '优惠金额不得超过目录价');
    expect(await page.locator('.field-error').count()).toBe(2);
    expect(sent).toEqual([]);

    await page.getByLabel('优惠（元）').fill('0');
    await page.getByLabel('合同结束').fill(await page.getByLabel('合同开始').inputValue());
    await press(page, '增加一项');
    await page.getByRole('group', { name: '第 2 项' }).getByLabel('内容').fill('迁移实施');
    await page.getByRole('group', { name: '第 2 项' }).getByLabel('标价（元）').fill('2000.5');
    await says(page, '¥38,000.50');
    await press(page, '删去第 2 项');
    await press(page, '发送应答');
    await page.locator('.field-error', { hasText: '合同编号' }).waitFor();
    await page.getByLabel('合同编号').fill('CLC-003');
    await press(page, '发送应答');
    await page.locator('.field-error', { hasText: '候补' }).waitFor();
    await page.getByLabel('是否同意候补').selectOption('true');
    sent.length = 0;
    await page.getByRole('button', { name: '发送应答' }).dblclick();
    await says(page, '已应答，等待企业签约');
    expect(sent).toEqual([`/v1/orders/${world.waitingId}/answer`]);
    expect(await page.getByLabel('合同编号').inputValue()).toBe('CLC-003');
  });

  it('of declining without a reason is refused where it is typed', async () => {
    const page = await clerkAt(`/provider/orders/${world.unwantedId}`);
    await press(page, '拒绝订单');
    await press(page, '确认拒绝');
    await page.getByRole('dialog').getByText('此项必填。').waitFor();
    const reason = page.getByRole('dialog').getByLabel('理由');
    await reason.and(page.locator(':focus')).waitFor();
    await reason.fill('该规格本月已停售。');
    // What was typed into a dialog outlives it, and a reload.
    await page.reload();
    await press(page, '拒绝订单');
    expect(await reason.inputValue()).toBe('该规格本月已停售。');
    await press(page, '确认拒绝');
    await says(page, '已拒绝');
    await says(page, '该规格本月已停售。');
  });
});

describe('a mistake in the evidence', () => {
  it('is told at its field; what is complete is saved, what is not begun is left for later', async () => {
    const page = await clerkAt(`/provider/claims/${world.claimId}/items/${world.itemId}`);
    const sent = sentBy(page);
    const first = page.getByRole('group', { name: '发票 1' });
    await first.getByLabel('发票号码').fill('123');
    await press(page, '保存凭证');
    await says(page, '有 3 处需要修改');
    await first.getByLabel('发票号码').fill('20000001');
    await first.getByLabel('发票代码').fill('0150019111');
    await first.getByLabel('开票日期').fill(today());
    await first.getByLabel('金额（元）').fill('8000');
    await upload(page, '发票文件', '发票 20000001');
    await says(page, '合计 ¥8,000.00，应为 ¥8,600.00');
    await press(page, '增加一张发票');
    const second = page.getByRole('group', { name: '发票 2' });
    for (const [label, value] of [
      ['发票号码', '20000001'],
      ['发票代码', '0150019111'],
      ['开票日期', today()],
      ['金额（元）', '600'],
    ] as const)
      await second.getByLabel(label).fill(value);
    await second.locator('input[type=file]').first().setInputFiles(paper('发票 20000002'));
    await second.getByText('已上传并通过内容检查').waitFor();
    sent.length = 0;
    await press(page, '保存凭证');
    await second.getByText('同一发票只能使用一次').waitFor();
    expect(sent).toEqual([]);
    await second.getByLabel('发票号码').fill('20000002');
    await press(page, '保存凭证');
    await says(page, '已保存，还缺转账、使用。');
    await go(page, `/provider/claims/${world.claimId}`);
    await says(page, '还有 1 张凭证不全或未更正');
    expect(await page.getByRole('button', { name: '提交申报' }).isDisabled()).toBe(true);
  });
});

describe('an offering that is taken out of the catalogue', () => {
  it('is so for good, after what follows was read; open orders go on', async () => {
    const page = await clerkAt(`/provider/orders/${world.waitingId}`);
    const { offeringId } = await world.plains.person.do(ordersRoutes.readOrder, {
      params: { orderId: world.waitingId },
    });
    await go(page, `/provider/offerings/${offeringId}`);
    const sent = sentBy(page);
    await press(page, '产品下架');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('下架后不可恢复').waitFor();
    await dialog.getByRole('button', { name: '取消' }).click();
    expect(sent).toEqual([]);
    await press(page, '产品下架');
    await dialog.getByLabel('说明').fill('产品线调整');
    await dialog.getByRole('button', { name: '确认下架' }).dblclick();
    await says(page, '产品已下架。已有订单继续履行。');
    expect(sent).toEqual([`/v1/offerings/${offeringId}/withdrawal`]);
    expect(await page.getByRole('button', { name: '产品下架' }).count()).toBe(0);
    await expectWhole(page, 'offering-withdrawn', ['产品已下架。', 'Withdrawn']);
    await go(page, `/catalogue/${offeringId}`);
    await page.getByRole('alert').waitFor();
    await go(page, `/provider/orders/${world.waitingId}`);
    await says(page, '已应答，等待企业签约');
  });

  it('by a colleague meanwhile says so, and the page shows it', async () => {
    const page = await clerkAt(`/provider/offerings/${world.draftId}`);
    const params = { offeringId: world.draftId };
    await press(page, '产品下架');
    const { version } = await world.plains.person.do(catalogueRoutes.readOffering, { params });
    await world.plains.person.do(catalogueRoutes.withdrawOffering, { params, version });
    await press(page, '确认下架');
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await says(page, '产品已下架。');
  });
});

describe('a spreadsheet', () => {
  const columns = [
    '券号',
    '发票代码',
    '发票号码',
    '开票日期',
    '发票金额',
    '发票文件名',
    '银行流水号',
    '转账日期',
    '转账金额',
    '回单文件名',
    '使用开始',
    '使用结束',
    '使用说明',
    '使用证明文件名',
  ];
  const row = (voucher: string, changes: Readonly<Record<string, string>> = {}) => {
    const day = today();
    const cells = [
      voucher,
      '0150019111',
      '30000001',
      day,
      '8,600.00',
      '发票',
      '流水-30000001',
      day,
      '7310',
      '回单',
      day,
      day,
      '用量报表',
      '使用',
    ];
    return columns.map((column, i) => changes[column] ?? cells[i] ?? '');
  };
  const choose = (page: Page, name: string, buffer: Buffer) =>
    page.getByLabel(/选择表格文件|换一个文件/).setInputFiles({ name, mimeType: 'text/csv', buffer });

  it('that is none, or lacks what it needs, says so and what to do', async () => {
    const page = await clerkAt(`/provider/claims/${world.claimId}/import`);
    await choose(page, '旧.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
    await says(page, '这是旧版 Excel 文件');
    await choose(page, '图.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]));
    await says(page, '这不是表格文件');
    await choose(page, '坏.xlsx', Buffer.from('PK\u0003\u0004 nothing'));
    await says(page, '文件已损坏或无法读取');
    await choose(page, '空.csv', Buffer.from('\r\n\r\n'));
    await says(page, '文件里没有内容');
    await choose(page, '列.csv', gbk(csv([['发票号码'], ['30000001']])));
    await says(page, '文件中找不到这些列：券号');
  });

  it('in GBK tells what is wrong with each row, and nothing of it is taken', async () => {
    const page = await clerkAt(`/provider/claims/${world.claimId}/import`);
    const sent = sentBy(page);
    const spare = world.spare.voucher.number;
    await choose(
      page,
      '申报.csv',
      gbk(
        csv([
          columns,
          row('NM2026-INF-NOBODY00'),
          row(spare, { 发票号码: '2.51502E+19', 开票日期: '2026年2月30日', 发票金额: '12.345', 发票文件名: '' }),
          row(world.used[0]?.voucher.number ?? ''),
          row(spare, { 发票号码: '30000002', 银行流水号: '流水-30000001', 使用结束: '2020/1/1' }),
        ]),
      ),
    );
    await says(page, '有 4 行需要修改，整份文件都没有导入。');
    const said = async (line: number) => page.locator('tr', { hasText: `第 ${line} 行` }).textContent();
    expect(await said(2)).toContain('没有这张可申报的云服务券');
    const wrong = await said(3);
    for (const sentence of ['Excel 已把过长的数字截断', '日期须真实存在', '金额最多两位小数', '“发票文件名”：此项必填'])
      expect(wrong).toContain(sentence);
    expect(await said(4)).toContain('没有这张可申报的云服务券');
    expect(await said(5)).toContain('一张券只写一次使用情况');
    expect(await page.getByRole('button', { name: /加入申报/ }).count()).toBe(0);
    expect(sent).toEqual([]);
  });

  it('of Excel itself keeps dates and amounts, and says which number Excel has cut', async () => {
    const page = await clerkAt(`/provider/claims/${world.claimId}/import`);
    const spare = world.spare.voucher.number;
    const day = today();
    const excel = (number: ExcelCell, amount: string) =>
      excelWorkbook([
        ['券号', '发票号码', '开票日期', '发票金额', '发票文件名'],
        [spare, number, { day }, { number: amount }, '发票.pdf'],
      ]);
    await choose(page, '申报.xlsx', excel({ number: '2.5150200000012345E+19' }, '8600'));
    await says(page, '“发票号码”：Excel 已把过长的数字截断');
    expect(await page.locator('.import-problems li').count()).toBe(1);
    await choose(page, '申报.xlsx', excel('25150200000012345678', '8600.0999999999995'));
    await says(page, '无误');
    await choose(page, '申报.xlsx', excel('25150200000012345678', '8600.125'));
    await says(page, '“发票金额”：金额最多两位小数。');
  });

  it('in UTF-8 is taken voucher by voucher; who is refused is told why, and can be tried again', async () => {
    const page = await clerkAt(`/provider/claims/${world.claimId}/import`);
    const spare = world.spare.voucher.number;
    const serial = { 银行流水号: 'CLC-30000001' };
    // The invoice is in another item of the claim already: only the system knows.
    await choose(page, '一.csv', withMark(csv([columns, row(spare, { ...serial, 发票号码: '20000001' })])));
    await says(page, '已找到 0 / 3 个');
    await page.getByLabel('选择凭证文件').setInputFiles([paper('发票'), paper('回单'), paper('多余')]);
    await says(page, '还没有选到的文件');
    await says(page, '另有 1 个文件表格中没有提到');
    expect(await page.getByRole('button', { name: '把 1 张券加入申报' }).isDisabled()).toBe(true);
    await page.getByLabel('选择凭证文件').setInputFiles([paper('使用')]);
    await says(page, '已找到 3 / 3 个');
    await press(page, '把 1 张券加入申报');
    await says(page, '有 1 张未被接受，整张都没有加入');
    await says(page, '同一发票只能使用一次');

    await choose(page, '二.csv', withMark(csv([columns, row(spare, serial)])));
    await page.getByLabel('选择凭证文件').setInputFiles([paper('发票'), paper('回单'), paper('使用')]);
    await says(page, '已找到 3 / 3 个');
    await page.getByRole('button', { name: '把 1 张券加入申报' }).dblclick();
    await says(page, '1 张券已全部加入申报。');
    await choose(page, '二.csv', withMark(csv([columns, row(spare, serial)])));
    await says(page, '已在申报中，本行不再导入');
    await says(page, '表格中没有需要加入的券。');
  });

  it('in UTF-16, as Excel saves Unicode text, brings in a voucher again that was taken out of the claim', async () => {
    const { claimId, itemId, plains } = world;
    const page = await clerkAt(`/provider/claims/${claimId}/items/${itemId}`);
    const params = { claimId, itemId };
    const { voucherNumber } = await plains.person.do(claimsRoutes.readClaimItem, { params });
    await press(page, '移出申报');
    await press(page, '确认移出');
    await says(page, '1 / 1 张');
    await go(page, `/provider/claims/${claimId}/import`);
    const papers = ['发票三', '回单三', '使用三'];
    const named = { 发票文件名: '发票三', 回单文件名: '回单三', 使用证明文件名: '使用三' };
    const numbers = { 发票号码: '30000003', 银行流水号: 'CLC-30000003' };
    await choose(page, '三.txt', unicodeText([columns, row(voucherNumber, { ...named, ...numbers })]));
    await page.getByLabel('选择凭证文件').setInputFiles(papers.map((name) => paper(name)));
    await press(page, '把 1 张券加入申报');
    await says(page, '1 张券已全部加入申报。');
    await go(page, `/provider/claims/${claimId}`);
    await says(page, '2 / 2 张');
  });
});

walkGuide(guide, () => walk);

describe('what a provider finds when everything is done', () => {
  it('is whole in both languages and on a phone', async () => {
    const { page, offeringId, claimId } = walk.kept;
    if (!page) throw new Error('the guide was not walked');
    await page.goto('/provider/claims');
    await page.getByRole('button', { name: '退出登录' }).waitFor();
    await inspect(page, [
      { name: 'provider-offering', path: `/provider/offerings/${offeringId}`, shows: ['版本历史', 'Versions'] },
      {
        name: 'provider-claim-final',
        path: `/provider/claims/${claimId}`,
        shows: ['公示结束。', 'The publicity window is over.'],
      },
    ]);
  }, 120_000);
});

describe('an item after its audit', () => {
  let page: Page;
  let path: (voucherId: string) => string;

  beforeAll(async () => {
    const { claimId, plains, spare } = world;
    const params = { claimId };
    const { partners } = walk;
    const { version } = await plains.person.do(claimsRoutes.readClaim, { params });
    await plains.person.do(claimsRoutes.fileClaim, { params, version });
    await partners.audit(claimId, (voucherId) =>
      voucherId === spare.voucher.id
        ? { outcome: 'reduce', reasonCode: 'quality-problem', severity: 'minor', note: '可用性未达协议标准' }
        : { outcome: 'reject', reasonCode: 'not-used', note: '用量报表为空' },
    );
    const { items } = await plains.person.do(claimsRoutes.listClaimItems, { params, query: { limit: 100 } });
    const itemOf = (voucherId: string) =>
      items.find(
        (item: { voucherId: string; status: string }) => item.voucherId === voucherId && item.status !== 'withdrawn',
      );
    path = (voucherId) => `/provider/claims/${claimId}/items/${itemOf(voucherId).id}`;
    const reduced = itemOf(spare.voucher.id);
    await plains.person.do(claimsRoutes.hearProvider, {
      params: { claimId, itemId: reduced.id },
      version: reduced.version,
      body: { statement: '情况属实，接受扣减。' },
    });
    await partners.completeAudit(claimId, 'in-publicity');
    page = await openAs('provider2', path(spare.voucher.id));
  }, 60_000);

  it('says what was reduced or refused and why, beside what the provider said', async () => {
    for (const text of ['核减', '服务存在质量问题', '轻微', '可用性未达协议标准', '情况属实，接受扣减。', '¥1,161.00'])
      await says(page, text);
    await inspect(page, [
      {
        name: 'item-reduced',
        path: path(world.spare.voucher.id),
        shows: ['服务存在质量问题', 'The quality of the service'],
      },
      {
        name: 'item-refused',
        path: path(world.claimed.voucher.id),
        shows: ['服务未实际使用', 'The service was not used'],
      },
    ]);
  }, 120_000);

  it('is objected to by its provider, once, and says from then on that it is held', async () => {
    await go(page, path(world.claimed.voucher.id));
    await says(page, '不予通过');
    const sent = sentBy(page);
    await page.getByLabel('联系电话').fill('12345');
    await press(page, '提交异议');
    await says(page, '有 3 处需要修改');
    expect(await page.getByText('在上表中点').count()).toBe(0);
    await page.getByLabel('姓名').fill('乌日娜');
    await page.getByLabel('联系电话').fill('0471-6945000');
    await page.getByLabel('异议理由').fill('用量报表上传有误，服务自签约当日起持续使用。');
    expect(sent).toEqual([]);
    await page.getByRole('button', { name: '提交异议' }).dblclick();
    await says(page, '异议已受理');
    expect(sent).toHaveLength(1);
    await page.reload();
    await says(page, '本项有异议正在处理');
    expect(await page.getByRole('button', { name: '提交异议' }).count()).toBe(0);
    await go(page, path(world.spare.voucher.id));
    await says(page, '服务存在质量问题');
    expect(await page.getByText('本项有异议正在处理').count()).toBe(0);
  });
});

describe('the account that payments go to', () => {
  it('is changed by an owner who types everything anew; no number is kept in the browser', async () => {
    const page = await openAs('provider1', '/provider/payments');
    await press(page, '更改收款账户');
    await page.getByLabel('账号', { exact: true }).fill('6217800000009103');
    await page.getByLabel('联系人身份证号').fill('150200198506120441');
    await press(page, '保存账户');
    await says(page, '公民身份号码校验码不正确');
    const stored = await page.evaluate('JSON.stringify({ ...sessionStorage })');
    for (const number of ['6217800000009103', '150200198506120441']) expect(stored).not.toContain(number);
  });
});

describe('money that is taken back', () => {
  it('is told with its reason; it is kept from the next payment, which says so', async () => {
    const [first] = world.used;
    if (!first) throw new Error('nothing was used');
    await walk.partners.takeBack(first.voucher.id, '300.00');
    const page = await openAs('provider1', '/provider/payments');
    await says(page, '应退未退');
    const row = page.getByRole('table', { name: '追回与扣回' }).getByRole('row', { name: /监督检查发现/ });
    for (const text of ['检查报告第 12 号', '¥300.00', '已确认']) await row.getByText(text).first().waitFor();
    await inspect(page, [{ name: 'payments-owed', path: '/provider/payments', shows: ['已确认', 'To be paid back'] }]);

    await walk.partners.restore('1000.00');
    await walk.partners.payWhatWaits();
    await page.reload();
    await says(page, '从拨付中扣回 ¥300.00');
    await row.getByText('已退清').waitFor();
    const payment = page.locator('.history-entry', { hasText: '扣回' });
    for (const text of ['¥1,000.00', '¥300.00', '¥700.00']) await payment.getByText(text).first().waitFor();
    await says(page, '没有待补拨的款项。');
    expect(await page.getByText('应退未退').count()).toBe(0);
    await inspect(page, [{ name: 'payments-offset', path: '/provider/payments', shows: ['已退清', 'Kept back'] }]);
  }, 120_000);
});

/** Today in the world, as a date field takes it. */
const today = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(world.system.clock.now());
