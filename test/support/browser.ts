import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/**
 * Where the system's own browser is; packages of other systems call it otherwise. The first is the same browser built
 * without windows, which takes a quarter less of the machine.
 */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * A real browser without a window: Debian's own, for nothing here downloads one. `.ci/run` installs it.
 *
 * @throws Error that says how to install it, so that a test without a browser fails and is not left out.
 */
export function openBrowser(): Promise<Browser> {
  const executablePath = [process.env.CHROMIUM, ...PLACES].find((path) => path !== undefined && existsSync(path));
  if (!executablePath)
    throw new Error('no browser: apt-get install chromium-headless-shell, or say in CHROMIUM where one is');
  return chromium.launch({
    executablePath,
    // Its own sandbox refuses to run as root, as containers do.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
}
