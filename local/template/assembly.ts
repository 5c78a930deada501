import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One resource of a CloudFormation template, as synthesized. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly Condition?: string;
}

export interface Template {
  readonly Parameters?: Record<string, { Type: string; Default?: unknown }>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Conditions?: Record<string, unknown>;
  readonly Resources?: Record<string, TemplateResource>;
  readonly Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown }; Condition?: string }>;
}

/** A stack of the assembly: its name, where it would be deployed, and its template. */
export interface Stack {
  readonly name: string;
  /** Region of the stack's environment, when the app fixed one. */
  readonly region: string | undefined;
  readonly template: Template;
}

/** A synthesized cloud assembly (`cdk.out`): its stacks and where on disk each asset lies, by its object key. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  readonly assets: ReadonlyMap<string, string>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties?: { templateFile?: string; stackName?: string; file?: string; directoryName?: string };
}

interface AssetManifest {
  readonly files?: Record<
    string,
    { source: { path?: string }; destinations: Record<string, { objectKey: string } | undefined> }
  >;
}

/** Reads every stack of the assembly in `directory`, nested stages included. Throws when there is none. */
export function readAssembly(directory: string): Assembly {
  const stacks: Stack[] = [];
  const assets = new Map<string, string>();
  readInto(resolve(directory), stacks, assets);
  if (stacks.length === 0) throw new Error(`the assembly in ${directory} has no stack`);
  return { stacks, assets };
}

function readInto(directory: string, stacks: Stack[], assets: Map<string, string>): void {
  const manifest: { artifacts?: Record<string, Artifact> } = readJson(join(directory, 'manifest.json'));
  for (const [id, artifact] of Object.entries(manifest.artifacts ?? {})) {
    const properties = artifact.properties ?? {};
    if (artifact.type === 'aws:cloudformation:stack' && properties.templateFile) {
      const region = /^aws:\/\/[^/]+\/(.+)$/.exec(artifact.environment ?? '')?.[1];
      stacks.push({
        name: properties.stackName ?? id,
        region: region === 'unknown-region' ? undefined : region,
        template: readJson(join(directory, properties.templateFile)),
      });
    } else if (artifact.type === 'cdk:asset-manifest' && properties.file) {
      const manifest: AssetManifest = readJson(join(directory, properties.file));
      for (const { source, destinations } of Object.values(manifest.files ?? {})) {
        for (const destination of Object.values(destinations)) {
          if (destination && source.path) assets.set(destination.objectKey, join(directory, source.path));
        }
      }
    } else if (artifact.type === 'cdk:cloud-assembly' && properties.directoryName) {
      readInto(join(directory, properties.directoryName), stacks, assets);
    }
  }
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}
