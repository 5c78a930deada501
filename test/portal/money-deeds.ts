import type { Page } from 'playwright-core';

/** What people do on the pages of money, as they do it everywhere on them. */

/** Says to have checked something, without which the button beside it does nothing. */
export const check = (page: Page, what: string | RegExp): Promise<void> => page.getByLabel(what).check();

/** Approves what waits for the department of whoever looks. */
export async function approve(page: Page, checked: string): Promise<void> {
  await page.getByLabel('决定').selectOption('approve');
  await check(page, checked);
  await page.getByRole('button', { name: '提交决定' }).click();
}

/** Goes to an address as a link of the portal does, without loading it anew. */
export const go = (page: Page, path: string): Promise<void> =>
  page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`) as Promise<void>;
