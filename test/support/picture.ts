import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';

const folder = join(import.meta.dirname, '../../docs/screenshots');

/** Of long pages only the beginning is kept. */
const TALLEST = 1800;

/**
 * Keeps what a page shows as `docs/screenshots/<name>.png` when pictures are wanted (`npm run screenshots`): they show
 * what tests have seen.
 */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!/^(guide|portal)\/[a-z0-9-]+$/.test(name)) throw new Error(`a picture has no such name: ${name}`);
  if (!process.env.DENGYUN_PICTURES) return;
  const path = join(folder, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.waitForLoadState('networkidle');
  const { width = 1280 } = page.viewportSize() ?? {};
  const whole = Number(await page.evaluate('document.documentElement.scrollHeight'));
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(whole, TALLEST) } });
}
