import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import { parseAddress, requireSafeKey } from './address.ts';
import { openBody, readBody } from './body.ts';
import { allowOrigin, answerPreflight, corsRules } from './cors.ts';
import { type Engine, openEngine } from './engine.ts';
import { listObjectsV2 } from './list-objects.ts';
import { postObject } from './post-object.ts';
import { S3Error } from './s3-error.ts';
import { createSignatureCheck } from './signature.ts';

export interface ObjectStore {
  readonly endpoint: string;
  /** Runs work while no object is put or deleted; whoever wants to waits until it is done. */
  whileAtRest<T>(work: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/**
 * An S3 of one machine: `s3rver` holds the objects under `dataDir`, and in front of it everything is refused that S3
 * refuses, in its words: what isn't signed by the one pair of credentials, has expired by the runtime's clock, or breaks
 * a condition of a presigned form. Path style, on 127.0.0.1 only. `port` 0 takes a free one. `cors` is a bucket's
 * `CorsConfiguration` of the template; where it allows a method, every loopback origin may use it.
 */
export async function startObjectStore(options: {
  dataDir: string;
  port: number;
  buckets: { name: string; cors?: unknown }[];
  credentials: { accessKeyId: string; secretAccessKey: string };
  region: string;
  clock: Clock;
}): Promise<ObjectStore> {
  const { clock } = options;
  const buckets = new Map(options.buckets.map(({ name, cors }) => [name, corsRules(cors)]));
  for (const name of buckets.keys()) {
    if (!/^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/.test(name))
      throw new RangeError(`not a bucket name: ${name}`);
  }
  await mkdir(options.dataDir, { recursive: true });
  const engine = await openEngine({ directory: options.dataDir, buckets: [...buckets.keys()], now: clock.now });
  const signatures = createSignatureCheck(options);
  let endpoint = '';

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { path, query } = splitUrl(request.url ?? '/');
    const method = request.method ?? '';
    const { bucket, key } = parseAddress(path);
    const rules = buckets.get(bucket) ?? [];
    allowOrigin(rules, request, response);
    if (method === 'OPTIONS') return answerPreflight(rules, request, response);
    const requireBucket = (name: string) => {
      if (buckets.has(name)) return;
      throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
    };

    const isForm = /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
    if (method === 'POST' && key === '' && isForm) {
      requireBucket(bucket);
      return postObject({ bucket, endpoint, engine, signatures, clock, request, response });
    }

    const received = plainHeaders(request);
    const claim = await signatures.request({ method, path, query, headers: received });
    const headers = { ...received, ...hoistedHeaders(query) };
    if (bucket !== '') requireBucket(bucket);
    if (key !== '') requireSafeKey(key);
    requireSupported(method, bucket, key, query);
    const { content, checksums } = openBody(await readBody(request), claim, headers);

    if (method === 'GET' && key === '' && query.get('list-type') === '2') {
      const page = await listObjectsV2(engine.store, bucket, query);
      response.writeHead(200, { 'Content-Type': 'application/xml' }).end(page);
      return;
    }

    const source = headers['x-amz-copy-source'];
    if (source !== undefined) headers['x-amz-copy-source'] = safeCopySource(source, requireBucket);
    const trusted = {
      method,
      bucket,
      key,
      query: new URLSearchParams([...query].filter(([name]) => !/^x-amz-/i.test(name))),
      headers: { ...objectHeaders(headers), ...checksums },
      content,
    };
    if (method === 'GET' || method === 'HEAD') return engine.answer(trusted, request, response);
    await engine.exclusively(async () => {
      await checkPreconditions(engine, bucket, key, headers);
      for (const [name, value] of Object.entries(checksums)) response.setHeader(name, value);
      await engine.answer(trusted, request, response);
    });
  };

  const server = createServer((request, response) => {
    response.setHeader('x-amz-request-id', randomUUID());
    // SDK clients correct their own clock by this header: it is the runtime's time, not the machine's.
    response.setHeader('Date', new Date(options.clock.now()).toUTCString());
    serve(request, response).catch((error: unknown) => refuse(error, request, response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    endpoint,
    whileAtRest: (work) => engine.exclusively(work),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(impatience);
      await engine.exclusively(async () => engine.close());
    },
  };
}

function refuse(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (!(error instanceof S3Error)) console.error('object store:', error);
  const refusal =
    error instanceof S3Error
      ? error
      : new S3Error('InternalError', 'We encountered an internal error. Please try again.');
  response.writeHead(refusal.status, { 'Content-Type': 'application/xml' });
  response.end(request.method === 'HEAD' ? undefined : refusal.toXml());
}

function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const mark = url.indexOf('?');
  return mark < 0
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

/** What of a request belongs to its signature alone. */
const SIGNING = /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256)$/i;

/** Headers by lower-case name. */
function plainHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}

/** A presigned address carries in its query what else would be a header; it is signed, and wins over a header. */
function hoistedHeaders(query: URLSearchParams): Record<string, string> {
  if (!query.has('X-Amz-Signature')) return {};
  const hoisted = [...query].filter(([name]) => /^x-amz-/i.test(name) && !SIGNING.test(name));
  return Object.fromEntries(hoisted.map(([name, value]) => [name.toLowerCase(), value]));
}

/** Only what concerns the object; how it travelled and who signed is settled. */
function objectHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const travel =
    /^(authorization|origin|access-control-.*|expect|connection|transfer-encoding|trailer|te|host|content-(length|md5|encoding)|x-amz-(trailer|decoded-content-length|checksum-(crc|sha).*))$/;
  const kept = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !travel.test(name) && !SIGNING.test(name)),
  );
  const encodings = (headers['content-encoding'] ?? '').split(/\s*,\s*/).filter((one) => one && one !== 'aws-chunked');
  return encodings.length > 0 ? { ...kept, 'content-encoding': encodings.join(',') } : kept;
}

function requireSupported(method: string, bucket: string, key: string, query: URLSearchParams): void {
  if (key === '' && (method === 'PUT' || method === 'DELETE')) {
    throw new S3Error('AccessDenied', 'Buckets and their settings come from the template.');
  }
  const readsOnly = bucket === '' || (key === '' && !query.has('delete'));
  const methods = readsOnly ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'];
  if (!methods.includes(method)) {
    throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
  }
  const unknown = [...query.keys()].find((name) => !KNOWN_PARAMETER.test(name));
  if (unknown !== undefined) throw new S3Error('NotImplemented', `This store does not know the parameter ${unknown}.`);
}

/** Everything else (multipart uploads, tags, versions, access lists) is refused rather than done half. */
const KNOWN_PARAMETER =
  /^(x-amz-.+|x-id|response-.+|location|delete|list-type|prefix|delimiter|marker|max-keys|continuation-token|start-after|encoding-type|fetch-owner)$/i;

/** Also what is copied from must be a key of this store; answers in the form that `s3rver` decodes. */
function safeCopySource(source: string, requireBucket: (name: string) => void): string {
  const { bucket, key } = parseAddress(source.startsWith('/') ? source : `/${source}`);
  requireBucket(bucket);
  requireSafeKey(key);
  return encodeURI(`${bucket}/${key}`);
}

/** Conditional writes: `If-None-Match: *` is kept, other conditions on a write are refused rather than ignored. */
async function checkPreconditions(
  engine: Engine,
  bucket: string,
  key: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (match !== undefined || (noneMatch !== undefined && noneMatch !== '*')) {
    throw new S3Error('NotImplemented', 'This store knows no other condition on a write than If-None-Match: *');
  }
  if (noneMatch === '*' && (await engine.store.existsObject(bucket, key))) {
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
      Condition: 'If-None-Match',
    });
  }
}
