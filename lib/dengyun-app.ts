import { Code } from 'aws-cdk-lib/aws-lambda';
import { App, Tags } from 'aws-cdk-lib/core';
import { bundleFunctions } from './bundles.ts';
import type { Configuration } from './configuration.ts';
import { DataStack } from './data-stack.ts';
import { type FunctionName, forEachFunction, functionNames } from './permissions.ts';
import { PortalStack } from './portal-stack.ts';
import { ServiceStack } from './service-stack.ts';

export type FunctionCode = Readonly<Record<FunctionName, Code>>;

/** An app whose assembly is a function of the project and nothing else. */
export const newApp = (outdir?: string): App =>
  new App({
    analyticsReporting: false,
    treeMetadata: false,
    postCliContext: {
      '@aws-cdk/aws-iam:minimizePolicies': true,
      '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
      // What the rules of the region would refuse fails here and not in the middle of a deployment.
      '@aws-cdk/core:validateAgainstDefaultRules': true,
    },
    ...(outdir === undefined ? {} : { outdir }),
  });

/** Bundles every function once; each app makes its own code of the folders. */
export async function bundledFunctions(): Promise<() => FunctionCode> {
  const folders = await bundleFunctions(functionNames);
  return () => forEachFunction((name) => Code.fromAsset(folders[name]));
}

/** The stacks of one stage. `portalContent`: folder of the built portal, where it is not `portal/dist`. */
export function addStacks(app: App, configuration: Configuration, code: FunctionCode, portalContent?: string) {
  const { stage, account, region } = configuration;
  const env = { ...(account ? { account } : {}), ...(region ? { region } : {}) };
  const common = { configuration, env, terminationProtection: configuration.production };
  const data = new DataStack(app, 'Data', {
    ...common,
    stackName: `dengyun-${stage}-data`,
    description: 'Dengyun: what must not be lost',
  });
  const service = new ServiceStack(app, 'Service', {
    ...common,
    stackName: `dengyun-${stage}-service`,
    description: 'Dengyun: what runs',
    data,
    code,
  });
  const portal = configuration.portal
    ? new PortalStack(app, 'Portal', {
        ...common,
        stackName: `dengyun-${stage}-portal`,
        description: 'Dengyun: the static portal',
        data,
        service,
        ...(portalContent === undefined ? {} : { content: portalContent }),
      })
    : undefined;
  Tags.of(app).add('project', 'dengyun');
  Tags.of(app).add('stage', stage);
  return { data, service, ...(portal ? { portal } : {}) };
}
