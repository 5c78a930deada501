import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { readConfiguration, type SettingName } from '../../lib/configuration.ts';
import { addStacks, newApp } from '../../lib/dengyun-app.ts';
import { forEachFunction } from '../../lib/permissions.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}
export type Resources = Readonly<Record<string, Resource>>;

type Settings = Partial<Record<SettingName, unknown>>;

const synthesized = new Map<string, ReturnType<typeof templatesOf>>();

/** The templates of a stage with every function, whose code doesn't matter; made once for all tests of a worker, so only to be read. */
export function synthesize(stage: string, settings: Settings = {}): ReturnType<typeof templatesOf> {
  const key = JSON.stringify([stage, settings]);
  const templates = synthesized.get(key) ?? templatesOf(stage, settings);
  synthesized.set(key, templates);
  return templates;
}

function templatesOf(stage: string, settings: Settings) {
  const outdir = mkdtempSync(join(tmpdir(), 'dengyun-templates-'));
  const app = newApp(outdir);
  const configuration = readConfiguration((name) => (name === 'stage' ? stage : settings[name]));
  const code = forEachFunction(() => Code.fromInline('exports.handler = async () => {};'));
  const stacks = addStacks(app, configuration, code);
  const template = (stack: Parameters<typeof Template.fromStack>[0]) => Template.fromStack(stack).toJSON();
  const templates = {
    data: template(stacks.data),
    service: template(stacks.service),
    ...(stacks.portal ? { portal: template(stacks.portal) } : {}),
  };
  rmSync(outdir, { recursive: true, force: true });
  return templates;
}

export const resourcesOf = (template: Record<string, unknown>): Resources => template.Resources as Resources;

/** The resources of a type, with their logical ids. */
export const ofType = (resources: Resources, type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** The statements of every policy that belongs to a role, by the role's logical id. */
export function statementsByRole(resources: Resources): ReadonlyMap<string, readonly Statement[]> {
  const found = new Map<string, Statement[]>();
  for (const [, { Properties }] of ofType(resources, 'AWS::IAM::Policy')) {
    const { Statement: statements } = Properties.PolicyDocument as { Statement: Statement[] };
    for (const { Ref } of Properties.Roles as { Ref: string }[]) {
      found.set(Ref, [...(found.get(Ref) ?? []), ...statements]);
    }
  }
  return found;
}

/** The statements of a function's role, by the function's name after the stage. */
export function statementsByFunction(resources: Resources, stage: string): ReadonlyMap<string, readonly Statement[]> {
  const byRole = statementsByRole(resources);
  return new Map(
    ofType(resources, 'AWS::Lambda::Function').map(([, { Properties }]) => {
      const [role] = (Properties.Role as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'];
      return [String(Properties.FunctionName).replace(`dengyun-${stage}-`, ''), byRole.get(role) ?? []];
    }),
  );
}
