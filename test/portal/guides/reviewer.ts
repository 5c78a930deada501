import type { Page } from 'playwright-core';
import type { Guide } from '../../support/guide.ts';
import { signIn } from '../../support/seen-world.ts';

/** A reviewer of a city whose inbox begins with an application that was handed in again. */
export interface ReviewerWalk {
  readonly page: Page;
}

const guide: Guide<ReviewerWalk> = {
  role: 'city-reviewer',
  title: { zh: '盟市审核员：办理认证申请', en: 'City reviewer: deciding applications' },
  before: {
    zh: '用本单位分配的帐号登录。您只看到本盟市的事项；每件事项有办理时限，超过时限转自治区办理。',
    en: 'Sign in with the account your office gave you. You see the cases of your own league or city; each has a time limit, after which the region decides.',
  },
  steps: [
    {
      says: {
        zh: '登录后打开“待办”：最急的在最上面，写明还剩几个工作日。可以按事项、时限查找；按 j、k 上下移动，按回车打开，按 ? 查看全部快捷键。',
        en: 'Sign in and open “待办” (inbox): the most urgent case comes first, with the working days that are left. Filter by kind or time limit; j and k move, Enter opens, ? shows all keys.',
      },
      pictured: true,
      async run({ page }) {
        await page.goto('/inbox');
        await signIn(page, 'city-150200');
        await page.getByText('5 件', { exact: true }).waitFor();
        await page.getByText('剩 5 个工作日').first().waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '打开第一件。左边是材料，可以放大、缩小、旋转；右边是申请内容、系统提示，以及与上一次申请的差异和上次退回的理由。',
        en: 'Open the first. Its papers are on the left, to be enlarged and turned; on the right are the application, what the system noticed, what changed since the last application, and why that was sent back.',
      },
      pictured: true,
      async run({ page }) {
        await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { level: 1, name: '河套面粉有限公司' }).waitFor();
        await page.locator('.document-desk canvas').waitFor();
        await page.getByRole('button', { name: '放大' }).click();
        await page.locator('.document-zoom', { hasText: '125%' }).waitFor();
        await page.getByRole('button', { name: '适合宽度' }).click();
        await page.getByText('人像面反光').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '按“认领”（或 t 键），这件事就在您手中：同事看得到是谁在办，不能同时作决定。一个人值守时不必认领，可以直接办理。',
        en: 'Press “认领” (take it; or t) and it is in your hands: colleagues see who has it, and cannot decide it meanwhile. Whoever is alone need not take it and decides at once.',
      },
      async run({ page }) {
        await page.getByText('无人认领').waitFor();
        await page.keyboard.press('t');
        await page.getByText('由您认领').waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '身份证件要按“查看”才显示，每次查看都有记录。按 d 换下一份材料。',
        en: 'Identity cards show only after you press “查看” (show); every look is recorded. d goes to the next document.',
      },
      async run({ page }) {
        await page.keyboard.press('d');
        await page.getByRole('button', { name: '查看身份证人像面' }).click();
        await page.getByRole('img', { name: '身份证人像面' }).waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '材料有问题时选“退回补正”，勾选有问题的项目，逐项选择理由。企业只能修改勾选的项目。',
        en: 'If something is wrong, choose “退回补正” (return), mark what it is and give a reason for each. Only what is marked can be changed.',
      },
      pictured: true,
      async run({ page }) {
        await page.getByRole('radio', { name: '退回补正' }).check();
        await page.getByRole('checkbox', { name: '身份证人像面' }).check();
        await page.getByLabel('身份证人像面：理由').selectOption('document-illegible');
        await page.getByLabel('身份证人像面：说明').fill('仍有反光，请在光线均匀处重拍');
        await page.evaluate('scrollTo(0, 0)');
        return page;
      },
    },
    {
      says: {
        zh: '按“提交决定”。确认之前写明这个决定的后果；确认后自动打开下一件。',
        en: 'Press “提交决定” (submit). What follows from the decision is said before you confirm; afterwards the next case opens.',
      },
      pictured: true,
      async run({ page }) {
        await page.getByRole('button', { name: '提交决定' }).click();
        await page.getByText('申请退回企业，只须补正所列项目后重新提交。').waitFor();
        await page.evaluate('scrollTo(0, 0)');
        return page;
      },
    },
    {
      says: {
        zh: '没有问题时选“通过”。熟练以后只用键盘：按 1 选“通过”，按 Ctrl + 回车提交，按回车确认。',
        en: 'If nothing is wrong, choose “通过” (approve). With some practice the keyboard does: 1 approves, Ctrl + Enter submits, Enter confirms.',
      },
      async run({ page }) {
        await page.getByRole('button', { name: '确认：退回补正' }).click();
        await page.getByText('“河套面粉有限公司”已办结：退回补正。').waitFor();
        await page.getByRole('heading', { level: 1, name: '鹿城机械制造有限公司' }).waitFor();
        await page.getByRole('radio', { name: '通过', exact: true }).waitFor();
        await page.keyboard.press('1');
        await page.keyboard.press('Control+Enter');
        await page.getByRole('dialog').getByText('该企业即时成为已认证企业').waitFor();
        await page.keyboard.press('Enter');
        await page.getByText('“鹿城机械制造有限公司”已办结：通过。').waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '没办完就要离岗时，按“交接”（或 h 键），写明办到哪一步、还要做什么。事项回到待办，接着办的同事打开就看到您的说明；同事突然不在的，也可以“接手”他认领的事项，须写明理由。',
        en: 'If you must leave before you are done, press “交接” (hand over; or h) and say where things stand and what is left to do. The case goes back to the inbox, and whoever goes on with it sees your note first. What a colleague who is away has taken you can take over, with a reason.',
      },
      pictured: true,
      async run({ page }) {
        await page.getByRole('heading', { level: 1, name: '阿尔山乳业有限公司' }).waitFor();
        await page.keyboard.press('t');
        await page.getByText('由您认领').waitFor();
        await page.keyboard.press('h');
        await page.getByLabel('办到哪一步、还要做什么').fill('营业执照已核对无误；副本的有效期待向企业电话核实。');
        await page.getByRole('button', { name: '确认交接' }).click();
        await page.locator('.handed-over-note', { hasText: '有效期待向企业电话核实' }).waitFor();
        await page.getByText('无人认领').waitFor();
        await page.evaluate('scrollTo(0, 0)');
        return page;
      },
    },
    {
      says: {
        zh: '回到“待办”，把状态改为“已办”，可以看到办过的事项和结果。',
        en: 'Back in the inbox, set the state to “已办” (decided) to see what was decided, and how.',
      },
      async run({ page }) {
        await page.keyboard.press('u');
        await page.getByText('3 件', { exact: true }).waitFor();
        await page.getByLabel('状态').selectOption('decided');
        await page.getByText('由我办理').first().waitFor();
        return undefined;
      },
    },
  ],
};

export default guide;
