import type { Page } from 'playwright-core';
import type { Guide } from '../../support/guide.ts';
import { signIn } from '../../support/seen-world.ts';

/** An auditor with a claim of three items, one of which a colleague has audited, and the provider that answers a deduction. */
export interface AuditorWalk {
  readonly page: Page;
  /** The provider says what it has to say to the deduction. */
  readonly answerDeduction: () => Promise<void>;
}

const guide: Guide<AuditorWalk> = {
  role: 'auditor',
  title: { zh: '第三方审核：逐项审核兑付申请', en: 'Auditor: auditing a claim item by item' },
  before: {
    zh: '每年十一月至十二月，云服务商统一提交兑付申请。您逐项核对发票、合同、转账凭证和使用情况；金额由系统计算，不能手工填写。',
    en: 'In November and December providers file their yearly claims. You compare invoice, contract, transfer and usage item by item; the system computes the amounts, nobody types them.',
  },
  steps: [
    {
      says: {
        zh: '登录后打开“兑付审核”，先申报利害关系：有关系的单位由他人审核。写下声明，按“提交申报”。',
        en: 'Sign in, open “兑付审核” (audits), and declare your relations first: what concerns related organisations is audited by others. Write the statement and press “提交申报” (submit).',
      },
      pictured: true,
      async run({ page }) {
        await page.goto('/audits');
        await signIn(page, 'auditor');
        await page.getByText('您尚未申报').waitFor();
        await page.getByLabel('声明').fill('与本年度申报单位无利害关系。');
        return page;
      },
    },
    {
      says: {
        zh: '打开一份申请。上面是审核进度和控制数：申报等于核定、核减、退回、未审之和。',
        en: 'Open a claim. At the top are progress and control totals: what is asked is what is approved, deducted, returned and not audited yet.',
      },
      async run({ page }) {
        await page.getByRole('button', { name: '提交申报' }).click();
        await page.getByText('已于').waitFor();
        await page.getByRole('link', { name: '云上草原科技有限公司' }).click();
        await page.getByText('1 / 3 项', { exact: true }).waitFor();
        await page.getByText('与明细相加一致').first().waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '逐项核对：左边是原件，右边是填报的金额、日期和交易方。按“看原件”或 d 换下一份。相符的选“通过”，保存后自动到下一项。',
        en: 'Compare item by item: the originals are on the left, amounts, dates and parties on the right. “看原件” (show) or d changes the paper. If all agrees choose “通过” (approve); saving goes to the next item.',
      },
      pictured: true,
      async run({ page }) {
        await page.getByRole('button', { name: '看原件 发票 1' }).click();
        await page.getByRole('img', { name: '发票 1' }).waitFor();
        await page.getByRole('radio', { name: '通过' }).check();
        await page.getByText('由此核定').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '服务有质量问题的选“核减”，选择理由和程度：核定金额随即按计划规定的比例算出。云服务商会收到通知并可以陈述意见。',
        en: 'Where the quality was poor choose “核减” (reduce) with reason and severity: what is approved follows from the plan at once. The provider is told and may answer.',
      },
      pictured: true,
      async run({ page }) {
        await page.getByRole('button', { name: '保存，看下一项' }).click();
        await page.getByText('2 / 3 项', { exact: true }).waitFor();
        await page.getByRole('radio', { name: '核减', checked: false }).waitFor();
        await page.getByRole('radio', { name: '核减' }).check();
        await page.getByLabel('理由').selectOption('quality-problem');
        await page.getByLabel('质量问题的程度').selectOption('minor');
        await page.getByText('由此核定').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '全部审核完毕后，“完成审核”可以按下。有核减的，须等云服务商陈述或陈述期满。',
        en: 'When every item is audited, “完成审核” (complete) can be pressed. With a deduction, the provider must have answered, or its time must have passed.',
      },
      async run({ page, answerDeduction }) {
        await page.keyboard.press('Control+Enter');
        await page.getByText('逐项审核完毕').waitFor();
        await page.getByRole('button', { name: '完成审核' }).click();
        await page.getByRole('dialog').getByRole('button', { name: '完成审核' }).click();
        await page.getByRole('alert').getByText('陈述').waitFor();
        await page.getByRole('button', { name: '返回修改' }).click();
        await answerDeduction();
        return undefined;
      },
    },
    {
      says: {
        zh: '确认之前写明后果：核定多少，随即公示不少于五个工作日。完成后本轮意见不能再改。',
        en: 'What follows is said before you confirm: how much is approved, and that it is publicised for at least five working days. Nothing can be changed afterwards.',
      },
      pictured: true,
      async run({ page }) {
        await page.reload();
        await page.getByRole('button', { name: '完成审核' }).click();
        await page.getByRole('dialog').getByText('随即公示不少于五个工作日').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '按“完成审核”。申请进入公示，页面写明完成的时间。',
        en: 'Press “完成审核” (complete). The claim goes to publicity, and the page says when it was completed.',
      },
      async run({ page }) {
        await page.getByRole('dialog').getByRole('button', { name: '完成审核' }).click();
        await page.getByText('本轮审核已于').waitFor();
        return undefined;
      },
    },
  ],
};

export default guide;
