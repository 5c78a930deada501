import { rmSync } from 'node:fs';
import { readConfiguration } from '../lib/configuration.ts';
import { addStacks, bundledFunctions, newApp } from '../lib/dengyun-app.ts';

/** The assemblies of both partitions, to `cdk.out/<stage>`: `node bin/synth.ts [stage …]`. */
const stages = process.argv.length > 2 ? process.argv.slice(2) : ['dev', 'dev-cn'];
const codeOf = await bundledFunctions();
for (const stage of stages) {
  const outdir = `cdk.out/${stage}`;
  rmSync(outdir, { recursive: true, force: true });
  const app = newApp(outdir);
  addStacks(
    app,
    readConfiguration((name) => (name === 'stage' ? stage : undefined)),
    codeOf(),
  );
  for (const { stackName, template } of app.synth().stacks) {
    console.log(`${outdir}: ${stackName}, ${Object.keys(template.Resources ?? {}).length} resources`);
  }
}
