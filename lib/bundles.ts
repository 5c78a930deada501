import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** Of the holiday data only the dates are read (`core/calendar`): their names are two thirds of it. */
const holidayDates: Plugin = {
  name: 'holiday-dates',
  setup({ onLoad }) {
    onLoad({ filter: /chinese-days\.json$/ }, async ({ path }) => {
      const names: Record<string, object> = JSON.parse(await readFile(path, 'utf8'));
      const dates = Object.entries(names).map(([list, days]) => [
        list,
        Object.fromEntries(Object.keys(days).map((day) => [day, ''])),
      ]);
      return { contents: JSON.stringify(Object.fromEntries(dates)), loader: 'json' };
    });
  },
};

/**
 * Bundles functions, all in one run (docs/adr/0004-bundling.md): CommonJS, which starts sooner than the same code as
 * ES modules, without the SDK's credential chain. Returns the folder of each bundle by the function's name; the folders
 * are gone when the process ends, the assembly has its own copies by then.
 */
export async function bundleFunctions<N extends string>(names: readonly N[]): Promise<Record<N, string>> {
  const outdir = mkdtempSync(join(tmpdir(), 'dengyun-bundles-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, `functions/${name}/index.ts`])),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    // The SDK's ES modules, of which only the used commands are kept.
    mainFields: ['module', 'main'],
    // Escapes are longer than Chinese sentences, but a source of one byte per character is compiled sooner.
    charset: 'ascii',
    legalComments: 'none',
    alias: {
      '@aws-sdk/credential-provider-node': './functions/_runtime/credentials.ts',
      '@smithy/core/event-streams': './functions/_runtime/event-streams.ts',
    },
    plugins: [holidayDates],
    logLevel: 'warning',
  });
  return Object.fromEntries(names.map((name) => [name, join(outdir, name)])) as Record<N, string>;
}
