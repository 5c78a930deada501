import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';

const { resolve } = createRequire(import.meta.url);
const axeSource = readFileSync(resolve('axe-core/axe.min.js'), 'utf8');
const vitalsSource = readFileSync(resolve('web-vitals').replace(/[^/]*$/, 'web-vitals.iife.js'), 'utf8');

/**
 * Serious and critical findings of axe on a page, each with where it is. Pages are looked at in Chinese, on both screens: English
 * differs from it in its words only, and axe is half the time of a visit.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
    );
}

/** Listens from now on for what a page should never say: errors, refusals of its own policy, failed loads. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

export interface Vitals {
  /** Largest contentful paint, milliseconds. */
  readonly largestPaint: number;
  /** Of every long task what is beyond 50 ms, milliseconds. */
  readonly blocked: number;
  /** Cumulative layout shift. */
  readonly shift: number;
}

/** Measures the pages of a browser from their start. */
export const measureVitals = (context: BrowserContext): Promise<void> =>
  context
    .addInitScript(
      `${vitalsSource};
      window.vitals = { largestPaint: 0, blocked: 0, shift: 0 };
      webVitals.onLCP(({ value }) => { vitals.largestPaint = value; }, { reportAllChanges: true });
      webVitals.onCLS(({ value }) => { vitals.shift = value; }, { reportAllChanges: true });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) vitals.blocked += duration - 50;
      }).observe({ type: 'longtask', buffered: true });`,
    )
    .then(() => undefined);

export const vitalsOf = (page: Page): Promise<Vitals> => page.evaluate<Vitals>('window.vitals');

/** Bytes of script, compressed, that a page loads from now on until it rests. */
export function countScript(page: Page): () => Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  return async () => (await Promise.all(sizes)).reduce((total, size) => total + size, 0);
}
