import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../demo/accounts.ts';
import { type EmbeddedSystem, startSystem } from '../../demo/system.ts';
import { openBrowser } from './browser.ts';
import { removeFolder } from './folders.ts';

/** A running system with its portal, and a browser to look at it. */
export interface SeenWorld {
  readonly system: EmbeddedSystem;
  readonly browser: Browser;
  /** A browser of somebody: its clock is the system's. */
  visitor(options?: BrowserContextOptions & { language?: 'zh' | 'en' }): Promise<BrowserContext>;
  stop(): Promise<void>;
}

/** Starts the system with its portal, and lets people act in it. */
export async function openSeenWorld<Told extends object>(
  act: (system: EmbeddedSystem) => Promise<Told>,
): Promise<SeenWorld & Told> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dengyun-portal-'));
  const [system, browser] = await Promise.all([
    startSystem({ dataDir, portal: true, functionConcurrency: 2 }),
    openBrowser(),
  ]);
  const told = await act(system);
  return {
    system,
    browser,
    ...told,
    async visitor({ language = 'zh', ...options } = {}) {
      const context = await browser.newContext({ baseURL: system.apiUrl, reducedMotion: 'reduce', ...options });
      await context.clock.setFixedTime(system.clock.now());
      await context.addInitScript(`localStorage.setItem('dengyun.language', '${language}')`);
      return context;
    },
    async stop() {
      await browser.close();
      await system.stop();
      await removeFolder(dataDir);
    },
  };
}

/** Signs in at the issuer, from a page that offers it. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page
    .getByRole('button', { name: /^(登录|Sign in)$/ })
    .first()
    .click();
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(DEMO_PASSWORD);
  await page.locator('button[type=submit]').first().click();
}
