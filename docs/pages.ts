import { accessPatterns } from './generate-access-patterns.ts';
import { states } from './generate-states.ts';

/** Pages that are made from the code, by file name. */
export const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'access-patterns.md': accessPatterns,
  'states.md': states,
};
