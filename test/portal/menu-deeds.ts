import type { Page } from 'playwright-core';

/** Opens a page that stands in a group of the menu, as it does for whoever has more pages than fit in a line. */
export async function openFrom(page: Page, group: string, name: string): Promise<void> {
  const menu = page.getByRole('navigation', { name: '工作台' });
  await menu.getByRole('button', { name: group }).click();
  await menu.getByRole('link', { name, exact: true }).click();
}
