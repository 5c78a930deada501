import { readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { claimAuditSteps } from '../../statemachines/claim-audit.contracts.ts';

const text = readFileSync(new URL('../../statemachines/claim-audit.asl.json', import.meta.url), 'utf8');
const definition = JSON.parse(text);

describe('claim-audit', () => {
  it.each(['aws', 'aws-cn'])('is valid Amazon States Language in partition %s', (partition) => {
    const arn = `arn:${partition}:lambda:cn-north-1:000000000000:function:claim-steps`;
    const substituted = text.replaceAll(/\$\{(\w+)\}/g, (_, name) => (name === 'Partition' ? partition : arn));
    const validated = validate(JSON.parse(substituted));
    expect([validated.isValid, validated.errorsText()]).toEqual([true, '']);
  });

  it('calls each step of its contract, and no other', () => {
    const states: { Parameters?: { Payload: { step: string } } }[] = Object.values(definition.States);
    const called = states.flatMap(({ Parameters }) => (Parameters ? [Parameters.Payload.step] : []));
    expect(new Set(called)).toEqual(new Set(Object.keys(claimAuditSteps)));
  });
});
