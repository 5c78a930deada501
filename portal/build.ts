import { build } from 'vite';

/** Builds the portal: `node portal/build.ts [folder]`, else to `CDK_OUTDIR` as every part of an assembly, or `portal/dist`. */
// Whoever builds it, tests too, gets what people get: React's development form is twice as large.
process.env.NODE_ENV = 'production';
const out = process.argv[2] ?? process.env.CDK_OUTDIR;
await build({
  configFile: `${import.meta.dirname}/vite.config.ts`,
  ...(out === undefined ? {} : { build: { outDir: out } }),
});
