import { IncomingMessage, type ServerResponse } from 'node:http';
import S3rver from 's3rver';
import S3Object from 's3rver/lib/models/object.js';
import { CHECKSUM_HEADERS } from './body.ts';
import { DocumentStore } from './document-store.ts';

/** A request that was checked and unwrapped; what it says is trusted. */
export interface TrustedRequest {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Buffer;
}

/**
 * `s3rver` without a port of its own: it believes every caller, so nobody but the check in front of it may reach it.
 * Changes of objects run one after the other.
 */
export interface Engine {
  readonly store: DocumentStore;
  /** Stores an object; `headers` are what it is kept with (lower-case names). */
  put(
    bucket: string,
    key: string,
    content: Buffer,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ md5: string }>;
  answer(trusted: TrustedRequest, received: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Runs `change` when all changes before it are done. */
  exclusively<T>(change: () => Promise<T>): Promise<T>;
  close(): void;
}

export async function openEngine(options: {
  directory: string;
  buckets: readonly string[];
  now: () => number;
}): Promise<Engine> {
  const app = new S3rver({ directory: options.directory, silent: true, vhostBuckets: false });
  const store = new DocumentStore(options.directory, options.now);
  app.store = app.context.store = store;
  app.on('error', (error) => {
    if (!error.expose) console.error('object store:', error);
  });
  app.middleware.unshift(async (context, next) => {
    // `s3rver` overrides headers of an answer only for callers that are someone.
    context.state.account = {};
    await next();
    // As S3 does: the checksum only for who asks, and never beside a part of the object.
    if (context.get('x-amz-checksum-mode').toUpperCase() === 'ENABLED' && !context.get('range')) return;
    for (const header of CHECKSUM_HEADERS) context.remove(header);
  });
  for (const bucket of options.buckets) await store.putBucket(bucket);
  const handle = app.callback();

  let last: Promise<unknown> = Promise.resolve();
  return {
    store,
    put: (bucket, key, content, headers) => store.putObject(new S3Object(bucket, key, content, headers)),
    async answer({ method, bucket, key, query, headers, content }, received, response) {
      const inner = new IncomingMessage(received.socket);
      inner.method = method;
      const path = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
      inner.url = `/${key ? path : bucket}${query.size > 0 ? `?${query}` : ''}`;
      inner.headers = { ...headers, host: '127.0.0.1', 'content-length': String(content.length) };
      if (content.length > 0) inner.push(content);
      inner.push(null);
      // Otherwise Node takes the message for one that was cut off, and cuts the connection it shares.
      inner.complete = true;
      await handle(inner, response);
    },
    exclusively(change) {
      const run = last.then(change);
      last = run.catch(() => undefined);
      return run;
    },
    close: () => app.logger.close(),
  };
}
