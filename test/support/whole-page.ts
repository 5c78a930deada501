import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { seriousFindings } from './browser-reports.ts';
import { keepPicture } from './picture.ts';

const DESKTOP = { width: 1280, height: 800 };
/** On a phone the menus are closed, and one below the other. */
const LINES_OF_MENUS = `innerWidth < 900 || [...document.querySelectorAll('nav.menu')].every((menu) =>
  new Set([...menu.children].map((one) => one.offsetTop)).size === 1)`;
const PHONE = { width: 390, height: 844 };

/**
 * A page as it was opened, in Chinese on a desktop and on a phone, then in English: all there, within its window, under one
 * heading, with menus of one line each on a desktop, and without a serious finding of axe. It is loaded once, and Chinese again
 * in the end. Its pictures are kept by its name where they are wanted.
 */
export async function expectWhole(
  page: Page,
  name: string,
  shows: readonly [zh: string, en: string],
  heading = 'h1',
): Promise<void> {
  const look = async (where: string, text: string) => {
    await page.getByText(text).filter({ visible: true }).first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.locator('.loading').first().waitFor({ state: 'detached' });
    // A picture takes its new size a moment after the window has.
    await expect
      .poll(async () => [
        name,
        where,
        await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
        await page.evaluate(LINES_OF_MENUS),
        await page.locator(heading).count(),
      ])
      .toEqual([name, where, true, true, 1]);
    await keepPicture(page, `portal/${name}-${where}`);
  };
  const sound = async (where: string) => expect([name, where, await seriousFindings(page)]).toEqual([name, where, []]);
  await page.setViewportSize(DESKTOP);
  await look('desktop', shows[0]);
  await sound('desktop');
  await page.setViewportSize(PHONE);
  await look('phone', shows[0]);
  await sound('phone');
  await page.setViewportSize(DESKTOP);
  await page.getByRole('button', { name: 'English' }).click();
  await look('english', shows[1]);
  await expect.poll(() => page.evaluate('document.documentElement.lang')).toBe('en');
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByText(shows[0]).filter({ visible: true }).first().waitFor();
  await expect.poll(() => page.evaluate('document.documentElement.lang')).toBe('zh-CN');
}
