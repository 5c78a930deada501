import type { Page } from 'playwright-core';
import type { Guide } from '../../support/guide.ts';
import { openFrom } from '../menu-deeds.ts';

/** An inspector who is signed in, and the organisation whose voucher was paid. */
export interface InspectorWalk {
  readonly page: Page;
  readonly enterprise: string;
}

const guide: Guide<InspectorWalk> = {
  role: 'inspector',
  title: { zh: '审计监察：从拨入查到付款', en: 'Inspectors: from the appropriation to the payment' },
  before: {
    zh: '审计监察岗位可以查看全部事项，不能改动任何一项。这里的每个数字都能追到分录、决定和条款。',
    en: 'Inspectors see everything and change nothing. Every figure here leads to its entries, its decisions and their clauses.',
  },
  steps: [
    {
      says: {
        zh: '登录后在菜单“监督与分析”中打开“运行看板”：从登记到拨付走到了哪一步，时间花在哪里，钱在哪里，何时用完；末尾是各盟市、各部门现有的待办和超时件数，点名称进入其待办。',
        en: 'Sign in and open “运行看板” (dashboard) in the menu “监督与分析” (oversight): how far things have come, where time goes, where the money is, and when it will be used up; at its end, how much waits in every city and department and how much is overdue, each leading to its inbox.',
      },
      pictured: true,
      async run({ page }) {
        await openFrom(page, '监督与分析', '运行看板');
        await page.getByRole('heading', { name: '从登记到拨付' }).waitFor();
        await page.locator('.chart-picture[data-drawn=yes]').first().waitFor();
        await page.locator('.open-work').getByRole('link', { name: '赤峰市' }).waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '图下的“以表格查看”列出图中的每个数字。',
        en: '“以表格查看” (as a table) below a picture lists every figure in it.',
      },
      async run({ page }) {
        const chart = page.locator('figure', { hasText: '各年度资金' });
        await chart.getByText('以表格查看').click();
        await chart.getByRole('cell', { name: '¥9,620.00' }).first().waitFor({ state: 'attached' });
        return undefined;
      },
    },
    {
      says: {
        zh: '在菜单“监督与分析”中打开“资金追踪”，选择盟市和单位，列出该单位的券；也可以直接填写订单或券的编号。',
        en: 'Open “资金追踪” (follow the money) in the menu “监督与分析” (oversight) and choose a jurisdiction and an organisation: its vouchers are listed. Or give the id of an order or a voucher.',
      },
      pictured: true,
      async run({ page, enterprise }) {
        await openFrom(page, '监督与分析', '资金追踪');
        await page.getByLabel('盟市').selectOption('150200');
        await page.getByLabel('单位', { exact: true }).selectOption({ label: enterprise });
        await page
          .getByRole('link', { name: /^追踪 / })
          .first()
          .waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '按“追踪”：上方画出资金从“拨入”到“已拨付”经过的每个科目，每个箭头是一笔分录，附时间和条款。',
        en: 'Press “追踪” (follow): the way of the money is drawn from the appropriation to the payment. Each arrow is an entry, with its time and its clause.',
      },
      pictured: true,
      async run({ page }) {
        await page
          .getByRole('link', { name: /^追踪 / })
          .first()
          .click();
        await page.getByRole('heading', { level: 1, name: /^资金追踪 / }).waitFor();
        for (const step of ['拨入', '下单预留', '签约发券', '两部门核准，转为待拨付', '银行付款'])
          await page.locator('.way').getByText(step, { exact: true }).first().waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '往下是每一个决定（时间、岗位、结果、条款）和每一份材料的编号与校验值，最后是券额的计算依据。',
        en: 'Below are every decision with its time, office, outcome and clause, the documents with their ids, and at the end how the value was computed.',
      },
      async run({ page }) {
        const decisions = page.locator('.decisions');
        await decisions.getByText('拨付单 · 工信厅核准').waitFor();
        await decisions.getByText('拨付单 · 财政厅核准').waitFor();
        await decisions.getByText(/^银行回单 CZ-/).waitFor();
        await page.getByRole('cell', { name: /^合同 A-/ }).waitFor();
        await page.getByRole('heading', { name: '券额是怎样算出来的' }).waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '在菜单“监督与分析”中打开“办理记录”，填写任何事项的编号，查看它从建立到现在的每一次变动：何时、哪个岗位、何人、为何。',
        en: 'Open “办理记录” (trails) in the menu “监督与分析” (oversight) and give the id of anything: every change since it began, with when, which office, who and why.',
      },
      pictured: true,
      async run({ page }) {
        const order = (await page.locator('.facts .code').first().textContent()) ?? '';
        await openFrom(page, '监督与分析', '办理记录');
        await page.getByLabel('事项类别').selectOption('order');
        await page.getByLabel('编号').fill(order);
        await page.getByRole('button', { name: '查看记录' }).click();
        await page.getByRole('cell', { name: '确认交付' }).waitFor();
        return page;
      },
    },
  ],
};

export default guide;
