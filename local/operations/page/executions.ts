import { type Answer, ask, stop } from './api.ts';
import { type Child, h } from './dom.ts';
import { drawing } from './drawing.ts';
import { pretty, time } from './format.ts';
import { badge, card, choice, empty, executionLink, folded, lasting, moment, table } from './pieces.ts';
import { words } from './strings/index.ts';
import type { View } from './view.ts';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** The list, filtered by machine and status as the address says. */
export async function executions(query: URLSearchParams): Promise<View<Answer<'executions'>>> {
  const { machines } = await ask('executions');
  const go = (key: string, value: string) => {
    const next = new URLSearchParams(query);
    next.delete('page');
    if (value) next.set(key, value);
    else next.delete(key);
    location.hash = `#/executions?${next}`;
  };
  const all = machines.map((name) => [name, name] as const);
  const statuses = STATUSES.map((status) => [status, words[status]] as const);
  return {
    controls: h(
      'div',
      { class: 'controls' },
      choice(words.machine, [['', words.allMachines], ...all], query.get('machine') ?? '', (v) => go('machine', v)),
      choice(words.status, [['', words.allStatuses], ...statuses], query.get('status') ?? '', (v) => go('status', v)),
    ),
    load: () => ask('executions', Object.fromEntries(query)),
    draw: ({ items, total, nextToken }, now) =>
      items.length === 0
        ? [empty(words.noExecutions, words.noExecutionsHint)]
        : [
            table(
              [
                { head: words.name, cell: ({ executionArn, name }) => executionLink(executionArn, name) },
                { head: words.machine, cell: ({ machine }) => machine },
                { head: words.status, cell: ({ status }) => badge(status) },
                {
                  head: words.standingIn,
                  cell: ({ states }) => (states.length === 0 ? '–' : states.map((state) => h('code', {}, state))),
                },
                { head: words.started, cell: ({ startedAt }) => moment(startedAt) },
                { head: words.took, cell: ({ startedAt, stoppedAt }) => lasting(startedAt, stoppedAt ?? now) },
              ],
              items,
            ),
            h(
              'p',
              { class: 'pages' },
              `${words.total} ${total}`,
              query.has('page') && h('a', { href: pageOf(query) }, words.latest),
              nextToken !== undefined && h('a', { href: pageOf(query, nextToken) }, words.more),
            ),
          ],
  };
}

function pageOf(query: URLSearchParams, token?: string): string {
  const next = new URLSearchParams(query);
  if (token === undefined) next.delete('page');
  else next.set('page', token);
  return `#/executions?${next}`;
}

/** One execution: where it stands, drawn; what went in and came out; what happened. */
export function execution(arn: string): View<Answer<'execution'>> {
  return {
    load: () => ask('execution', { arn }),
    draw(it, now) {
      const { status, startedAt, stoppedAt, error, cause } = it;
      const facts: [string, Child][] = [
        [words.machine, it.machine],
        [words.started, moment(startedAt)],
        [words.took, lasting(startedAt, stoppedAt ?? now)],
        ...(stoppedAt === undefined ? [] : [[words.ended, moment(stoppedAt)] satisfies [string, Child]]),
        ...(error === undefined ? [] : [[words.error, h('code', {}, error)] satisfies [string, Child]]),
      ];
      return [
        h('p', { class: 'back' }, h('a', { href: '#/executions' }, `← ${words.back}`)),
        h(
          'div',
          { class: 'title' },
          h('h1', { class: 'mono' }, it.name),
          badge(status),
          status === 'RUNNING' && stopButton(arn),
        ),
        h('dl', { class: 'facts' }, ...facts.map(([name, fact]) => h('div', {}, h('dt', {}, name), h('dd', {}, fact)))),
        h(
          'div',
          { class: 'columns' },
          card(words.drawing, drawing(it, now)),
          h(
            'div',
            {},
            ...it.standing.map((at) => standingCard(at, now)),
            card(words.input, h('pre', {}, pretty(it.input))),
            it.output !== undefined && card(words.output, h('pre', {}, pretty(it.output))),
            cause !== undefined && cause !== '' && card(words.cause, h('pre', {}, pretty(cause))),
          ),
        ),
        card(words.history, historyTable(it.history)),
      ];
    },
  };
}

function standingCard(at: Answer<'execution'>['standing'][number], now: number): HTMLElement {
  const { state, task, waitUntil, retryAt, enteredAt } = at;
  const lines: Child[] = [
    h('p', {}, `${words.since} `, moment(enteredAt), ` (${lasting(enteredAt, now)})`),
    waitUntil !== undefined && h('p', {}, `${words.waitsUntil} `, moment(waitUntil)),
    retryAt !== undefined && h('p', {}, `${words.retriesAt} `, moment(retryAt)),
    task && folded(`token-${at.scope}`, `${words.waitsForAnswer}: ${words.token}`, task.token),
  ];
  return h('section', { class: 'card here' }, h('h2', {}, `${words.standingIn}: `, h('code', {}, state)), ...lines);
}

/** Asks once more before it stops anything. */
function stopButton(arn: string): HTMLElement {
  let sure = false;
  const button = h(
    'button',
    {
      class: 'danger',
      click: () => {
        if (sure) void stop(arn);
        sure = true;
        button.textContent = words.stopSure;
      },
    },
    words.stop,
  );
  return button;
}

function historyTable(history: Answer<'execution'>['history']): HTMLElement {
  return table(
    [
      { head: '#', cell: ({ id }) => id, figure: true },
      { head: words.at, cell: ({ timestamp }) => time(timestamp * 1000) },
      { head: words.event, cell: ({ type }) => h('code', {}, type) },
      {
        head: words.detail,
        cell: ({ id, previousEventId, timestamp, type, ...details }) => {
          const [detail] = Object.values(details);
          if (detail === undefined) return '';
          const name = typeof detail === 'object' && detail !== null && 'name' in detail ? String(detail.name) : '…';
          return folded(`event-${id}`, name, unwrapped(detail));
        },
      },
    ],
    history,
  );
}

/** Inputs and outputs are JSON in JSON: shown as what they are. */
function unwrapped(detail: unknown): unknown {
  if (typeof detail !== 'object' || detail === null) return detail;
  return Object.fromEntries(
    Object.entries(detail)
      .filter(([key]) => !key.endsWith('Details') && key !== 'roleArn')
      .map(([key, value]) => [key, ['input', 'output', 'parameters'].includes(key) ? parsed(value) : value]),
  );
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}
