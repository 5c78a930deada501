import { type Bundle, makeBundles } from '../lib/bundles.ts';
import { type FunctionName, functionNames } from '../lib/permissions.ts';

/**
 * Bundles again what changes, for `npm run dev`: is sent the changed files, answers with the folders of the new bundles of
 * exactly the functions that are made of them. Its bundles are there as long as this process is.
 */
export type Changes = { readonly changed: readonly string[] };
export type Bundled =
  | { readonly kind: 'watching' }
  | { readonly kind: 'bundled'; readonly changed: readonly string[]; readonly bundles: Record<string, string> }
  | { readonly kind: 'broken'; readonly changed: readonly string[]; readonly error: string };

const tell = (message: Bundled) => process.send?.(message);
const bundles = new Map<FunctionName, Bundle>();
/** Did not build the last time: whatever changes next may have mended it. */
let broken = new Set<FunctionName>();

async function bundle(names: readonly FunctionName[]): Promise<Record<string, string>> {
  const made = await makeBundles(names);
  for (const [name, bundle] of made) bundles.set(name, bundle);
  return Object.fromEntries([...made].map(([name, { folder }]) => [name, folder]));
}

async function take({ changed }: Changes): Promise<void> {
  const affected = functionNames.filter(
    (name) => broken.has(name) || changed.some((file) => bundles.get(name)?.sources.has(file)),
  );
  try {
    const made = affected.length > 0 ? await bundle(affected) : {};
    broken = new Set();
    tell({ kind: 'bundled', changed, bundles: made });
  } catch (error) {
    broken = new Set(affected);
    tell({ kind: 'broken', changed, error: error instanceof Error ? error.message : String(error) });
  }
}

// One after the other, and none before it is known which function is made of what.
let last = bundle(functionNames).then(
  () => tell({ kind: 'watching' }),
  (error: unknown) => {
    broken = new Set(functionNames);
    tell({ kind: 'broken', changed: [], error: String(error) });
  },
) as Promise<unknown>;
process.on('message', (changes: Changes) => {
  last = last.then(() => take(changes));
});
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches every process of the terminal; this one ends with the one it works for.
process.on('SIGINT', () => undefined);
