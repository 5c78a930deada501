import type { Page } from 'playwright-core';
import type { Guide } from '../../support/guide.ts';

/** Somebody without an account, and the notice that concerns them. */
export interface CitizenWalk {
  readonly page: Page;
  readonly noticeId: string;
}

const guide: Guide<CitizenWalk> = {
  role: 'citizen',
  title: { zh: '公众：查看公示并提出异议', en: 'The public: reading a notice and objecting to it' },
  before: {
    zh: '不需要帐号。公示期至少五个工作日，期内任何人都可以对某一项提出异议；异议只暂停它所涉及的那一项。',
    en: 'No account is needed. A notice stands for at least five working days, in which anybody may object to a line of it; only that line is held back.',
  },
  steps: [
    {
      says: {
        zh: '打开“公示”，选择要查看的公示：页面写明公示到哪一天、还剩几个工作日。',
        en: 'Open “Notices” and choose one: the page says until which day it stands, and how many working days are left.',
      },
      pictured: true,
      async run({ page, noticeId }) {
        await page.goto('/');
        await page.getByRole('navigation').getByRole('link', { name: '公示', exact: true }).click();
        await page.locator(`a[href="/notices/${noticeId}"]`).first().click();
        await page.getByText('剩 5 个工作日').waitFor();
        return page;
      },
    },
    {
      says: {
        zh: '按“重新计算并比对”，确认内容自公布以来没有改动。',
        en: 'Press “重新计算并比对” (compute again and compare) to see that nothing was changed since it was published.',
      },
      async run({ page }) {
        await page.getByRole('button', { name: '重新计算并比对' }).click();
        await page.getByText('一致：内容与公布时相同。').waitFor();
        return undefined;
      },
    },
    {
      says: {
        zh: '在有疑问的那一项旁边按“提出异议”，写下姓名、联系电话和理由。姓名和电话只供办理人员联系，不会公开。',
        en: 'Press “提出异议” (object) beside the line, and give your name, telephone number and grounds. Name and number are for those who handle it, and are never made public.',
      },
      pictured: true,
      async run({ page }) {
        await page
          .getByRole('button', { name: /^提出异议 / })
          .last()
          .click();
        await page.getByLabel('姓名').fill('娜仁');
        await page.getByLabel('联系电话').fill('13947100001');
        await page.getByLabel('异议理由').fill('该服务未在约定期限内开通。');
        return page;
      },
    },
    {
      says: {
        zh: '按“提交异议”。页面显示“异议已受理”和受理编号。',
        en: 'Press “提交异议” (submit). The page says “异议已受理” (received) and gives its number.',
      },
      async run({ page }) {
        await page.getByRole('button', { name: '提交异议' }).click();
        await page.getByText('异议已受理').waitFor();
        return undefined;
      },
    },
  ],
};

export default guide;
