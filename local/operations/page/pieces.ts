import { type Child, h } from './dom.ts';
import { duration, pretty, time } from './format.ts';
import { wordFor } from './strings/index.ts';

/** Pieces that several views are made of. */
export interface Column<T> {
  readonly head: string;
  readonly cell: (item: T) => Child | Child[];
  /** Figures stand to the right. */
  readonly figure?: boolean;
}

export function table<T>(columns: readonly Column<T>[], items: readonly T[]): HTMLElement {
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...columns.map(({ head, figure }) => h('th', { class: figure && 'figure' }, head)))),
      h(
        'tbody',
        {},
        ...items.map((item) =>
          h(
            'tr',
            {},
            ...columns.map(({ head, cell, figure }) =>
              h('td', { class: figure && 'figure', 'data-head': head }, ...[cell(item)].flat()),
            ),
          ),
        ),
      ),
    ),
  );
}

export const empty = (title: string, hint = ''): HTMLElement =>
  h('div', { class: 'empty' }, h('div', { class: 'circle' }), h('strong', {}, title), h('p', {}, hint));

export const badge = (status: string): HTMLElement => h('span', { class: `badge ${status}` }, wordFor(status));

export const moment = (at: number | undefined): Child =>
  at === undefined
    ? '–'
    : h('time', { datetime: new Date(at).toISOString(), title: new Date(at).toISOString() }, time(at));

export const lasting = (from: number, to: number): string => duration(Math.max(0, to - from));

export const executionLink = (arn: string, text: string): HTMLElement =>
  h('a', { href: `#/execution/${encodeURIComponent(arn)}`, class: 'mono' }, text);

/** Something long, folded; it stays open when the view is drawn again. */
export const folded = (key: string, title: Child, value: unknown, open = false): HTMLElement =>
  h('details', { 'data-key': key, open }, h('summary', {}, title), h('pre', {}, pretty(value)));

export const card = (title: Child, ...children: Child[]): HTMLElement =>
  h('section', { class: 'card' }, title !== undefined && h('h2', {}, title), ...children);

export function choice(
  label: string,
  options: readonly (readonly [string, string])[],
  chosen: string,
  change: (value: string) => void,
): HTMLElement {
  const select = h(
    'select',
    { 'aria-label': label, change: () => change(select.value) },
    ...options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
  );
  return select;
}
