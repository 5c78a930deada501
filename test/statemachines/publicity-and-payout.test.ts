import { readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { objectionHandlingSteps } from '../../statemachines/objection-handling.contracts.ts';
import { payoutSteps } from '../../statemachines/payout.contracts.ts';
import { publicityWindowSteps } from '../../statemachines/publicity-window.contracts.ts';

const machines = [
  ['publicity-window', publicityWindowSteps],
  ['objection-handling', objectionHandlingSteps],
  ['payout', payoutSteps],
] as const;

describe.each(machines)('%s', (name, contracts) => {
  const text = readFileSync(new URL(`../../statemachines/${name}.asl.json`, import.meta.url), 'utf8');
  const states: { Parameters?: { Payload: { step: string } }; Seconds?: number }[] = Object.values(
    JSON.parse(text).States,
  );

  it.each(['aws', 'aws-cn'])('is valid Amazon States Language in partition %s', (partition) => {
    const arn = `arn:${partition}:lambda:cn-north-1:000000000000:function:steps`;
    const substituted = text.replaceAll(/\$\{(\w+)\}/g, (_, variable) => (variable === 'Partition' ? partition : arn));
    const validated = validate(JSON.parse(substituted));
    expect([validated.isValid, validated.errorsText()]).toEqual([true, '']);
  });

  it('calls each step of its contract, and no other', () => {
    const called = states.flatMap(({ Parameters }) => (Parameters ? [Parameters.Payload.step] : []));
    expect(new Set(called)).toEqual(new Set(Object.keys(contracts)));
  });

  it('waits to moments, never for durations', () => {
    expect(states.filter((state) => 'Seconds' in state || 'SecondsPath' in state)).toEqual([]);
  });
});
