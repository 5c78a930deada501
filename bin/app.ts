import { environmentName, readConfiguration } from '../lib/configuration.ts';
import { addStacks, bundledFunctions, newApp } from '../lib/dengyun-app.ts';

/** One stage, chosen by the context (`-c stage=dev-cn`) or the environment (`DENGYUN_STAGE`), to `CDK_OUTDIR` or `cdk.out/app`. */
const app = newApp(process.env.CDK_OUTDIR ?? 'cdk.out/app');
const configuration = readConfiguration((name) => app.node.tryGetContext(name) ?? process.env[environmentName(name)]);
addStacks(app, configuration, (await bundledFunctions())());
app.synth();
