import type { Page } from 'playwright-core';
import type { Guide } from '../../support/guide.ts';
import { openFrom } from '../menu-deeds.ts';
import { approve } from '../money-deeds.ts';
import type { DepartmentsWalk } from './regional-officer.ts';

const finance = ({ world }: DepartmentsWalk): Promise<Page> => world.at('finance');

const guide: Guide<DepartmentsWalk> = {
  role: 'finance-officer',
  title: {
    zh: '财政厅经办：审批拨付与银行回执',
    en: 'Finance department: approving payments, and the answers of the bank',
  },
  before: {
    zh: '用财政厅的帐号登录。拨付单由工信厅提出，并由工信厅的另一人先行审批。',
    en: 'Sign in with an account of the finance department. The industry department proposes a payment order, and another person of it approves it first.',
  },
  steps: [
    {
      says: {
        zh: '在菜单“资金”中打开“资金拨付”，进入待财政厅审批的拨付单。核对控制数后选择“同意”并提交：拨付单记账后送银行。',
        en: 'Open “资金拨付” (payments) in the menu “资金” (money) and the order that waits for finance. Check its control totals, choose “同意” (approve) and submit: it is booked and goes to the bank.',
      },
      async run(walk) {
        const page = await finance(walk);
        await openFrom(page, '资金', '资金拨付');
        await page.locator(`a[href="/payouts/${walk.kept.payoutId}"]`).click();
        await approve(page, '我已核对笔数、金额和明细');
        await page.getByText('2 笔尚无回执').waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '按“导出付款文件”。账号只在文件里，每次导出都记入办理记录；页面显示文件的笔数与合计，须与拨付单一致。',
        en: 'Press “导出付款文件” (export). Account numbers stand only in the file, and every export is in the trail; the page shows its count and total, which must be those of the order.',
      },
      pictured: true,
      async run(walk) {
        const page = await finance(walk);
        const saved = page.waitForEvent('download');
        await page.getByRole('button', { name: '导出付款文件' }).click();
        await saved;
        await page.getByText('文件名').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '银行有了回执就登记：已付的填流水号，失败的填原因。可以只登记已有回执的明细，其余以后再登记。',
        en: 'Record what the bank answers: the serial number of what is paid, the reason of what failed. Lines without an answer yet may wait.',
      },
      pictured: true,
      async run(walk) {
        const page = await finance(walk);
        await page.getByLabel('回执：云上草原科技有限公司').selectOption('paid');
        await page.getByLabel('银行流水号').fill('NMYH-2026-0001');
        await page.getByRole('button', { name: '登记回执' }).click();
        await page.getByText('1 笔尚无回执').waitFor();
        await page.getByLabel('回执：敕勒川数据有限公司').selectOption('failed');
        await page.getByLabel('失败原因').fill('户名与账号不符');
        return page;
      },
    },
    {
      says: {
        zh: '失败的明细由服务商在本单位资料中更正账户；账户无误的，按原账户重发并写明原因。全部更正后，失败的部分再送一次银行，已付的不会再付。',
        en: 'For a line that failed, the provider changes the account in its own record; if the account is right, send to it again and say why. Once all are corrected, what failed goes to the bank once more, and nothing that is paid does.',
      },
      pictured: true,
      async run(walk) {
        const page = await finance(walk);
        await page.getByRole('button', { name: '登记回执' }).click();
        await page.getByText('待更正').waitFor();
        await page.getByLabel('收款账户').selectOption('same');
        await page.getByLabel('说明').fill('银行系统故障，账户无误');
        return page;
      },
    },
    {
      says: {
        zh: '登记第二次送银行的回执。全部已付后，拨付单办结。',
        en: 'Record the answer to the second sending. When all is paid, the order is settled.',
      },
      async run(walk) {
        const page = await finance(walk);
        await page.getByRole('button', { name: '更正并重发' }).click();
        await page.getByText('第 2 次送银行。').waitFor();
        await page.getByRole('button', { name: '全部标为已付' }).click();
        await page.getByLabel('银行流水号').fill('NMYH-2026-0002');
        await page.getByRole('button', { name: '登记回执' }).click();
        await page.getByText('已办结').waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '在菜单“资金”中打开“资金台账”：从预算到拨付逐级画出资金在哪里，并校验总额控制。“试算平衡”重放全年分录，与余额逐项核对。',
        en: 'Open “资金台账” (ledger) in the menu “资金” (money): it draws where the money is, step by step from appropriation to payment, and checks total control. “试算平衡” (trial balance) replays the journal of the year against the balances.',
      },
      pictured: true,
      async run(walk) {
        const page = await finance(walk);
        await openFrom(page, '资金', '资金台账');
        await page.getByRole('button', { name: '试算平衡' }).click();
        await page.getByRole('button', { name: '开始试算' }).click();
        await page.getByText(/平衡：\d+ 笔分录，全部一致/).waitFor();
        await page.getByRole('button', { name: '资金状况' }).click();
        await page.getByText('没有科目为负').waitFor();
        return page;
      },
    },
  ],
};

export default guide;
