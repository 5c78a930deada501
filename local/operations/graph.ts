import dagre from '@dagrejs/dagre';
import type { Definition, State, StateType } from '../stepfunctions/definition.ts';

/**
 * A state machine as it is drawn. A node's `path` leads to it: the state's name, below the path of the Map or Parallel it
 * is in and the number of its branch. Coordinates are pixels from the upper left corner of the whole; `x` and `y` of a
 * node those of its own corner.
 */
export interface Graph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

export interface Node {
  readonly path: string;
  readonly name: string;
  readonly type: StateType;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** It holds other nodes. */
  readonly holds: boolean;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** A catch leaves where the others go on. */
  readonly kind: 'next' | 'catch';
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const HEIGHT = 44;
const MARGIN = 16;
/** Above what a Map or Parallel holds stands its own name. */
const HEAD = 30;

/** Where a state inside a branch is found. */
export const pathIn = (parent: string, branch: number, state: string): string => `${parent}/${branch}/${state}`;

/** Lays a definition out from top to bottom. */
export function layOut(definition: Definition, prefix?: { path: string; branch: number }): Graph {
  const pathOf = (name: string) => (prefix ? pathIn(prefix.path, prefix.branch, name) : name);
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 40, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  const inner = new Map<string, Graph[]>();
  for (const [name, state] of Object.entries(definition.States)) {
    const branches = branchesOf(state).map((branch, index) => layOut(branch, { path: pathOf(name), branch: index }));
    inner.set(name, branches);
    const held = {
      width: branches.reduce((sum, { width }) => sum + width, 0),
      height: HEAD + Math.max(0, ...branches.map(({ height }) => height)),
    };
    graph.setNode(name, {
      width: Math.max(widthOf(name), held.width),
      height: branches.length > 0 ? held.height : HEIGHT,
    });
  }
  for (const [from, state] of Object.entries(definition.States)) {
    for (const { to, kind } of exitsOf(state)) graph.setEdge(from, to, {}, kind);
  }
  dagre.layout(graph);

  const nodes: Node[] = [];
  const edges: Edge[] = graph.edges().map((edge: { v: string; w: string; name?: string }) => ({
    from: pathOf(edge.v),
    to: pathOf(edge.w),
    kind: edge.name === 'catch' ? 'catch' : 'next',
    points: (graph.edge(edge).points ?? []).map(({ x, y }: { x: number; y: number }) => ({ x, y })),
  }));
  for (const [name, state] of Object.entries(definition.States)) {
    const { x, y, width, height } = graph.node(name);
    const corner = { x: x - width / 2, y: y - height / 2 };
    const branches = inner.get(name) ?? [];
    nodes.push({ path: pathOf(name), name, type: state.Type, ...corner, width, height, holds: branches.length > 0 });
    let left = corner.x + (width - branches.reduce((sum, branch) => sum + branch.width, 0)) / 2;
    for (const branch of branches) {
      const by = { x: left, y: corner.y + HEAD };
      nodes.push(...branch.nodes.map((node) => ({ ...node, x: node.x + by.x, y: node.y + by.y })));
      edges.push(
        ...branch.edges.map((edge) => ({
          ...edge,
          points: edge.points.map((point) => ({ x: point.x + by.x, y: point.y + by.y })),
        })),
      );
      left += branch.width;
    }
  }
  const { width = 0, height = 0 } = graph.graph();
  return { width, height, nodes, edges };
}

export function branchesOf(state: State): Definition[] {
  return [...(state.Branches ?? []), state.ItemProcessor, state.Iterator].filter((part) => part !== undefined);
}

/** Where a state can lead, each target once. */
function exitsOf(state: State): { to: string; kind: Edge['kind'] }[] {
  const next = [state.Next, ...(state.Choices ?? []).map((choice) => choice.Next), state.Default];
  const caught = (state.Catch ?? []).map((catcher) => catcher.Next);
  const targets = new Set(next.filter((target) => target !== undefined));
  return [
    ...[...targets].map((to) => ({ to, kind: 'next' as const })),
    ...[...new Set(caught)].filter((to) => !targets.has(to)).map((to) => ({ to, kind: 'catch' as const })),
  ];
}

/** Room for the name; what isn't Latin is about twice as wide. */
function widthOf(name: string): number {
  const units = [...name].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 14 : 7.6), 0);
  return Math.max(110, Math.ceil(units) + 44);
}
