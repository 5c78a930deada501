import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

const CONTENT_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.yaml': 'application/yaml',
};

/** Serves the request if its path lies under one of the mounts (prefix → folder); says whether it did. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

/** A site of static pages, as a distribution in front of a bucket serves it. */
export interface Site {
  readonly folder: string;
  /** Go with every answer of the site. */
  readonly headers: Readonly<Record<string, string>>;
  /** Files that are not in the folder: their content by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * A site whose addresses are all one page: what a browser wants to show and is no file gets `index.html`. Files below
 * `/assets/` are named after their content and kept for ever; everything else is asked for anew each time.
 */
export function createSite(site: Site): StaticFiles {
  const folder = resolve(site.folder);
  const served = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    const given = site.files?.[path];
    const file =
      given === undefined
        ? ((await fileAt(folder, path)) ?? (wantsPage(request) ? await fileAt(folder, '/index.html') : undefined))
        : { path, size: Buffer.byteLength(given) };
    if (!file) return notFound(response);
    response.writeHead(200, {
      ...site.headers,
      'content-type': contentTypeOf(file.path),
      'content-length': file.size,
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (given === undefined) send(request, response, file.path);
    else response.end(request.method === 'HEAD' ? undefined : given);
  };
  return (request, response, path) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    served(request, response, path).catch(() => response.destroy());
    return true;
  };
}

/** Whether it is a browser that goes somewhere, and not a program that calls something. */
const wantsPage = (request: IncomingMessage) => request.headers.accept?.includes('text/html') ?? false;

/** Folders mounted by path prefix. The longest prefix wins; nothing outside of a folder is ever served, links included. */
export function createStaticFiles(mounts: Readonly<Record<string, string>>): StaticFiles {
  const sorted = Object.entries(mounts)
    .map(([prefix, folder]) => ({ prefix: prefix.replace(/\/$/, ''), folder: resolve(folder) }))
    .sort((a, b) => b.prefix.length - a.prefix.length);

  return (request, response, path) => {
    const mount = sorted.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
    if (!mount || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
    if (path === mount.prefix) {
      response.writeHead(308, { location: `${path}/` }).end();
      return true;
    }
    serve(request, response, mount.folder, path.slice(mount.prefix.length)).catch(() => response.destroy());
    return true;
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, folder: string, path: string): Promise<void> {
  const file = await fileAt(folder, path.endsWith('/') ? `${path}index.html` : path);
  if (!file) return notFound(response);
  response.writeHead(200, {
    'content-type': contentTypeOf(file.path),
    'content-length': file.size,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  });
  send(request, response, file.path);
}

const contentTypeOf = (path: string) => CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
}

function send(request: IncomingMessage, response: ServerResponse, path: string): void {
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(path)
      .on('error', () => response.destroy())
      .pipe(response);
}

async function fileAt(folder: string, path: string): Promise<{ path: string; size: number } | undefined> {
  if (path.includes('\0')) return undefined;
  try {
    const root = await realpath(folder);
    const real = await realpath(join(root, path));
    if (!real.startsWith(root + sep)) return undefined;
    const found = await stat(real);
    return found.isFile() ? { path: real, size: found.size } : undefined;
  } catch {
    return undefined;
  }
}
