import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payoutsRoutes } from '../../contracts/payouts.ts';
import { approvePayout, payoutWhen } from '../../demo/payment.ts';
import { complaintsOf } from '../support/browser-reports.ts';
import { type MoneyWorld, openMoneyWorld } from '../support/money-world.ts';
import { walkGuide } from '../support/walk-guide.ts';
import { expectWhole } from '../support/whole-page.ts';
import { moneyVisits } from './every-money-page.ts';
import financeOfficer from './guides/finance-officer.ts';
import regionalOfficer, { type DepartmentsWalk } from './guides/regional-officer.ts';
import yearEnd from './guides/year-end.ts';
import { openFrom } from './menu-deeds.ts';
import { check, go } from './money-deeds.ts';

let world: MoneyWorld;
const kept: DepartmentsWalk['kept'] = {};
const walk = (): DepartmentsWalk => ({ world, kept });

beforeAll(async () => {
  world = await openMoneyWorld();
}, 300_000);
afterAll(() => world?.stop());

/** Commands that a page sends from now on. */
function commandsOf(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (['POST', 'PUT'].includes(request.method())) sent.push(new URL(request.url()).pathname);
  });
  return sent;
}

const alertOf = (page: Page) => page.getByRole('alert').filter({ hasText: '请求编号' });

describe('the draft of a plan', () => {
  const open = async () => {
    const page = await world.at('officer');
    await go(page, `/plan-desk/draft?year=${world.year + 1}`);
    await page.getByRole('heading', { name: `计划草案 ${world.year + 1}` }).waitFor();
    return page;
  };

  it('is refused before it is sent with the sentences of the contract, at each field', async () => {
    const page = await open();
    const sent = commandsOf(page);
    const spec = page.getByRole('group', { name: '业务应用服务', exact: true });
    await page.getByLabel('本年预算（元）').fill('12.345');
    await spec.getByLabel('金额（元）').fill('1,000');
    await spec.getByLabel('张数').fill('十张');
    await spec.getByLabel('补助比例（%）').fill('一成');
    await page.getByLabel('公示期（工作日）').fill('0');
    await page.getByRole('button', { name: '保存草案' }).click();
    for (const sentence of [
      '金额最多两位小数。',
      '金额须写作如“1234.50”的元数。',
      '此项类型不对',
      '此项格式不对。',
      '下限为 1',
    ]) {
      await page.getByText(sentence).first().waitFor();
    }
    expect(await page.getByText('此项必填。').count()).toBe(4);
    await expect.poll(() => page.evaluate('document.activeElement?.value')).toBe('12.345');
    expect(sent).toEqual([]);
  });

  it('is refused by the policy where it breaks it, and a reload loses nothing of it', async () => {
    const page = await open();
    await page.getByLabel('本年预算（元）').fill('1000');
    for (const name of ['基础设施类云服务', '平台系统类服务']) {
      await page.getByRole('group', { name, exact: true }).getByRole('checkbox').uncheck();
    }
    const spec = page.getByRole('group', { name: '业务应用服务', exact: true });
    await spec.getByLabel('金额（元）').fill('2000');
    await spec.getByLabel('张数').fill('5');
    await spec.getByLabel('补助比例（%）').fill('20');
    await page.getByText('超出预算 ¥1,000.00').waitFor();
    await page.getByLabel('公示期（工作日）').fill('3');
    await page.getByLabel('截止日（月-日）').fill('10-01');
    await page.getByRole('button', { name: '保存草案' }).click();
    await page.getByText('公示期不得少于 5 个工作日。').waitFor();
    await page.getByText(/总额控制：各规格金额合计 2000.00 元/).waitFor();
    await page.getByText(/兑现申报窗口须为/).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: /计划草案/ }).waitFor();
    expect(await page.getByLabel('公示期（工作日）').inputValue()).toBe('3');
  });
});

// Between its steps parties register, order, claim and are audited.
walkGuide(regionalOfficer, walk, 180_000);
walkGuide(financeOfficer, walk);

describe('a version of the plan', () => {
  it('is refused when it says nothing new, and is drafted with what it changes', async () => {
    const page = await world.at('officer');
    await go(page, `/plan-desk/version?year=${world.year}`);
    await page.getByLabel('施行日').fill('');
    await page.getByRole('button', { name: '保存版本草案' }).click();
    await page.getByText('有 2 处需要修改').waitFor();
    await page.getByLabel('施行日').fill(`${world.year}-12-31`);
    await page.getByLabel('修改原因').fill('企业反映签约时间不足');
    await page.getByRole('button', { name: '保存版本草案' }).click();
    await page.getByText('新版本与现行内容相同，无需公布。').first().waitFor();
    await page.getByLabel('下单后签约期限（工作日）').fill('15');
    const spec = page.getByRole('group', { name: '业务应用服务', exact: true });
    await spec.getByLabel('张数').fill('1');
    await page.getByRole('button', { name: '保存版本草案' }).click();
    await spec.getByText(/该规格已使用 32000.00 元、3 张/).waitFor();
    await spec.getByLabel('张数').fill('25');
    await page.getByRole('button', { name: '保存版本草案' }).click();
    await page.getByText('第 2 版草案').first().waitFor();
    await page.getByRole('row', { name: /下单后签约期限 10 个工作日 15 个工作日/ }).waitFor();
    await page.getByRole('row', { name: /业务应用服务 · 张数 20 张 25 张/ }).waitFor();
  });

  it('is published by the second department, with what it changed, and never by one alone', async () => {
    const officer = await world.at('officer');
    await check(officer, '我已核对全部差异和施行日');
    await officer.getByRole('button', { name: '代表本部门签署新版本' }).click();
    await officer.getByText('工业和信息化厅已签署；须由财政厅的另一人签署，您不能再签。').waitFor();
    const finance = await world.at('finance');
    await go(finance, `/plan-desk?year=${world.year}`);
    // By the keyboard alone.
    await finance.getByLabel('我已核对全部差异和施行日').focus();
    for (const key of ['Space', 'Tab', 'Enter']) await finance.keyboard.press(key);
    await finance.getByRole('heading', { name: /第 2 版 自/ }).waitFor();
    expect(await finance.getByText('第 2 版草案').count()).toBe(0);
    await finance.getByText('签署人', { exact: true }).click();
    const signers = finance.getByRole('list', { name: '第 2 版的签署' });
    await signers.getByText('其其格').waitFor();
    expect(await signers.getByText('乌兰').count()).toBe(2);
  });
});

describe('the appropriation', () => {
  it('that another has proposed meanwhile is not overwritten unseen; what was typed stays', async () => {
    const path = `/plan-desk?year=${world.year}`;
    const [officer, finance] = [await world.at('officer'), await world.at('finance')];
    await officer.goto(path);
    await go(finance, path);
    const propose = async (page: Page, amount: string, reason: string) => {
      const fold = page.getByText('调整资金规模', { exact: true });
      if (!(await page.getByLabel('调整后的资金规模（元）').isVisible())) await fold.click();
      await page.getByLabel('调整后的资金规模（元）').fill(amount);
      await page.getByLabel('调整原因').fill(reason);
      await page.getByRole('button', { name: '提出调整' }).click();
    };
    await propose(officer, '40000', '补足资金缺口');
    await officer.getByText('由本部门提出，须由另一部门确认').waitFor();
    await propose(finance, '50000', '追加预算');
    await alertOf(finance).waitFor();
    expect(await finance.getByLabel('调整后的资金规模（元）').inputValue()).toBe('50000');
    await finance.getByRole('button', { name: '读取最新内容' }).click();
    await finance.getByText('补足资金缺口').first().waitFor();
    await check(finance, '我已核对调整后的可用资金');
    await finance.getByRole('button', { name: '确认调整' }).click();
    await finance.getByText('您可以代表另一部门确认。').first().waitFor({ state: 'detached' });
    const last = finance.getByRole('list', { name: '最近一次调整' });
    await last.getByText('乌兰').waitFor();
    await last.getByText('其其格').waitFor();
    await propose(finance, '40000', '追加预算');
    await finance.getByText('新的资金规模与现行规模相同，无需调整。').waitFor();
  });
});

describe('a transfer that the bank gives back', () => {
  it('is recorded by one person and confirmed by another, and sent again by an order of its own', async () => {
    const recorder = await world.at('finance2');
    await go(recorder, `/payouts/${kept.payoutId}`);
    const line = recorder.locator('details', { hasText: '敕勒川数据有限公司' }).first();
    await line.locator('summary').first().click();
    await line.getByText('登记退汇', { exact: true }).first().click();
    await line.getByLabel('退回金额（元）').fill('11000');
    await line.getByLabel('退汇流水号').fill('TH 1');
    await line.getByLabel('退汇原因').fill('收款账户已销户');
    const submit = line.getByRole('button', { name: '登记退汇' });
    await submit.click();
    await line.getByText('此项格式不对。').waitFor();
    await line.getByLabel('退汇流水号').fill('TH-2026-1');
    await submit.click();
    await line
      .getByText(/退汇金额与银行付款金额 12000.00 元不一致/)
      .first()
      .waitFor();
    await line.getByLabel('退回金额（元）').fill('12000');
    const sent = commandsOf(recorder);
    await submit.dblclick();
    await recorder.getByText('您登记了这笔退汇，须由财政厅另一人确认。').waitFor();
    expect(sent).toHaveLength(1);

    const confirmer = await world.at('finance');
    await go(confirmer, '/bank-returns');
    await confirmer.getByText('收款账户已销户').waitFor();
    await confirmer.getByLabel('说明').fill('已核对银行对账单');
    await check(confirmer, '我已在资金账户上核对到这笔退款');
    await confirmer.getByRole('button', { name: '提交决定' }).click();
    await confirmer.getByText('没有待确认的退汇').waitFor();
    await go(confirmer, `/payouts/${kept.payoutId}`);
    await confirmer.locator('summary', { hasText: '敕勒川数据有限公司' }).click();
    await confirmer.getByRole('link', { name: /重发拨付单/ }).click();
    await confirmer.getByText('本单重发另一拨付单中被银行退回的款项').waitFor();
    await confirmer.getByText('待更正').waitFor();
  });
});

describe('money that is taken back', () => {
  it('is proposed by industry, decided by finance, and never by the same person', async () => {
    const officer = await world.at('officer');
    await go(officer, `/payouts/${kept.payoutId}`);
    const line = officer.locator('details', { hasText: '云上草原科技有限公司' }).first();
    await line.locator('summary').first().click();
    await line.getByRole('link', { name: '提出追回' }).first().click();
    await officer.getByText('敖包矿业有限责任公司').waitFor();
    await officer.getByLabel('追回金额（元）').fill('20000');
    await officer.getByRole('button', { name: '提出追回' }).click();
    await officer.getByText('有 2 处需要修改').waitFor();
    await officer.getByLabel('原因').selectOption('inspection-finding');
    await officer.getByLabel('说明').fill('部分模块未开通');
    await officer.getByRole('button', { name: '提出追回' }).click();
    await officer
      .getByText(/追回金额超过已拨付且尚未列入追回的金额：尚余 12000.00 元/)
      .first()
      .waitFor();
    await officer.getByLabel('追回金额（元）').fill('5000');
    await officer.getByRole('button', { name: '提出追回' }).click();
    await officer.getByText('您参与了本事项，不能决定。').waitFor();

    const finance = await world.at('finance');
    await go(finance, `/recoveries?year=${world.year}`);
    await finance
      .getByRole('row', { name: /部分|检查发现/ })
      .getByRole('link')
      .click();
    await finance.getByLabel('说明').fill('检查报告属实');
    await check(finance, '我已核对依据和金额');
    await finance.getByRole('button', { name: '提交决定' }).click();
    await finance.getByText('追回中').waitFor();
    await finance.getByText('登记服务商退款').click();
    await finance.getByLabel('退款金额（元）').fill('6000');
    await finance.getByLabel('银行流水号').fill('TK-2026-1');
    await finance.getByRole('button', { name: '登记退款' }).click();
    await finance
      .getByText(/退款金额超过该云服务商尚欠/)
      .first()
      .waitFor();
    await finance.getByLabel('退款金额（元）').fill('1000');
    await finance.getByRole('button', { name: '登记退款' }).click();
    await finance.getByRole('row', { name: /服务商退回 .*其其格/ }).waitFor();
  });

  it('is kept from the next payment; of two answers that contradict each other the second is refused', async () => {
    const officer = await world.at('officer');
    await go(officer, `/payouts?year=${world.year}`);
    await officer.getByRole('button', { name: /提出拨付单/ }).click();
    await officer.getByText('您提出了这张拨付单，不能审批。').waitFor();
    const payoutId = new URL(officer.url()).pathname.split('/').at(-1) ?? '';
    await approvePayout(world.system, payoutId);
    await payoutWhen(world.system, payoutId, 'at-bank');
    const [one, other] = [await world.at('finance'), await world.at('finance2')];
    for (const page of [one, other]) {
      await go(page, `/payouts/${payoutId}`);
      await page.getByText('抵扣应退款').first().waitFor();
    }
    await one.getByLabel(/^回执/).selectOption('paid');
    await one.getByLabel('银行流水号').fill('NMYH-2026-0003');
    await other.getByLabel(/^回执/).selectOption('failed');
    await other.getByLabel('失败原因').fill('账户冻结');
    // What the other sees is what was there: their page asks no more.
    await other.context().setOffline(false);
    await other.route(`**/v1/payouts/${payoutId}**`, (route) =>
      route.request().method() === 'GET' ? route.abort() : route.fallback(),
    );
    await one.getByRole('button', { name: '登记回执' }).click();
    await one.getByText('已办结').waitFor();
    await other.getByRole('button', { name: '登记回执' }).click();
    await other
      .getByText(/该明细已有银行回执/)
      .first()
      .waitFor();
    expect(await other.getByLabel('失败原因').inputValue()).toBe('账户冻结');
    await other.unroute(`**/v1/payouts/${payoutId}**`);
    await other.getByRole('button', { name: '读取最新内容' }).click();
    await other.getByText('已办结').waitFor();
    const { items } = await world.system
      .person('inspector')
      .do(payoutsRoutes.listPayoutLines, { params: { payoutId } });
    expect(items.map(({ offset, net }: { offset: string; net: string }) => [offset, net])).toEqual([
      ['4000.00', '2000.00'],
    ]);
  });
});

describe('a payment order of more lines than are answered at once', () => {
  const MANY = 60;

  it('is shown and answered page by page; its totals are those of all of it', async () => {
    // As the system would answer of an order to sixty payees, which nobody can make here in time.
    const payoutId = `pay_${'0'.repeat(26)}`;
    const proposedAt = `${world.year}-11-20T09:00:00.000+08:00`;
    const lines = Array.from({ length: MANY }, (_, i) => ({
      id: `pln_${'0'.repeat(26)}_${i}`,
      payoutId,
      version: 1,
      status: 'sent',
      providerId: `org_${'0'.repeat(26)}`,
      providerName: `第 ${i + 1} 家云服务有限公司`,
      amount: '100.00',
      offset: '0.00',
      net: '100.00',
      items: [],
      sending: 1,
      answers: [],
    }));
    const counts = { lineCount: MANY, itemCount: MANY, total: '6000.00', deferred: '0.00' };
    const answered = new Set<string>();
    const payout = () => ({
      ...counts,
      id: payoutId,
      version: 4,
      status: 'at-bank',
      year: world.year,
      proposedBy: 'demo-officer',
      proposedAt,
      paid: '0.00',
      returned: '0.00',
      approvals: [],
      sending: 1,
      sent: '6000.00',
      unanswered: MANY - answered.size,
      failed: 0,
      skipped: [],
    });
    const page = await world.at('finance');
    const asked: string[] = [];
    const recorded: number[] = [];
    const answers = async (route: Route) => {
      const { pathname, searchParams } = new URL(route.request().url());
      if (pathname.endsWith('/lines')) {
        const from = Number(searchParams.get('cursor') ?? 0);
        const to = from + Number(searchParams.get('limit'));
        asked.push(`${from}-${to}`);
        const items = lines.slice(from, to).map((line) => (answered.has(line.id) ? { ...line, status: 'paid' } : line));
        return route.fulfill({ json: { items, ...(to < MANY ? { next: String(to) } : {}) } });
      }
      if (pathname.endsWith('/control-totals'))
        return route.fulfill({
          json: { ...counts, payoutId, offset: '0.00', net: '6000.00', agrees: true, funds: [] },
        });
      if (pathname.endsWith('/trail')) return route.fulfill({ json: { items: [] } });
      if (pathname.endsWith('/bank-answers')) {
        const body = route.request().postDataJSON();
        recorded.push(body.lines.length);
        for (const { lineId } of body.lines) answered.add(lineId);
      }
      return route.fulfill({ json: payout() });
    };
    await page.route(`**/v1/payouts/${payoutId}**`, answers);

    await go(page, `/payouts/${payoutId}`);
    await page.getByText('已列出 25 笔，共 60 笔。').waitFor();
    expect([...new Set(asked)]).toEqual(['0-25']);
    expect(await page.locator('.payout-line').count()).toBe(25);
    expect(await page.locator('.total-differs').count()).toBe(0);
    const fill = async () => {
      await page.getByRole('button', { name: '全部标为已付' }).click();
      for (const [i, field] of (await page.getByLabel('银行流水号').all()).entries())
        await field.fill(`NMYH-MANY-${recorded.length}-${i}`);
    };
    await page.getByText('本页 25 笔，尚无回执共 60 笔').waitFor();
    await fill();
    await page.getByRole('button', { name: '登记回执' }).click();
    // The next page comes by itself.
    await page.getByText('本页 25 笔，尚无回执共 35 笔').waitFor();
    await page.getByLabel('回执：第 26 家云服务有限公司').waitFor();
    expect(await page.locator('.payout-line').count()).toBe(50);
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByText('本页 10 笔，尚无回执共 35 笔').waitFor();
    await page.getByLabel('回执：第 60 家云服务有限公司').waitFor();
    await page.getByRole('button', { name: '上一页' }).click();
    await page.getByLabel('回执：第 26 家云服务有限公司').waitFor();
    await fill();
    await page.getByRole('button', { name: '登记回执' }).click();
    await page.getByLabel('回执：第 51 家云服务有限公司').waitFor();
    expect(recorded).toEqual([25, 25]);
    await page.unroute(`**/v1/payouts/${payoutId}**`);
  });
});

describe('an entry of the journal that was wrong', () => {
  it('is corrected by its opposite through three people', async () => {
    const proposer = await world.at('finance');
    await go(proposer, `/ledger?year=${world.year}&view=journal&reason=appropriate`);
    const entry = proposer.getByRole('link', { name: '拨入预算' });
    for (let partition = 0; partition < 16; partition++) {
      await proposer.getByLabel('分区').selectOption(String(partition));
      await proposer.locator('.table, .page > .quiet').first().waitFor();
      if (await entry.count()) break;
    }
    await proposer
      .getByRole('row', { name: /拨入预算/ })
      .getByText(/工信厅 乌兰|财政厅 其其格/)
      .first()
      .waitFor();
    await entry.first().click();
    await proposer.locator('summary', { hasText: '提出冲正' }).click();
    await proposer.getByRole('button', { name: '提出冲正' }).click();
    await proposer.getByText('有 2 处需要修改').waitFor();
    await proposer.getByLabel('错误原因').selectOption('amount-mistyped');
    await proposer.getByLabel('说明').fill('多录 100 元');
    await proposer.getByLabel('冲正金额（元）').fill('100');
    await proposer.getByRole('button', { name: '提出冲正' }).click();
    await proposer.getByText('您提出了这项冲正，不能同意。').waitFor();
    const path = new URL(proposer.url()).pathname;
    for (const username of ['officer', 'finance2']) {
      const page = await world.at(username);
      await go(page, path);
      await page.getByLabel('说明').fill('已核对');
      await check(page, '我已核对原分录和冲正金额');
      await page.getByRole('button', { name: '提交决定' }).click();
      await page.getByText(username === 'officer' ? '本部门已同意' : '冲正分录').waitFor();
    }
  });
});

describe('the simulator', () => {
  it('refuses what the contract refuses, and says when money runs out and who gains', async () => {
    const page = await world.at('inspector');
    await openFrom(page, '计划与政策', '政策模拟');
    await page.getByLabel('业务应用服务 比例（%）').fill('两成五');
    await page.getByLabel('每家企业年度上限（元）').fill('-1');
    await page.getByRole('button', { name: '模拟', exact: true }).click();
    await page.getByText('金额不得为负。').waitFor();
    await page.getByText('此项格式不对。').waitFor();
    await page.getByLabel('业务应用服务 比例（%）').fill('25');
    await page.getByLabel('每家企业年度上限（元）').fill('');
    // A mistake in a part that was closed again opens it.
    const [more, count] = [page.getByText('规格金额与张数'), page.getByLabel('业务应用服务 张数')];
    await more.click();
    await count.fill('十张');
    await more.click();
    await page.getByRole('button', { name: '模拟', exact: true }).click();
    await count.and(page.locator(':focus')).waitFor();
    await count.fill('');
    await page.getByRole('button', { name: '模拟', exact: true }).click();
    await page.getByText('按实际政策重放与记录完全一致').waitFor();
    await page
      .getByRole('row', { name: /包头市/ })
      .getByText('+¥')
      .waitFor();
  });
});

describe('what cities add', () => {
  it('is written by a city, put into force by another person, and ended with its reason', async () => {
    const city = await world.at('city-150200');
    await city.getByRole('link', { name: '盟市补助政策', exact: true }).click();
    await city.getByRole('link', { name: '编制补助政策' }).click();
    await city.getByRole('button', { name: '保存草案' }).click();
    await city.getByText('有 6 处需要修改').waitFor();
    for (const [label, text] of [
      ['名称（中文）', '包头市上云配套补助'],
      ['名称（英文）', 'Baotou top-up'],
      ['比例（%）', '50'],
      ['每个订单上限（元）', '3000'],
      ['每家企业年度上限（元）', '5000'],
      ['盟市安排资金（元）', '100000'],
    ] as const) {
      await city.getByLabel(label).fill(text);
    }
    await city.getByRole('button', { name: '保存草案' }).click();
    await city.getByRole('heading', { name: /包头市上云配套补助 草案/ }).waitFor();
    await city.getByText('您参与了编制，须由另一人启用。').waitFor();
    expect(await city.getByRole('button', { name: '启用并公布' }).count()).toBe(0);

    const officer = await world.at('officer');
    await go(officer, `/local-policies?place=150200&year=${world.year}`);
    await check(officer, /我没有参与编制/);
    await officer.getByRole('button', { name: '启用并公布' }).click();
    await officer.getByText('可用 ¥100,000.00').waitFor();
    await officer.locator('.hand-done', { hasText: '一人编制' }).getByText('那日苏').waitFor();
    await officer.locator('.hand-done', { hasText: '另一人启用' }).getByText('乌兰').waitFor();
    await officer.getByText('终止政策', { exact: true }).first().click();
    await officer.getByRole('button', { name: '终止政策' }).click();
    await officer.getByText('此项必填。').waitFor();
    await officer.getByLabel('终止原因').fill('本级资金安排调整');
    await officer.getByRole('button', { name: '终止政策' }).click();
    await officer.getByText('已终止').waitFor();
    await city.reload();
    await city.getByText('已终止').waitFor();
  });
});

describe('the calendar', () => {
  it('takes a feast as it is announced, and refuses a day of another year at that day', async () => {
    const page = await world.at('officer');
    const next = world.year + 1;
    await go(page, `/plan-desk/calendar?year=${next}`);
    const add = async (from: string, to: string, kind: string) => {
      await page.getByLabel('从', { exact: true }).fill(from);
      await page.getByLabel('至', { exact: true }).fill(to);
      await page.getByLabel('性质').selectOption(kind);
      await page.getByRole('button', { name: '加入日子' }).click();
    };
    await add(`${next}-10-07`, `${next}-10-01`, 'holiday');
    await page.getByText('请填写存在的日期，截止日不早于起始日。').first().waitFor();
    await add(`${next}-10-01`, `${next}-10-07`, 'holiday');
    await add(`${next + 1}-01-01`, '', 'holiday');
    await page.getByRole('button', { name: '登记安排' }).click();
    await page
      .getByText(`日期 ${next + 1}-01-01 不属于 ${next} 年。`)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^移去 1月1日/ }).click();
    await page.getByRole('button', { name: '登记安排' }).click();
    await expect.poll(() => page.evaluate('Object.keys(sessionStorage).join()')).not.toContain('draft.calendar');
    await expect.poll(() => page.locator('.calendar-days li').count()).toBe(7);
  });
});

describe('whoever only looks', () => {
  it('finds the same figures and nothing to press', async () => {
    const page = await world.at('inspector');
    const complaints = complaintsOf(page);
    // The browser says of a version that is not drafted that it is not there.
    const missing = /404/;
    await go(page, `/payouts/${kept.payoutId}`);
    await page.getByText('控制数与明细、云服务券一致').waitFor();
    const line = page.locator('details', { hasText: '敕勒川数据有限公司' }).first();
    await line.evaluate((details) => details.setAttribute('open', ''));
    await line.locator('.line-answers').getByText('其其格').first().waitFor();
    await go(page, `/plan-desk?year=${world.year}`);
    await page.getByText('您可以查看，不能签署。').or(page.getByText('两部门会签，已公布')).first().waitFor();
    expect(await page.getByRole('button', { name: /签署|提出|确认|启用/ }).count()).toBe(0);
    expect(complaints.filter((complaint) => !missing.test(complaint))).toEqual([]);
  });

  it('without the role is told so', async () => {
    const page = await world.at('city-150200');
    await go(page, '/ledger');
    await page.getByText('您的岗位不能查看本页').waitFor();
  });
});

describe('every page about money', () => {
  it('of a year that goes on has a dry run whenever finance asks for one', async () => {
    const page = await world.at('finance');
    await go(page, `/year-end?year=${world.year}`);
    await page.getByRole('button', { name: '申请试算' }).click();
    await page.getByText('没有妨碍结转的事项。').or(page.getByText('以下事项须先处理')).first().waitFor();
    await page.getByText('年度结束后才能提请结转').waitFor();
  });

  it('in both languages on a desktop, and on a phone, is whole, fits its window, and has no serious finding of axe', async () => {
    const visits = await moneyVisits(world, kept.payoutId ?? '');
    await Promise.all(
      (['officer', 'finance', 'city-150200'] as const).map(async (who) => {
        const page = await world.at(who);
        for (const { name, path, shows } of visits.filter(({ by }) => by === who)) {
          await go(page, path);
          await expectWhole(page, name, shows);
        }
      }),
    );
  }, 120_000);
});

walkGuide(yearEnd, walk);
