import { type Answer, ask, COMMANDED, Refused } from './api.ts';
import { clockBar } from './clock.ts';
import { h } from './dom.ts';
import { execution, executions } from './executions.ts';
import { functions, logs, queues, schedules, streams, tasks } from './lists.ts';
import { empty } from './pieces.ts';
import { switchLanguage, words } from './strings/index.ts';
import { type Shown, shown } from './view.ts';

const AGAIN_MS = 2000;
const MENU = ['executions', 'tasks', 'queues', 'streams', 'schedules', 'functions', 'logs'] as const;

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
};
const main = element('view');
const menu = element('menu');

/** Of the runtime's clock to that of the machine, which is the browser's too. */
let offset = 0;
const now = () => Date.now() + offset;

/** The view that an address after `#` stands for. */
async function viewAt(address: string): Promise<{ name: string; view: Shown }> {
  const [path = '', query = ''] = address.replace(/^#?\/?/, '').split('?');
  const [name = '', argument] = path.split('/').map(decodeURIComponent);
  const parameters = new URLSearchParams(query);
  switch (name) {
    case 'execution':
      return { name: 'executions', view: shown(execution(argument ?? '')) };
    case 'tasks':
      return { name, view: shown(tasks) };
    case 'queues':
      return { name, view: shown(queues) };
    case 'streams':
      return { name, view: shown(streams) };
    case 'schedules':
      return { name, view: shown(schedules) };
    case 'functions':
      return { name, view: shown(functions) };
    case 'logs':
      return { name, view: shown(await logs(argument, parameters)) };
    default:
      return { name: 'executions', view: shown(await executions(parameters)) };
  }
}

function drawMenu(chosen: string, overview: Answer<'overview'> | undefined): void {
  const counts: Partial<Record<string, [number, string]>> = overview
    ? {
        executions: [overview.executions.RUNNING ?? 0, ''],
        tasks: [overview.tasks, ''],
        queues: [overview.messages, 'bad'],
        functions: [overview.errors, 'bad'],
      }
    : {};
  menu.replaceChildren(
    ...MENU.map((name) => {
      const [count = 0, kind = ''] = counts[name] ?? [];
      return h(
        'a',
        { href: `#/${name}`, 'aria-current': name === chosen && 'page' },
        words[name],
        count > 0 && h('span', { class: `count ${kind}` }, count),
      );
    }),
  );
}

/** What was unfolded stays so, and who read to the end of a log goes on reading its end. */
function replace(content: HTMLElement, children: (Node | string)[]): void {
  const open = new Set([...content.querySelectorAll<HTMLElement>('details[open]')].map((one) => one.dataset.key));
  const atEnd = innerHeight + scrollY >= document.body.scrollHeight - 40;
  content.replaceChildren(...children);
  for (const one of content.querySelectorAll('details')) if (open.has(one.dataset.key)) one.open = true;
  if (content.querySelector('.log') && atEnd) scrollTo(0, document.body.scrollHeight);
}

let round = 0;

async function show(): Promise<void> {
  round += 1;
  const mine = round;
  const current = () => mine === round;
  const { name, view } = await viewAt(location.hash).catch(() => ({ name: '', view: undefined }));
  if (!current()) return;
  const content = h('div', { class: 'content' });
  const heading = location.hash.startsWith('#/execution/') ? undefined : h('h1', {}, words[nameOf(name)]);
  const notice = h('p', { class: 'notice', hidden: true }, words.lost);
  main.replaceChildren(notice, ...(heading ? [heading] : []), ...asNodes([view?.controls]), content);
  while (current()) {
    try {
      const overview = await ask('overview');
      offset = overview.ahead;
      const drawn = await view?.next(now);
      if (!current()) return;
      drawMenu(name, overview);
      if (drawn) replace(content, asNodes(drawn));
      notice.hidden = true;
      // Lost before it was there at all.
      if (!view) return void show();
    } catch (error) {
      if (!current()) return;
      if (error instanceof Refused) content.replaceChildren(empty(words.notFound, error.message));
      else notice.hidden = false;
    }
    await rest();
  }
}

const nameOf = (name: string) => MENU.find((one) => one === name) ?? 'executions';

const asNodes = (children: readonly unknown[]) =>
  children.filter((child): child is Node | string => child instanceof Node || typeof child === 'string');

/** Until the next look; a page that nobody sees does not ask. */
async function rest(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, AGAIN_MS);
    addEventListener(COMMANDED, resolve, { once: true });
  });
  while (document.hidden) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
}

document.title = words.title;
element('top').append(
  h('span', { class: 'brand' }, words.title),
  clockBar(now),
  h('button', { type: 'button', class: 'language', click: switchLanguage }, words.otherLanguage),
);
drawMenu('', undefined);
addEventListener('hashchange', () => void show());
void show();
