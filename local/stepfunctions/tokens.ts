import { randomBytes } from 'node:crypto';
import type { Answer } from './records.ts';

/** A task that waits for its token to come back. */
export interface OpenTask {
  /** Closes the token, writes the answer down for good, then lets the execution go on. */
  answer(answer: Answer): Promise<void>;
  heartbeat(): void;
}

/** The tokens that wait for an answer. A token is closed once: by its answer, a time-out, a failure or a stop. */
export interface TokenDesk {
  issue(executionArn: string): string;
  open(token: string, task: OpenTask): void;
  /** Takes the task off the desk; false when it was no longer there. */
  close(token: string): boolean;
  find(token: string): OpenTask | undefined;
  /** These tokens were handed out by an earlier runtime; their executions are about to open them again. */
  expect(tokens: Iterable<string>): void;
  isExpected(token: string): boolean;
}

export function createTokenDesk(): TokenDesk {
  const tasks = new Map<string, OpenTask>();
  const expected = new Set<string>();
  return {
    issue: (executionArn) => Buffer.from(`${executionArn}\n${randomBytes(24).toString('hex')}`).toString('base64url'),
    open(token, task) {
      expected.delete(token);
      tasks.set(token, task);
    },
    close: (token) => tasks.delete(token),
    find: (token) => tasks.get(token),
    expect(handedOut) {
      for (const token of handedOut) expected.add(token);
    },
    isExpected: (token) => expected.has(token),
  };
}

/** The execution that a token was issued for; undefined when it cannot be one of ours. */
export function executionOfToken(token: string): string | undefined {
  const [arn, secret] = Buffer.from(token, 'base64url').toString('utf8').split('\n');
  return arn?.startsWith('arn:') && secret !== undefined && /^[0-9a-f]{48}$/.test(secret) ? arn : undefined;
}
