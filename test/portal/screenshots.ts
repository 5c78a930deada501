import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openPortalWorld } from '../support/portal-world.ts';
import { publicVisits } from './every-page.ts';

/**
 * `npm run screenshots`: every page with something on it, on a desktop and on a phone, to `docs/screenshots/portal/`. Of long pages
 * only the beginning is kept.
 */
const folder = join(import.meta.dirname, '../../docs/screenshots/portal');
const TALLEST = 1800;
const screens = [
  ['desktop', 1280, 800],
  ['phone', 390, 844],
] as const;

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const world = await openPortalWorld();
try {
  for (const [screen, width, height] of screens) {
    const context = await world.visitor({ viewport: { width, height } });
    const page = await context.newPage();
    const keep = async (name: string) => {
      await page.waitForLoadState('networkidle');
      const whole = Number(await page.evaluate('document.documentElement.scrollHeight'));
      await page.screenshot({
        path: join(folder, `${name}-${screen}.png`),
        fullPage: true,
        clip: { x: 0, y: 0, width, height: Math.min(whole, TALLEST) },
      });
    };
    for (const { name, path, shows } of publicVisits(world)) {
      await page.goto(path);
      await page.getByText(shows[0]).filter({ visible: true }).first().waitFor();
      await keep(name);
    }
    await page.goto('/');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Still available').waitFor();
    await keep('home-english');
    await page.getByRole('button', { name: '中文' }).click();

    await page.goto('/check');
    await page.getByLabel('统一社会信用代码').fill('911501000000000192');
    await page.getByRole('button', { name: '查看结果' }).click();
    await keep('check-refused');

    for (const [username, shown, name] of [
      ['enterprise2', '未加盖公章', 'mine'],
      ['city-150200', '敖包矿业有限责任公司', 'organisations'],
    ] as const) {
      await context.clearCookies();
      await page.evaluate('sessionStorage.clear()');
      await page.goto(`/${name}`);
      await page.getByRole('button', { name: '登录' }).first().click();
      await page.locator('#username').fill(username);
      await page.locator('#password').fill('dengyun');
      await page.locator('button[type=submit]').first().click();
      await page.getByText(shown).first().waitFor();
      await keep(name);
    }
    await context.close();
  }
} finally {
  await world.stop();
}
