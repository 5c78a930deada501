import type { Answer } from './api.ts';
import { h, svg } from './dom.ts';
import { duration } from './format.ts';
import { wordFor, words } from './strings/index.ts';

type Execution = Answer<'execution'>;
type Node = Execution['graph']['nodes'][number];
type Edge = Execution['graph']['edges'][number];

/** The machine of an execution, each state in the colour of what happened there. */
export function drawing({ graph, marks, standing }: Execution, now: number): HTMLElement {
  const reached = (path: string) => marks[path] !== undefined;
  const image = svg(
    'svg',
    { viewBox: `0 0 ${graph.width} ${graph.height}`, width: graph.width, height: graph.height, role: 'img' },
    svg(
      'defs',
      {},
      ...['arrow', 'arrow-went'].map((id) =>
        svg(
          'marker',
          { id, viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto' },
          svg('path', { d: 'M0 1L9 5L0 9z' }),
        ),
      ),
    ),
    ...graph.nodes.filter(({ holds }) => holds).map((node) => state(node)),
    ...graph.edges.map((edge) => line(edge)),
    ...graph.nodes.filter(({ holds }) => !holds).map((node) => state(node)),
  );
  const kinds = ['current', 'done', 'caught', 'failed', 'stopped', 'untouched'];
  return h(
    'div',
    {},
    h('div', { class: 'drawing scroll' }, image),
    h('p', { class: 'legend' }, ...kinds.map((kind) => h('span', { class: `key ${kind}` }, wordFor(kind)))),
  );

  function state(node: Node): SVGElement {
    const mark = marks[node.path];
    const middle = node.x + node.width / 2;
    const here = standing.find(({ state }) => state === node.name);
    const note =
      here && mark?.status === 'current'
        ? duration(now - here.enteredAt)
        : mark && mark.visits > 1
          ? `×${mark.visits}`
          : '';
    const tip = [
      node.name,
      node.type,
      wordFor(mark?.status ?? 'untouched'),
      ...(mark ? [`${mark.visits} ${words.visits}`] : []),
      ...(mark && mark.retries > 0 ? [`${mark.retries} ${words.retries}`] : []),
    ];
    const text = node.holds ? node.y + 20 : node.y + node.height / 2 + (note ? -1 : 5);
    return svg(
      'g',
      { class: `state ${mark?.status ?? 'untouched'}${node.holds ? ' holds' : ''}` },
      svg('title', {}, tip.join(' · ')),
      svg('rect', { x: node.x, y: node.y, width: node.width, height: node.height, rx: 10 }),
      svg('text', { x: middle, y: text }, node.name),
      note !== '' && !node.holds && svg('text', { x: middle, y: text + 15, class: 'note' }, note),
    );
  }

  function line({ from, to, kind, points }: Edge): SVGElement {
    const went = reached(from) && reached(to);
    return svg('path', {
      class: `line ${kind}${went ? ' went' : ''}`,
      d: smooth(points),
      'marker-end': `url(#${went ? 'arrow-went' : 'arrow'})`,
    });
  }
}

/** Through the points with rounded corners. */
function smooth(points: Edge['points']): string {
  const [first, ...others] = points;
  const last = others.at(-1);
  if (!first || !last) return '';
  const bends = others.slice(0, -1).map((point, index) => {
    const next = others[index + 1] ?? last;
    return `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  return [`M${first.x} ${first.y}`, ...bends, `L${last.x} ${last.y}`].join(' ');
}
