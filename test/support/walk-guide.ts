import { describe, expect, it } from 'vitest';
import { type Guide, pictureOf } from './guide.ts';
import { keepPicture } from './picture.ts';

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
        await keepPicture(page, pictureOf(guide, at));
      },
      timeout,
    );
  });
}
