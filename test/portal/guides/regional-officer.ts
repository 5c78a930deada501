import type { Page } from 'playwright-core';
import type { Guide } from '../../support/guide.ts';
import type { Business, MoneyWorld } from '../../support/money-world.ts';
import { openFrom } from '../menu-deeds.ts';
import { approve, check } from '../money-deeds.ts';

/** The two departments and what they leave for those who come after. */
export interface DepartmentsWalk {
  readonly world: MoneyWorld;
  readonly kept: { business?: Business; payoutId?: string };
}

const officer = ({ world }: DepartmentsWalk): Promise<Page> => world.at('officer');

const guide: Guide<DepartmentsWalk> = {
  role: 'regional-officer',
  title: {
    zh: '工信厅经办：年度计划与拨付单',
    en: "Industry department: the year's plan, and the payment order",
  },
  before: {
    zh: '用工信厅的帐号登录。任何一项资金决定都要两个部门各一人：页面写明谁已办、轮到谁、谁不能办。',
    en: 'Sign in with an account of the industry department. Every decision on money takes a person of each department; pages say who has acted, whose turn it is, and who may not.',
  },
  steps: [
    {
      says: {
        zh: '在菜单“计划与政策”中打开“计划编制”，选择年度。还没有计划时按“编制草案”。',
        en: 'Open “计划编制” (plan desk) in the menu “计划与政策” (plan and policy) and choose the year. While there is no plan, press “编制草案” (draft the plan).',
      },
      async run(walk) {
        const page = await officer(walk);
        await openFrom(page, '计划与政策', '计划编制');
        await page.getByRole('link', { name: '编制草案' }).click();
        await page.getByRole('heading', { name: /计划草案/ }).waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '填写本年预算、每个规格的金额和张数。不设的规格去掉勾选；规则已按政策默认值填好，每一项下面写明它管什么。规格合计随填随算。',
        en: 'Give the appropriation, and amount and count of each spec; untick a spec that the year has not. Rules are filled in with the defaults of the policy, each with what it governs. The sum of the specs follows what you type.',
      },
      pictured: true,
      async run(walk) {
        const page = await officer(walk);
        await page.getByLabel('本年预算（元）').fill('60000');
        const spec = (name: string) => page.getByRole('group', { name, exact: true });
        for (const [name, amount, count] of [
          ['业务应用服务', '50000', '20'],
          ['基础设施类云服务', '10000', '10'],
        ] as const) {
          await spec(name).getByLabel('金额（元）').fill(amount);
          await spec(name).getByLabel('张数').fill(count);
        }
        await spec('平台系统类服务').getByRole('checkbox').uncheck();
        await page.getByText('¥60,000.00 / ¥60,000.00').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '按“保存草案”，核对后勾选“我已逐项核对”，按“代表本部门签署”。签署之后再修改，已有的签署作废。',
        en: 'Press “保存草案” (save). Check it, tick that you have, and press “代表本部门签署” (sign for my department). Changing it later drops the signatures.',
      },
      pictured: true,
      async run(walk) {
        const page = await officer(walk);
        await page.getByRole('button', { name: '保存草案' }).click();
        await page.getByText('您可以代表工业和信息化厅签署。').waitFor();
        await check(page, '我已逐项核对规格、金额、张数和规则');
        await page.getByRole('button', { name: '代表本部门签署' }).click();
        await page.getByText('工业和信息化厅已签署；须由财政厅的另一人签署，您不能再签。').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '财政厅的另一人打开同一页签署。两个部门都签署后，任一部门按“启用并公布计划”：资金立即可用，计划向社会公布。',
        en: 'Another person, of the finance department, signs on the same page. Then either department presses “启用并公布计划” (open and publish): the money is available and the plan is public.',
      },
      async run(walk) {
        const finance = await walk.world.at('finance');
        await openFrom(finance, '计划与政策', '计划编制');
        await check(finance, '我已逐项核对规格、金额、张数和规则');
        await finance.getByRole('button', { name: '代表本部门签署' }).click();
        await finance.getByText('两部门均已签署，可以启用。').waitFor();
        const page = await officer(walk);
        await page.reload();
        await check(page, /启用后资金立即可用/);
        await page.getByRole('button', { name: '启用并公布计划' }).click();
        await page.getByText('两部门会签，已公布').waitFor();
        await page.locator('.hand-done', { hasText: '财政厅签署' }).getByText('其其格').waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '年度内需要增减资金时，展开“调整资金规模”，填写金额和原因，按“提出调整”。页面先算出确认后可用多少、有没有缺口；由财政厅确认后生效，已发出的券不受影响。',
        en: 'To raise or cut the money during the year, unfold “调整资金规模”, give amount and reason, and press “提出调整” (propose). The page says what would be available and what would be missing; the finance department confirms it, and no voucher is voided.',
      },
      pictured: true,
      async run(walk) {
        walk.kept.business = await walk.world.doBusiness();
        await walk.world.followClock();
        const page = await officer(walk);
        await page.getByText('调整资金规模', { exact: true }).click();
        await page.getByLabel('调整后的资金规模（元）').fill('26000');
        await page.getByLabel('调整原因').fill('自治区本级预算压减');
        await page.getByRole('button', { name: '提出调整' }).click();
        await page.getByText('确认后将有资金缺口 ¥6,000.00').waitFor();
        await page.getByText('由本部门提出，须由另一部门确认').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '公示结束后在菜单“资金”中打开“资金拨付”，按“提出拨付单”。系统归集全部可拨付的项目，资金不足的按用券先后递延。提出的人不能审批。',
        en: 'When publicity is over, open “资金拨付” (payments) in the menu “资金” (money) and press “提出拨付单” (propose). The system collects all that is payable; what the money does not reach is deferred in the order of use. Whoever proposes it cannot approve it.',
      },
      pictured: true,
      async run(walk) {
        const finance = await walk.world.at('finance');
        await finance.reload();
        await check(finance, '我已核对调整后的可用资金');
        await finance.getByRole('button', { name: '确认调整' }).click();
        await finance.getByText('资金缺口').first().waitFor();
        const page = await officer(walk);
        await openFrom(page, '资金', '资金拨付');
        await page.getByRole('button', { name: /提出拨付单/ }).click();
        await page.getByText('您提出了这张拨付单，不能审批。').waitFor();
        await page.getByText('控制数与明细、云服务券一致').waitFor();
        await page.getByRole('heading', { name: '递延，按用券先后' }).waitFor();
        walk.kept.payoutId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
        return page;
      },
    },
    {
      says: {
        zh: '本厅的另一人打开这张拨付单，核对控制数：笔数、金额、资金年度，以及与明细相加是否一致。选择“同意”，勾选已核对，按“提交决定”。',
        en: 'Another person of the department opens the order and checks its control totals: counts, amounts, years of the fund, and whether the lines add up to them. Choose “同意” (approve), tick that you have checked, and press “提交决定” (decide).',
      },
      pictured: true,
      async run(walk) {
        const page = await walk.world.at('officer2');
        await openFrom(page, '资金', '资金拨付');
        await page.locator(`a[href="/payouts/${walk.kept.payoutId}"]`).click();
        await page.getByText('请核对控制数后作出决定。').waitFor();
        await approve(page, '我已核对笔数、金额和明细');
        await page.getByText('您已代表工信厅审批，不能再代表财政厅审批。').waitFor();
        // It is finance's turn now, until a day of its own.
        await page
          .locator('.hand-now', { hasText: '财政厅审批' })
          .getByText(/剩 \d+ 个工作日/)
          .waitFor();
        return page;
      },
    },
  ],
};

export default guide;
