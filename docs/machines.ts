import { globSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Transition } from '../core/lifecycle/transition.ts';

/** The root of the project. */
export const root = join(import.meta.dirname, '..');

/** Files below the root that match, with forward slashes, in one order on every machine. */
export const filesOf = (pattern: string): readonly string[] =>
  globSync(pattern, { cwd: root })
    .map((path) => path.split(sep).join('/'))
    .sort();

/** The states of one kind of thing and the changes between them. */
export interface Machine {
  /** Name of the exported object, such as `orderTransitions`. */
  readonly name: string;
  readonly file: string;
  readonly transitions: readonly Transition[];
}

/** Every `…Transitions` that core exports: a new one is found by being there. */
export async function machines(): Promise<readonly Machine[]> {
  const found: Machine[] = [];
  for (const file of filesOf('core/**/*.ts')) {
    if (file.startsWith('core/usecases/') || file.startsWith('core/rules/')) continue;
    const exported: Readonly<Record<string, unknown>> = await import(/* @vite-ignore */ join(root, file));
    // By name: the order of exports is not the same in every loader.
    for (const name of Object.keys(exported).sort()) {
      const value = exported[name];
      if (!name.endsWith('Transitions') || typeof value !== 'object' || value === null) continue;
      found.push({ name, file, transitions: Object.values(value) as Transition[] });
    }
  }
  return found;
}
