import { businessDate, startOfDay } from '../../../core/calendar/business-date.ts';
import { yearEndWhen } from '../../../demo/year-end.ts';
import type { Guide } from '../../support/guide.ts';
import { openFrom } from '../menu-deeds.ts';
import { approve, check, go } from '../money-deeds.ts';
import type { DepartmentsWalk } from './regional-officer.ts';

const HOUR = 3_600_000;

const guide: Guide<DepartmentsWalk> = {
  role: 'year-end',
  title: { zh: '两部门：年终结转', en: 'Both departments: closing the year' },
  before: {
    zh: '每年 1 月 1 日系统自动试算上一年度，不作任何变更。办理结转要三个人：财政厅一人提请，工信厅一人审批，财政厅另一人审批。',
    en: 'On 1 January the system runs last year’s close dry and changes nothing. The close takes three people: one of finance asks for it, one of industry and another of finance approve.',
  },
  steps: [
    {
      says: {
        zh: '财政厅在菜单“资金”中打开“年终结转”，核对上一年度的差异报告：每个科目现在多少、留在本年多少、转入下年多少；试算合计须一致，没有妨碍结转的事项。',
        en: 'Finance opens “年终结转” (year-end) in the menu “资金” (money) and checks the report of differences of the year that ended: what each account holds, what stays and what moves on. The totals must agree and nothing may stand in the way.',
      },
      pictured: true,
      async run({ world }) {
        await world.system.clock.advanceTo(startOfDay(businessDate(`${world.year + 1}-01-01`)) + HOUR);
        await yearEndWhen(world.system, world.year, 'reported');
        await world.everybodyLeaves();
        const page = await world.at('finance');
        await openFrom(page, '资金', '年终结转');
        await page.getByText('没有妨碍结转的事项。').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '勾选“我已核对差异报告”，按“提请办理结转”。',
        en: 'Tick “我已核对差异报告” (I have checked the report) and press “提请办理结转” (ask for the close).',
      },
      async run({ world }) {
        const page = await world.at('finance');
        await check(page, '我已核对差异报告');
        await page.getByRole('button', { name: '提请办理结转' }).click();
        await page.getByText('等待工业和信息化厅的另一人审批。').waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '工信厅一人、财政厅另一人先后打开同一页，核对后同意。提请的人不能审批。',
        en: 'One person of industry, then another of finance, open the same page, check it and approve. Whoever asked for it cannot.',
      },
      pictured: true,
      async run({ world }) {
        const path = `/year-end?year=${world.year}`;
        const industry = await world.at('officer');
        await go(industry, path);
        await approve(industry, '我已核对差异报告');
        const finance = await world.at('finance2');
        await go(finance, path);
        // Those who were before, by name, and the day by which this one is expected.
        await finance.locator('.hand-done', { hasText: '其其格' }).first().waitFor();
        await finance.locator('.hand-done', { hasText: '乌兰' }).waitFor();
        await finance.locator('.hand-now', { hasText: '应于' }).waitFor();
        await finance.getByLabel('决定').selectOption('approve');
        await check(finance, '我已核对差异报告');
        return finance;
      },
    },
    {
      says: {
        zh: '系统随即结转，本页显示已转移多少张券；完成后列出结转结果，结转的资金保留其来源年度。',
        en: 'The system closes the year while the page counts the vouchers that have moved; then it shows what came of it. Carried money keeps its year of origin.',
      },
      pictured: true,
      async run({ world }) {
        const page = await world.at('finance2');
        await page.getByRole('button', { name: '提交决定' }).click();
        await page.getByText('完成结转').waitFor();
        await page.locator('.hand-done', { hasText: '苏和' }).waitFor();
        return page;
      },
    },
  ],
};

export default guide;
