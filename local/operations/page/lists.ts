import { type Answer, ask, askLog } from './api.ts';
import { type Child, h } from './dom.ts';
import { duration } from './format.ts';
import { badge, card, choice, empty, executionLink, folded, lasting, moment, table } from './pieces.ts';
import { words } from './strings/index.ts';
import type { View } from './view.ts';

export const tasks: View<Answer<'tasks'>> = {
  load: () => ask('tasks'),
  draw: ({ items }, now) => {
    if (items.length === 0) return [empty(words.noTasks, words.noTasksHint)];
    // By state, as whoever looks for stuck work thinks of it.
    return [...Map.groupBy(items, ({ machine, state }) => `${machine} · ${state}`)].map(([title, group]) =>
      card(
        h('span', {}, title, h('span', { class: 'count' }, group.length)),
        table(
          [
            { head: words.name, cell: ({ executionArn, execution }) => executionLink(executionArn, execution) },
            {
              head: words.status,
              cell: ({ submitted }) => (submitted ? words.handedOut : words.beingHandedOut),
            },
            { head: words.since, cell: ({ since }) => [moment(since), ` (${lasting(since, now)})`] },
            { head: words.due, cell: ({ due }) => (due === undefined ? words.noDue : moment(due)) },
            { head: words.input, cell: ({ input, token }) => folded(token.slice(-24), '…', input) },
            { head: words.token, cell: ({ token }) => folded(`t${token.slice(-24)}`, '…', token) },
          ],
          group,
        ),
      ),
    );
  },
};

export const queues: View<Answer<'queues'>> = {
  load: () => ask('queues'),
  draw: ({ items }) => {
    if (items.length === 0) return [empty(words.noQueues)];
    return items.map(({ name, depth, messages }) =>
      card(
        h('span', {}, name, h('span', { class: `count ${depth > 0 ? 'bad' : 'none'}` }, depth)),
        depth === 0
          ? empty(words.emptyQueue, words.emptyQueueHint)
          : table(
              [
                { head: words.sent, cell: ({ sentAt }) => moment(sentAt) },
                { head: words.message, cell: ({ messageId, body }) => folded(messageId, messageId, body) },
              ],
              messages,
            ),
      ),
    );
  },
};

export const streams: View<Answer<'streams'>> = {
  load: () => ask('streams'),
  draw: ({ items }) => {
    if (items.length === 0) return [empty(words.noStreams)];
    return [
      table(
        [
          { head: words.functions, cell: ({ function: name }) => logLink(name) },
          { head: words.table, cell: ({ table: name }) => h('code', {}, name) },
          {
            head: words.status,
            cell: ({ stuck }) =>
              h('span', { class: `badge ${stuck ? 'FAILED' : 'SUCCEEDED'}` }, stuck ? words.stuck : words.flowing),
          },
          {
            head: words.behind,
            figure: true,
            cell: ({ shards }) => shards.reduce((sum, { behind }) => sum + behind, 0),
          },
          { head: words.read, figure: true, cell: ({ read }) => read },
          { head: words.batch, figure: true, cell: ({ batchSize }) => batchSize },
          {
            head: words.position,
            cell: ({ shards }) => shards.map(({ position }) => h('code', { class: 'break' }, position ?? '–')),
          },
        ],
        items,
      ),
    ];
  },
};

export const schedules: View<Answer<'schedules'>> = {
  load: () => ask('schedules'),
  draw: ({ items }, now) => {
    if (items.length === 0) return [empty(words.noSchedules)];
    return [
      table(
        [
          { head: words.name, cell: ({ name }) => name },
          { head: words.expression, cell: ({ expression, timeZone }) => [h('code', {}, expression), ` ${timeZone}`] },
          { head: words.target, cell: ({ target }) => target },
          {
            head: words.last,
            cell: ({ last }) => (last ? [moment(last.due), ' ', badge(last.outcome)] : words.never),
          },
          {
            head: words.next,
            cell: ({ next }) => (next === undefined ? words.noMore : [moment(next), ` (${lasting(now, next)})`]),
          },
        ],
        items,
      ),
    ];
  },
};

export const functions: View<Answer<'functions'>> = {
  load: () => ask('functions'),
  draw: ({ items }) => {
    if (items.length === 0) return [empty(words.noFunctions)];
    return [
      table(
        [
          { head: words.name, cell: ({ name }) => logLink(name) },
          {
            head: words.instances,
            figure: true,
            cell: ({ instances, busy = 0 }) => [
              figure(instances),
              busy > 0 && h('small', {}, ` ${busy} ${words.busy}`),
            ],
          },
          { head: words.waiting, figure: true, cell: ({ waiting }) => figure(waiting) },
          { head: words.invocations, figure: true, cell: ({ invocations }) => figure(invocations) },
          { head: words.errors, figure: true, cell: ({ errors }) => figure(errors, 'bad') },
          { head: words.timeouts, figure: true, cell: ({ timeouts }) => figure(timeouts, 'bad') },
          {
            head: words.average,
            figure: true,
            cell: ({ totalMs, invocations }) => (totalMs && invocations ? duration(totalMs / invocations) : '–'),
          },
          {
            head: words.lastInvocation,
            cell: ({ name, last }) =>
              last
                ? [logLink(name, last.requestId.slice(0, 8), last.requestId), ' ', last.error && badge('FAILED')]
                : '–',
          },
        ],
        items,
      ),
    ];
  },
};

/** Nothing is drawn faintly, so that something is seen. */
const figure = (count = 0, kind = '') => h('span', { class: count === 0 ? 'nothing' : kind }, count);

const logLink = (name: string, text = name, filter = '') =>
  h('a', { href: `#/logs/${encodeURIComponent(name)}${filter ? `?filter=${encodeURIComponent(filter)}` : ''}` }, text);

/** A structured line, whoever wrote it: its message, then its fields. Any other text as it is. */
function said(text: string): Child[] {
  try {
    const { message, level, ...fields } = JSON.parse(text);
    if (typeof message !== 'string') return [text];
    return [
      message,
      ...Object.entries(fields).map(([name, value]) =>
        h('span', { class: 'field' }, h('i', {}, name), typeof value === 'string' ? value : JSON.stringify(value)),
      ),
    ];
  } catch {
    return [text];
  }
}

/** The end of one log, followed as it grows. */
export async function logs(
  chosen: string | undefined,
  query: URLSearchParams,
): Promise<View<Awaited<ReturnType<typeof askLog>>>> {
  const { items: names } = await ask('logs');
  const name = chosen ?? names[0] ?? 'runtime';
  let filter = query.get('filter') ?? '';
  const field = h('input', {
    type: 'search',
    placeholder: words.filter,
    'aria-label': words.filter,
    value: filter,
    input: () => {
      filter = field.value.trim();
    },
  });
  return {
    controls: h(
      'div',
      { class: 'controls' },
      choice(
        words.functions,
        names.map((one) => [one, one === 'runtime' ? words.runtime : one] as const),
        name,
        (one) => {
          location.hash = `#/logs/${encodeURIComponent(one)}`;
        },
      ),
      field,
    ),
    load: () => askLog(name, filter),
    draw: ({ items }) => {
      if (items.length === 0) return [empty(words.noLines, words.noLinesHint)];
      return [
        h(
          'ol',
          { class: 'log' },
          ...items.map(({ at, requestId, level, text }) =>
            h(
              'li',
              { class: level },
              h('time', {}, at?.replace('T', ' ').replace('Z', '') ?? ''),
              requestId !== undefined && logLink(name, requestId.slice(0, 8), requestId),
              h('span', { class: 'said' }, ...said(text)),
            ),
          ),
        ),
      ];
    },
  };
}
