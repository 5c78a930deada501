import type { RouteModel } from '../template/model.ts';

export interface Match {
  readonly route: RouteModel;
  /** Decoded path parameters. */
  readonly parameters: Record<string, string> | undefined;
}

interface Node {
  readonly literal: Map<string, Node>;
  variable: Node | undefined;
  /** Routes that end here, by method (`ANY` included), with the names of their variables in order. */
  readonly routes: Map<string, Ending>;
  /** Routes whose last part takes the whole rest of the path. */
  readonly greedy: Map<string, Ending>;
}

interface Ending {
  readonly route: RouteModel;
  readonly names: readonly string[];
}

/** Finds the route of a request: the given path is decoded. Undefined when none matches. */
export type Router = (method: string, path: string) => Match | undefined;

/**
 * Chooses as an HTTP API does: the most specific path wins (literal before variable before greedy variable), then the
 * route's own method before `ANY`, at last `$default`.
 */
export function createRouter(routes: readonly RouteModel[]): Router {
  const root = emptyNode();
  let fallback: RouteModel | undefined;
  for (const route of routes) {
    if (route.routeKey === '$default') {
      fallback = route;
      continue;
    }
    const [method = '', path = ''] = route.routeKey.split(' ');
    insert(root, method, path, route);
  }
  return (method, path) => {
    const values: string[] = [];
    const ending = find(root, path.slice(1).split('/'), 0, method, values);
    if (!ending) return fallback && { route: fallback, parameters: undefined };
    if (ending.names.length === 0) return { route: ending.route, parameters: undefined };
    const parameters: Record<string, string> = {};
    for (const [index, name] of ending.names.entries()) parameters[name] = values[index] ?? '';
    return { route: ending.route, parameters };
  };
}

function emptyNode(): Node {
  return { literal: new Map(), variable: undefined, routes: new Map(), greedy: new Map() };
}

function insert(root: Node, method: string, path: string, route: RouteModel): void {
  const names: string[] = [];
  let node = root;
  for (const part of path.slice(1).split('/')) {
    const name = /^\{(.+?)(\+?)\}$/.exec(part);
    if (!name) {
      const child = node.literal.get(part) ?? emptyNode();
      node.literal.set(part, child);
      node = child;
      continue;
    }
    names.push(name[1] ?? '');
    if (name[2]) {
      node.greedy.set(method, { route, names });
      return;
    }
    node.variable ??= emptyNode();
    node = node.variable;
  }
  node.routes.set(method, { route, names });
}

/** Depth first, most specific first, going back when a branch has no route for the method. */
function find(node: Node, parts: readonly string[], at: number, method: string, values: string[]): Ending | undefined {
  const part = parts[at];
  if (part === undefined) return node.routes.get(method) ?? node.routes.get('ANY');
  const literal = node.literal.get(part);
  const exact = literal && find(literal, parts, at + 1, method, values);
  if (exact) return exact;
  if (node.variable && part !== '') {
    values.push(part);
    const found = find(node.variable, parts, at + 1, method, values);
    if (found) return found;
    values.pop();
  }
  const greedy = node.greedy.get(method) ?? node.greedy.get('ANY');
  if (greedy && part !== '') {
    values.push(parts.slice(at).join('/'));
    return greedy;
  }
  return undefined;
}
