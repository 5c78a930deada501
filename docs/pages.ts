import { accessPatterns } from './generate-access-patterns.ts';
import { guidePage, guides } from './generate-guides.ts';
import { states } from './generate-states.ts';

/** Pages that are made from the code, by file name. */
export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'access-patterns.md': accessPatterns,
  'states.md': states,
  ...Object.fromEntries((await guides()).map((guide) => [`guide/${guide.role}.md`, () => guidePage(guide)])),
};
