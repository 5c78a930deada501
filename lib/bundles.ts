import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** Of the holiday data only the dates of two lists are read (`core/calendar`): a tenth of it, written year by year. */
export const holidayDates: Plugin = {
  name: 'holiday-dates',
  setup({ onLoad }) {
    onLoad({ filter: /chinese-days\.json$/ }, async ({ path }) => {
      const { holidays, workdays }: Record<'holidays' | 'workdays', object> = JSON.parse(await readFile(path, 'utf8'));
      const byYear = (days: object) =>
        [...Map.groupBy(Object.keys(days), (day) => day.slice(0, 4))].map(
          ([year, ofYear]) => year + ofYear.map((day) => day.slice(5, 7) + day.slice(8)).join(''),
        );
      const dates = { holidays: byYear(holidays), workdays: byYear(workdays) };
      return {
        contents: `const days = (years) => Object.fromEntries(years.flatMap((year) =>
  year.slice(4).match(/..../g).map((day) => [year.slice(0, 4) + '-' + day.slice(0, 2) + '-' + day.slice(2), ''])));
const dates = ${JSON.stringify(dates)};
export default { holidays: days(dates.holidays), workdays: days(dates.workdays) };`,
        loader: 'js',
      };
    });
  },
};

/** Writes the API's description from the contracts, for which it needs what the others leave out. */
const DESCRIBES_SCHEMAS = 'public-api';

/** What zod would describe its schemas with, in JSON Schema: no function but one does, and it is part of every schema. */
const noJsonSchema: Plugin = {
  name: 'no-json-schema',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const names = [...source.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
      return {
        contents: [
          "const none = () => { throw new Error('this function was bundled without JSON Schema'); };",
          ...names.map((name) => `export const ${name} = ${name?.startsWith('create') ? '() => none' : 'none'};`),
        ].join('\n'),
      };
    });
  },
};

/**
 * What a function imports dynamically from its own folder becomes a file of its own beside its bundle, loaded when it is
 * needed; otherwise Node would compile it at every cold start. `.cjs`, which no package.json can call an ES module.
 */
const parts = (found: Map<string, string>): Plugin => ({
  name: 'parts',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/[\w-]+\.ts$/ }, ({ kind, path, resolveDir }) => {
      const folder = relative(join(root, 'functions'), resolveDir);
      if (kind !== 'dynamic-import' || dirname(folder) !== '.') return undefined;
      const part = basename(path, '.ts');
      found.set(`${folder}/${part}`, join('functions', folder, path));
      return { path: `./${part}.cjs`, external: true };
    });
  },
});

export interface Bundle {
  /** Gone when the process ends; the assembly has its own copy by then. */
  readonly folder: string;
  /** The files it was made of, relative to the project. */
  readonly sources: ReadonlySet<string>;
}

/** Bundles functions and returns the folder of each bundle by the function's name. */
export async function bundleFunctions<N extends string>(names: readonly N[]): Promise<Record<N, string>> {
  const bundles = await makeBundles(names);
  return Object.fromEntries(names.map((name) => [name, bundles.get(name)?.folder])) as Record<N, string>;
}

/**
 * Bundles functions, all in one run (docs/adr/0004-bundling.md): CommonJS, which starts sooner than the same code as
 * ES modules, without the SDK's credential chain. Returns the bundles by the functions' names.
 */
export async function makeBundles<N extends string>(names: readonly N[]): Promise<Map<N, Bundle>> {
  const outdir = mkdtempSync(join(tmpdir(), 'dengyun-bundles-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  const found = new Map<string, string>();
  const sources = new Map<string, Set<string>>();
  const indexes = (some: readonly N[]) =>
    Object.fromEntries(some.map((name) => [`${name}/index`, `functions/${name}/index.ts`]));
  const describing = names.filter((name) => name === DESCRIBES_SCHEMAS);
  await bundle(indexes(names.filter((name) => !describing.includes(name))), '.js', [noJsonSchema]);
  await bundle(indexes(describing), '.js');
  const done = new Set<string>();
  // A part may have parts of its own.
  for (;;) {
    const left = [...found].filter(([part]) => !done.has(part));
    if (left.length === 0) break;
    for (const [part] of left) done.add(part);
    await bundle(Object.fromEntries(left), '.cjs', [noJsonSchema]);
  }
  return new Map(names.map((name) => [name, { folder: join(outdir, name), sources: sources.get(name) ?? new Set() }]));

  async function bundle(entryPoints: Record<string, string>, extension: '.js' | '.cjs', plugins: Plugin[] = []) {
    if (Object.keys(entryPoints).length === 0) return;
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints,
      outdir,
      outExtension: { '.js': extension },
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      // `import()` of a part becomes `require`, which is relative to the file wherever it is loaded from.
      supported: { 'dynamic-import': false },
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
      plugins: [holidayDates, parts(found), ...plugins],
      metafile: true,
      // What is wrong is in the error, for whoever called.
      logLevel: 'silent',
    });
    for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
      const name = basename(dirname(output));
      const known = sources.get(name) ?? new Set();
      for (const input of Object.keys(inputs)) known.add(input);
      sources.set(name, known);
    }
  }
}
