import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Guide, pictureOf } from '../test/support/guide.ts';
import { root } from './machines.ts';

const folder = join(root, 'test/portal/guides');

/** Every guide there is, by its role: the default export of each file of `test/portal/guides`. */
export async function guides(): Promise<Guide<never>[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  return Promise.all(files.sort().map(async (file) => (await import(join(folder, file))).default as Guide<never>));
}

/** A guide as a page: Chinese first, English under each step. */
export function guidePage(guide: Guide<never>): string {
  const steps = guide.steps.flatMap(({ says, pictured }, at) => [
    `${at + 1}. ${says.zh}  \n   *${says.en}*`,
    ...(pictured ? [`\n   ![${at + 1}](../screenshots/${pictureOf(guide, at)}.png)\n`] : []),
  ]);
  return [
    `# ${guide.title.zh} · ${guide.title.en}`,
    `${guide.before.zh}\n\n*${guide.before.en}*`,
    steps.join('\n'),
    '每一步都由测试在真实浏览器中走过。 · *A test walks each step in a real browser.*',
    '',
  ].join('\n\n');
}
