import { expect } from 'vitest';
import { problemSchema } from '../../contracts/problem.ts';
import type { Answered } from './http-event.ts';

/** Expects a complete problem document (RFC 9457) with this status and code. */
export function expectProblem(answered: Answered, status: number, code: string): void {
  expect({ status: answered.status, code: answered.body?.code, body: answered.body }).toMatchObject({ status, code });
  const problem = problemSchema.parse(answered.body);
  expect(answered.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answered.headers['cache-control']).toBe('no-store');
  expect(answered.headers['x-request-id']).toBe(problem.requestId);
  expect(problem.status).toBe(status);
  expect(problem.type).toBe(`https://dengyun.example/problems/${code}`);
  for (const { detail, detailEn } of [problem, ...(problem.errors ?? [])]) {
    expect(detail).toMatch(/\p{Script=Han}/u);
    expect(detailEn).not.toMatch(/\p{Script=Han}.*\p{Script=Han}/u);
    // Every figure that a sentence names is filled in.
    expect(detail).not.toMatch(/\{\w+\}/);
    expect(detailEn).not.toMatch(/\{\w+\}/);
  }
  for (const { pointer } of problem.errors ?? []) expect(pointer).toMatch(/^(\/.*)?$/);
}
