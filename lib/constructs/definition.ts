import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';

/** What the placeholders of a definition stand for, as far as its validity is concerned. */
const SAMPLES: Readonly<Record<string, string>> = {
  Partition: 'aws',
  StepsFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:steps',
};

/** The definition of a workflow, relative to the project. */
export const definitionFile = (workflow: string): string =>
  join(import.meta.dirname, '..', '..', 'statemachines', `${workflow}.asl.json`);

/** Texts that were found valid: an app may be made more than once in a process. */
const foundValid = new Set<string>();

/** Throws unless the text is a valid state machine in which every placeholder is one that we fill. */
export function checkDefinition(workflow: string, text: string): void {
  const filled = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const sample = SAMPLES[name];
    if (sample === undefined) throw new Error(`${workflow}: nothing fills the placeholder ${name}`);
    return sample;
  });
  if (foundValid.has(filled)) return;
  const { isValid, errorsText } = validate(JSON.parse(filled));
  if (!isValid) throw new Error(`${workflow} is no valid state machine: ${errorsText('; ')}`);
  foundValid.add(filled);
}

/** Path of a workflow's definition, checked. */
export function checkedDefinitionFile(workflow: string): string {
  const file = definitionFile(workflow);
  checkDefinition(workflow, readFileSync(file, 'utf8'));
  return file;
}
