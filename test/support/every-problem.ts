import { expect } from 'vitest';
import { MARKER } from './body-faults.ts';
import type { Answered } from './http-event.ts';
import { expectProblem } from './problem.ts';
import { canaries } from './registry-world.ts';

/** Expects a refusal that tells people what to do, in two languages, and nothing about our insides. */
export function expectRefusal(answered: Answered, statuses: readonly number[], what: string): void {
  const { status, body } = answered;
  expect(statuses, `${what}: ${status} ${JSON.stringify(body).slice(0, 300)}`).toContain(status);
  expectProblem(answered, status, String(body?.code));
  for (const { detail, detailEn } of [body, ...(body.errors ?? [])]) {
    expect(detailEn).toMatch(/[a-z]/);
    expect(detail).not.toBe(detailEn);
  }
  const text = JSON.stringify(body);
  // What was sent is never repeated: it may be personal.
  for (const value of [MARKER, ...Object.values(canaries)]) expect(text, what).not.toContain(value);
  expect(text, what).not.toMatch(/\n\s*at |node_modules|\.ts\b|Error:|zod/i);
}

/** Expects a refusal that points at this place of the request, among others perhaps. */
export function expectPointer(answered: Answered, pointer: string, what: string): void {
  expectRefusal(answered, [422], what);
  const pointers = (answered.body.errors ?? []).map((error: { pointer: string }) => error.pointer);
  expect(pointers, what).toContain(pointer);
}
