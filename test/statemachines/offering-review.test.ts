import { readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { expect, test } from 'vitest';
import { offeringReviewSteps } from '../../statemachines/offering-review.contracts.ts';

const definition = JSON.parse(readFileSync('statemachines/offering-review.asl.json', 'utf8'));
interface State {
  readonly Type: string;
  readonly Parameters?: { readonly Payload: { readonly step: string } };
  readonly Retry?: unknown;
}
const states = Object.values<State>(definition.States);
const tasks = states.filter(({ Type }) => Type === 'Task');

test('the state machine is valid', () => {
  const text = JSON.stringify(definition)
    .replaceAll(/\$\{Partition\}/g, 'aws-cn')
    .replaceAll(/\$\{StepsFunctionArn\}/g, 'arn:aws-cn:lambda:cn-north-1:000000000000:function:steps');
  expect(validate(JSON.parse(text))).toMatchObject({ isValid: true });
});

test('every step it calls has a contract, and every contract is called', () => {
  const called = tasks.map(({ Parameters }) => Parameters?.Payload.step);
  expect([...new Set(called)].sort()).toEqual(Object.keys(offeringReviewSteps).sort());
});

test('every task retries by the same three blocks', () => {
  expect(new Set(tasks.map(({ Retry }) => JSON.stringify(Retry))).size).toBe(1);
});
