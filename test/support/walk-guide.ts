import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Guide, pictureOf } from './guide.ts';

const TALLEST = 1600;

/** Walks a guide, one test for each step; `npm run screenshots` also keeps the pictures. */
export function walkGuide<Walk>(guide: Guide<Walk>, walk: () => Walk, timeout = 60_000): void {
  describe(`the guide of the ${guide.role}`, () => {
    let walked = 0;
    it.each(guide.steps.map((step, at) => ({ ...step, at, sentence: step.says.en })))(
      '$at: $sentence',
      async ({ run, pictured, at }) => {
        expect(walked, 'the step before was not done').toBe(at);
        const page = await run(walk());
        walked += 1;
        if (!pictured) return;
        if (!page) throw new Error('a step that is pictured answers its page');
        if (!process.env.DENGYUN_PICTURES) return;
        const path = join(import.meta.dirname, '../../docs', pictureOf(guide, at));
        mkdirSync(dirname(path), { recursive: true });
        await page.waitForLoadState('networkidle');
        const { width = 1280 } = page.viewportSize() ?? {};
        const whole = Number(await page.evaluate('document.documentElement.scrollHeight'));
        await page.screenshot({
          path,
          fullPage: true,
          clip: { x: 0, y: 0, width, height: Math.min(whole, TALLEST) },
        });
      },
      timeout,
    );
  });
}
