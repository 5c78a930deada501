import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createViews, type Sources } from './views.ts';

/** An answer of the page's server: a status and JSON, or a file of the page. */
export type Answer =
  | { readonly status: number; readonly json: object }
  | { readonly status: number; readonly type: string; readonly content: string | Uint8Array };

const page = join(import.meta.dirname, 'page');

/**
 * The operations page and what it asks. Undefined when a request is for something else. Who may ask is decided before.
 */
export function createOperations(sources: Sources): (method: string, url: URL) => Promise<Answer | undefined> {
  const views = createViews(sources);
  /** Bundled when the page is first opened, so that nobody who doesn't look pays for it. */
  let script: Promise<Uint8Array> | undefined;

  return async (method, url) => {
    const [, folder, what = '', name] = url.pathname.split('/').map(decodeURIComponent);
    if (method === 'GET' && url.pathname === '/') return file('index.html', 'text/html');
    if (method === 'GET' && url.pathname === '/operations/page.css') return file('page.css', 'text/css');
    if (method === 'GET' && url.pathname === '/operations/page.js') {
      script ??= bundle();
      return { status: 200, type: 'text/javascript; charset=utf-8', content: await script };
    }
    if (folder !== 'operations') return undefined;
    const query = (key: string) => url.searchParams.get(key) ?? undefined;
    const json = (answer: object | undefined): Answer =>
      answer ? { status: 200, json: answer } : { status: 404, json: { message: 'Not Found' } };
    const executionArn = query('arn') ?? '';
    switch (`${method} ${what}`) {
      case 'GET overview':
        return json(views.overview());
      case 'GET executions':
        return json(
          views.executions(given({ machine: query('machine'), status: query('status'), page: query('page') })),
        );
      case 'GET execution':
        return json(views.execution(executionArn));
      case 'POST stop':
        return json(views.stop(executionArn));
      case 'GET tasks':
        return json(views.tasks());
      case 'GET queues':
        return json(views.queues());
      case 'GET streams':
        return json(await views.streams());
      case 'GET schedules':
        return json(views.schedules());
      case 'GET functions':
        return json(views.functions());
      case 'GET logs':
        return json(name === undefined ? views.logs() : await views.log(name, query('filter')));
      default:
        return undefined;
    }
  };
}

async function file(name: string, type: string): Promise<Answer> {
  return { status: 200, type: `${type}; charset=utf-8`, content: await readFile(join(page, name)) };
}

async function bundle(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(page, 'main.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const [made] = outputFiles;
  if (!made) throw new Error('the page has no script');
  return made.contents;
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

const given = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
