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
  if (!file) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
    return;
  }
  response.writeHead(200, {
    'content-type': CONTENT_TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
    'content-length': file.size,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file.path)
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
