import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDefinition, checkedDefinitionFile } from '../../lib/constructs/definition.ts';
import { workflowNames } from '../../lib/workflows.ts';

const folder = join(import.meta.dirname, '../../statemachines');
const files = readdirSync(folder).filter((file) => file.endsWith('.asl.json'));

describe('definitions', () => {
  it('belong to a workflow that is deployed', () => {
    for (const file of files) expect(workflowNames).toContain(file.replace('.asl.json', ''));
  });

  it.each(files)('%s is a valid state machine', (file) => {
    expect(checkedDefinitionFile(file.replace('.asl.json', ''))).toBe(join(folder, file));
  });

  it('are refused by the synthesis when they lead nowhere', () => {
    const [file = ''] = files;
    const broken = readFileSync(join(folder, file), 'utf8').replace(/"StartAt": "\w+"/, '"StartAt": "Nowhere"');
    expect(() => checkDefinition('broken', broken)).toThrow(/no valid state machine/);
  });

  it('are refused by the synthesis when nothing fills a placeholder', () => {
    const [file = ''] = files;
    const open = readFileSync(join(folder, file), 'utf8').replace('StepsFunctionArn', 'OtherFunctionArn');
    expect(() => checkDefinition('open', open)).toThrow(/OtherFunctionArn/);
  });
});
