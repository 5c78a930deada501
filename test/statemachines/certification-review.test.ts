import { readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { expect, test } from 'vitest';
import { certificationReviewSteps } from '../../statemachines/certification-review.contracts.ts';

const definition = JSON.parse(readFileSync('statemachines/certification-review.asl.json', 'utf8'));
interface State {
  readonly Type: string;
  readonly Parameters?: { readonly Payload: { readonly step: string; readonly 'token.$'?: string } };
  readonly Resource?: string;
  readonly Retry?: unknown;
}
const states = Object.entries<State>(definition.States);
const tasks = states.map(([, state]) => state).filter(({ Type }) => Type === 'Task');

test('the state machine is valid', () => {
  const text = JSON.stringify(definition)
    .replaceAll(/\$\{Partition\}/g, 'aws-cn')
    .replaceAll(/\$\{StepsFunctionArn\}/g, 'arn:aws-cn:lambda:cn-north-1:000000000000:function:steps');
  expect(validate(JSON.parse(text))).toMatchObject({ isValid: true });
});

test('every step it calls has a contract, and every contract is called', () => {
  const called = tasks.map(({ Parameters }) => Parameters?.Payload.step);
  expect([...new Set(called)].sort()).toEqual(Object.keys(certificationReviewSteps).sort());
});

test('exactly the steps that wait for a person are given a token', () => {
  for (const { Resource, Parameters } of tasks) {
    expect(Parameters?.Payload['token.$'] !== undefined).toBe(Resource?.endsWith('.waitForTaskToken'));
  }
});

test('every task retries by the same three blocks', () => {
  expect(new Set(tasks.map(({ Retry }) => JSON.stringify(Retry))).size).toBe(1);
});

test('every exit state of its page is there, and no other', () => {
  const page = readFileSync('statemachines/certification-review.md', 'utf8');
  const exits = new Set([...page.matchAll(/\| `(\w+)` \|$/gm)].map(([, exit]) => exit));
  const final = states.filter(([, { Type }]) => Type === 'Succeed' || Type === 'Fail').map(([name]) => name);
  expect([...exits].sort()).toEqual(final.sort());
});
