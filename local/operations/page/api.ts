import type { Views } from '../views.ts';

type Of<K extends keyof Views> = NonNullable<Awaited<ReturnType<Views[K]>>>;

/** What each question is answered with. */
interface Answers {
  overview: Of<'overview'>;
  executions: Of<'executions'>;
  execution: Of<'execution'>;
  tasks: Of<'tasks'>;
  queues: Of<'queues'>;
  streams: Of<'streams'>;
  schedules: Of<'schedules'>;
  functions: Of<'functions'>;
  logs: Of<'logs'>;
}

export type Answer<K extends keyof Answers> = Answers[K];

/** The runtime refused; anything else that goes wrong means that it is not there. */
export class Refused extends Error {}

export async function ask<K extends keyof Answers>(what: K, query: Record<string, string> = {}): Promise<Answers[K]> {
  return read(await fetch(`/operations/${what}?${new URLSearchParams(query)}`));
}

export async function askLog(name: string, filter: string): Promise<Of<'log'>> {
  return read(await fetch(`/operations/logs/${encodeURIComponent(name)}?${new URLSearchParams({ filter })}`));
}

export async function stop(executionArn: string): Promise<void> {
  await command(`/operations/stop?${new URLSearchParams({ arn: executionArn })}`);
}

export async function moveClock(order: { advanceMs: number } | { to: string }): Promise<void> {
  await command('/clock', JSON.stringify(order));
}

/** Told to the window when a command was carried out: what is shown is no longer so. */
export const COMMANDED = 'commanded';

async function command(path: string, body?: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-operations': 'page' };
  await read(await fetch(path, { method: 'POST', headers, ...(body === undefined ? {} : { body }) }));
  dispatchEvent(new Event(COMMANDED));
}

async function read<T>(response: Response): Promise<T> {
  const answer = await response.json();
  if (!response.ok) throw new Refused(String(answer.message));
  return answer;
}
