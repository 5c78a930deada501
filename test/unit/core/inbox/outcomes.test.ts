import { describe, expect, test } from 'vitest';
import { outcomesOf } from '../../../../core/inbox/outcomes.ts';
import { isReviewReasonCode, reviewReasonCodes } from '../../../../core/inbox/reason-codes.ts';
import { taskKinds, taskTransitions } from '../../../../core/inbox/task.ts';

describe('outcomes', () => {
  test.each(taskKinds)('of %s are a table of words in both languages', (kind) => {
    for (const { zh, en } of Object.values(outcomesOf[kind])) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[A-Z]/);
    }
  });

  test('that say no need a reason, those that give back need one per field', () => {
    for (const kind of taskKinds) {
      const outcomes = outcomesOf[kind];
      for (const name of ['reject', 'refuse', 'uphold', 'dismiss']) {
        if (outcomes[name]) expect(outcomes[name].reasonRequired).toBe(true);
      }
      if (outcomes.return) expect(outcomes.return.fieldReasonsRequired).toBe(true);
      if (outcomes.approve) expect(outcomes.approve.reasonRequired).toBeUndefined();
    }
  });
});

test('reason codes have sentences, and words of the language itself are none', () => {
  for (const [code, { zh, en }] of Object.entries(reviewReasonCodes)) {
    expect(isReviewReasonCode(code)).toBe(true);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/[a-z]/);
  }
  for (const word of ['toString', '__proto__', 'constructor', '']) expect(isReviewReasonCode(word)).toBe(false);
});

test('a task is closed for good, whichever way', () => {
  for (const { from } of Object.values(taskTransitions)) expect(from).toEqual(['open']);
});
