import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { complaintsOf, seriousFindings } from '../support/browser-reports.ts';
import { openReviewingWorld } from '../support/reviewing-world.ts';
import { signIn } from '../support/seen-world.ts';

const out = '/tmp/reviewer-look';
mkdirSync(out, { recursive: true });
let t = Date.now();
const world = await openReviewingWorld();
console.log('ready', Date.now() - t);
t = Date.now();
const lang = (process.argv[2] ?? 'zh') as 'zh' | 'en';
const phone = process.argv[3] === 'phone';
try {
  const shot = async (page: Page, name: string) => {
    await page.waitForLoadState('networkidle');
    const fits = await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
    const axe = await seriousFindings(page);
    console.log(name, Date.now() - t, fits ? '' : 'OVERFLOW', axe.length ? axe : '');
    await page.screenshot({ path: `${out}/${name}-${lang}${phone ? '-phone' : ''}.png`, fullPage: true });
  };
  const as = async (username: string, path: string) => {
    const context = await world.visitor({
      language: lang,
      viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    page.on('close', () => complaints.length && console.log('COMPLAINTS', complaints));
    await page.goto(path);
    await signIn(page, username);
    return page;
  };
  const city = await as('city-150200', '/inbox');
  await city.locator('.case-link').first().waitFor();
  await shot(city, 'inbox');
  await city.keyboard.press('?');
  await shot(city, 'keys');
  await city.keyboard.press('Escape');
  await city.locator('.case-link', { hasText: '河套' }).click();
  await city.locator('.document-desk canvas').waitFor();
  await shot(city, 'certification');
  await city.locator('.document-tabs button').nth(1).click();
  await city.locator('.outcome-return').click();
  await city.locator('.decision button[type=submit]').click();
  await shot(city, 'certification-refused');
  await city.locator('.outcome-approve').click();
  await city.locator('.decision button[type=submit]').click();
  await shot(city, 'confirm');
  await city.close();
  const officer = await as('officer', '/inbox');
  await officer.locator('.case-link').first().waitFor();
  await officer.locator('.case-link').first().click();
  await officer.locator('.document-desk canvas').waitFor();
  await shot(officer, 'offering');
  await officer.goto('/publicity');
  await shot(officer, 'publicity-empty');
  await officer.close();
  const auditor = await as('auditor', '/audits');
  await auditor.locator('.case-link').first().waitFor();
  await shot(auditor, 'audits');
  await auditor.locator('textarea').fill('无利害关系。');
  await auditor.locator('.declaration button[type=submit]').click();
  await auditor.locator('.declaration strong').waitFor();
  await auditor.locator('.case-link').first().click();
  await auditor.locator('.document-desk canvas').waitFor();
  await auditor.locator('.outcome-reduce').click();
  await shot(auditor, 'audit');
  await auditor.close();
} catch (e) {
  console.log(e);
} finally {
  await world.stop();
}
