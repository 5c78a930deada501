import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../local/clock/clock.ts';
import { openBody } from '../../local/objects/body.ts';
import { startObjectStore } from '../../local/objects/object-store.ts';
import { Sha256 } from '../../local/objects/sha256.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'a secret of this machine' };
const region = 'cn-north-1';
const Bucket = 'documents';
const cors = { CorsRules: [{ AllowedMethods: ['POST'], AllowedOrigins: ['https://portal.example'], MaxAge: 600 }] };
const DAY = 24 * 3600 * 1000;

let dataDir: string;
let store: Awaited<ReturnType<typeof startObjectStore>>;
let clock: Clock;
let s3: S3Client;

const clientOf = (options: Partial<{ credentials: typeof credentials; clockOffset: number }> = {}) =>
  new S3Client({
    endpoint: store.endpoint,
    region,
    credentials: options.credentials ?? credentials,
    forcePathStyle: true,
    maxAttempts: 1,
    systemClockOffset: options.clockOffset ?? 0,
  });

const start = () =>
  startObjectStore({
    dataDir,
    port: 0,
    buckets: [{ name: Bucket, cors }, { name: 'other' }],
    credentials,
    region,
    clock,
  });

const sha256 = (content: string) => createHash('sha256').update(content).digest('base64');

/** The code of the refusal, as the SDK reads it. */
const refusalOf = async (answer: Promise<unknown>): Promise<string> => {
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof S3ServiceException) return error.name;
  throw new Error(`not refused: ${error}`);
};

/** Status and code of an answer to a plain HTTP request. */
const outcomeOf = async (response: Response) => {
  const text = await response.text();
  return `${response.status} ${/<Code>(.*)<\/Code>/.exec(text)?.[1] ?? ''}`.trim();
};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'objects-'));
  clock = createClock({
    onError: (error) => {
      throw error;
    },
  });
  store = await start();
  s3 = clientOf();
});

afterEach(async () => {
  s3.destroy();
  clock.stop();
  await store.stop();
  await rm(dataDir, { recursive: true });
});

describe('an object of the local store', () => {
  it('comes back as it was put, with its type, metadata and checksum', async () => {
    const put = await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: '证照/licence 1+2.png',
        Body: 'licence',
        ContentType: 'image/png',
        Metadata: { owner: 'org_1' },
        ChecksumSHA256: sha256('licence'),
      }),
    );
    expect(put.ETag).toMatch(/^"[0-9a-f]{32}"$/);

    const got = await s3.send(new GetObjectCommand({ Bucket, Key: '证照/licence 1+2.png' }));
    expect(await got.Body?.transformToString()).toBe('licence');
    expect(got).toMatchObject({ ContentType: 'image/png', Metadata: { owner: 'org_1' }, ETag: put.ETag });

    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: '证照/licence 1+2.png', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ContentLength: 7, ChecksumSHA256: sha256('licence') });
  });

  it('may be streamed in chunks with a trailing checksum', async () => {
    const parts = ['first part, ', 'second part'];
    const Body = Readable.from(parts.map((part) => Buffer.from(part)));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: parts.join('').length }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'stream', ChecksumMode: 'ENABLED' }));
    expect(await got.Body?.transformToString()).toBe(parts.join(''));
    expect(got.ChecksumCRC32).toBeTruthy();
    expect(got.ContentEncoding).toBeUndefined();
  });

  it('is read in part by range, also with checksums asked for', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range: 'bytes=2-4', ChecksumMode: 'ENABLED' }));
    expect(await got.Body?.transformToString()).toBe('234');
  });

  it('may be empty', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: Buffer.alloc(0) }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'empty' }));
    expect(await got.Body?.transformToString()).toBe('');
  });

  it('is large without loss', async () => {
    const Body = Buffer.alloc(6 * 1024 * 1024, 'large ');
    await s3.send(new PutObjectCommand({ Bucket, Key: 'large', Body }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'large' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
  });

  it('is copied with its metadata, or with other metadata', async () => {
    const Metadata = { a: '1' };
    await s3.send(new PutObjectCommand({ Bucket, Key: '原件 #1', Body: 'x', ContentType: 'text/plain', Metadata }));
    const CopySource = `${Bucket}/${encodeURIComponent('原件 #1')}`;
    const copied = await s3.send(new CopyObjectCommand({ Bucket: 'other', Key: 'same', CopySource }));
    expect(copied.CopyObjectResult?.ETag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(await s3.send(new HeadObjectCommand({ Bucket: 'other', Key: 'same' }))).toMatchObject({
      ContentType: 'text/plain',
      Metadata,
    });
    await s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'changed',
        CopySource,
        MetadataDirective: 'REPLACE',
        ContentType: 'application/pdf',
      }),
    );
    const changed = await s3.send(new HeadObjectCommand({ Bucket, Key: 'changed' }));
    expect(changed).toMatchObject({ ContentType: 'application/pdf', Metadata: {} });
  });

  it('is listed in the order of S3, page by page, and below common prefixes', async () => {
    for (const Key of ['a/2', 'a-1', 'a/1', 'b', 'c/1', '<&>']) {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    }
    const keys: (string | undefined)[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const page: ListObjectsV2CommandOutput = await s3.send(
        new ListObjectsV2Command({ Bucket, MaxKeys: 2, ...(token && { ContinuationToken: token }) }),
      );
      keys.push(...(page.Contents ?? []).map((object) => object.Key));
      token = page.NextContinuationToken;
      pages++;
    } while (token);
    expect({ keys, pages }).toEqual({ keys: ['<&>', 'a-1', 'a/1', 'a/2', 'b', 'c/1'], pages: 3 });

    const top = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect(top.CommonPrefixes).toEqual([{ Prefix: 'a/' }, { Prefix: 'c/' }]);
    const below = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/' }));
    expect(below.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([
      ['a/1', 1],
      ['a/2', 1],
    ]);
    expect(below.Contents?.[0]?.LastModified).toBeInstanceOf(Date);
  });

  it('is gone when deleted, one or many at a time', async () => {
    for (const Key of ['d/1', 'd/2', 'd/3']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'd/1' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'never there' }));
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'd/2' }, { Key: 'd/3' }] } }));
    expect(await refusalOf(s3.send(new GetObjectCommand({ Bucket, Key: 'd/1' })))).toBe('NoSuchKey');
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  it('is written only once under If-None-Match, whoever else tries at the same time', async () => {
    const puts = ['x', 'y', 'z'].map((Body) =>
      s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body, IfNoneMatch: '*' })).then(
        () => 'stored',
        (error: Error) => error.name,
      ),
    );
    expect((await Promise.all(puts)).sort()).toEqual(['PreconditionFailed', 'PreconditionFailed', 'stored']);
  });

  it('is still there after a restart, and dated by the moved clock', async () => {
    await clock.advanceBy(60 * DAY);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'kept', ContentType: 'text/plain' }));
    await store.stop();
    store = await start();
    const got = await clientOf().send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    expect(await got.Body?.transformToString()).toBe('kept');
    expect(got.ContentType).toBe('text/plain');
    expect(Math.abs((got.LastModified?.getTime() ?? 0) - clock.now())).toBeLessThan(DAY);
  });
});

describe('a request to the local store is refused', () => {
  const plain = (path: string, init?: RequestInit) => fetch(`${store.endpoint}${path}`, init).then(outcomeOf);

  it('when nobody signed it', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    expect(await plain(`/${Bucket}/k`)).toBe('403 AccessDenied');
    expect(await plain(`/${Bucket}`)).toBe('403 AccessDenied');
    expect(await plain(`/${Bucket}/k`, { method: 'PUT', body: 'y' })).toBe('403 AccessDenied');
    expect(await plain(`/${Bucket}/k`, { method: 'DELETE' })).toBe('403 AccessDenied');
  });

  it('when another key or an unknown one signed it', async () => {
    const wrong = clientOf({ credentials: { ...credentials, secretAccessKey: 'guessed' } });
    expect(await refusalOf(wrong.send(new ListObjectsV2Command({ Bucket })))).toBe('SignatureDoesNotMatch');
    const unknown = clientOf({ credentials: { ...credentials, accessKeyId: 'stranger' } });
    expect(await refusalOf(unknown.send(new ListObjectsV2Command({ Bucket })))).toBe('InvalidAccessKeyId');
  });

  it('when it was changed after signing', async () => {
    const signed = await signer().sign({
      method: 'PUT',
      protocol: 'http:',
      hostname: new URL(store.endpoint).hostname,
      path: `/${Bucket}/k`,
      headers: {
        host: new URL(store.endpoint).host,
        'x-amz-content-sha256': createHash('sha256').update('body').digest('hex'),
      },
      body: 'body',
    });
    const send = (path: string, body: string, more: Record<string, string> = {}) => {
      const { host: _, ...headers } = signed.headers;
      return plain(path, { method: 'PUT', body, headers: { ...headers, ...more } });
    };
    expect(await send(`/${Bucket}/k`, 'other body')).toBe('400 XAmzContentSHA256Mismatch');
    expect(await send(`/${Bucket}/l`, 'body')).toBe('403 SignatureDoesNotMatch');
    expect(await send(`/${Bucket}/k?x=1`, 'body')).toBe('403 SignatureDoesNotMatch');
    expect(await send(`/${Bucket}/k`, 'body', { 'x-amz-meta-owner': 'me' })).toBe('403 AccessDenied');
    expect(await send(`/${Bucket}/k`, 'body')).toBe('200');
  });

  it('when its time is far from both the real and the moved clock', async () => {
    await clock.advanceBy(30 * DAY);
    const outside = clientOf({ clockOffset: 0 });
    const worker = clientOf({ clockOffset: 30 * DAY });
    await outside.send(new ListObjectsV2Command({ Bucket }));
    await worker.send(new ListObjectsV2Command({ Bucket }));
    const lost = clientOf({ clockOffset: 15 * DAY });
    expect(await refusalOf(lost.send(new ListObjectsV2Command({ Bucket })))).toBe('RequestTimeTooSkewed');
  });

  it('when a checksum it declares is not that of the body', async () => {
    const put = (ChecksumSHA256: string) =>
      refusalOf(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ChecksumSHA256 })));
    expect(await put(sha256('y'))).toBe('BadDigest');
    expect(await put('short')).toBe('InvalidRequest');
    expect(await refusalOf(s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('NoSuchKey');
  });

  it('when it names no bucket or object there is, or one that no file may hold', async () => {
    const get = (bucket: string, Key: string) => refusalOf(s3.send(new GetObjectCommand({ Bucket: bucket, Key })));
    expect(await get('elsewhere', 'k')).toBe('NoSuchBucket');
    expect(await get(Bucket, 'none')).toBe('NoSuchKey');
    expect(await refusalOf(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' })))).toBe('NotFound');
    expect(await get(Bucket, 'a/../../other/k')).toBe('InvalidArgument');
    expect(await get(Bucket, 'k._S3rver_metadata.json')).toBe('InvalidArgument');
    const copy = new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/..%2Fother%2Fk` });
    expect(await refusalOf(s3.send(copy))).toBe('InvalidArgument');
    expect(await get(Bucket, 'x'.repeat(1100))).toBe('KeyTooLongError');
  });

  it('when it asks for what this store would only do half', async () => {
    expect(await refusalOf(s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' })))).toBe('NotImplemented');
  });
});

describe('a body that comes in chunks', () => {
  const claim = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  const open = (text: string, headers: Record<string, string> = {}) =>
    openBody(Buffer.from(text), claim, {
      'x-amz-decoded-content-length': '3',
      'x-amz-trailer': 'x-amz-checksum-sha256',
      ...headers,
    });
  const trailer = `x-amz-checksum-sha256:${sha256('abc')}`;

  it('is put together and compared with its trailer', () => {
    const { content, checksums } = open(`2\r\nab\r\n1;note\r\nc\r\n0\r\n${trailer}\r\n\r\n`);
    expect(content.toString()).toBe('abc');
    expect(checksums).toEqual({ 'x-amz-checksum-sha256': sha256('abc') });
  });

  it.each([
    ['another content', `3\r\nabd\r\n0\r\n${trailer}\r\n\r\n`, {}, 'BadDigest'],
    ['a trailer that never comes', '3\r\nabc\r\n0\r\n\r\n', {}, 'IncompleteBody'],
    ['a trailer nobody announced', `3\r\nabc\r\n0\r\n${trailer}\r\n\r\n`, { 'x-amz-trailer': '' }, 'InvalidRequest'],
    ['a chunk that is too short', '4\r\nabc\r\n0\r\n\r\n', {}, 'IncompleteBody'],
    ['an end that is missing', '3\r\nabc\r\n', {}, 'IncompleteBody'],
    ['no chunks at all', 'abc', {}, 'IncompleteBody'],
    [
      'another length',
      `3\r\nabc\r\n0\r\n${trailer}\r\n\r\n`,
      { 'x-amz-decoded-content-length': '4' },
      'IncompleteBody',
    ],
  ])('is refused for %s', (_, text, headers, code) => {
    expect(() => open(text, headers)).toThrow(expect.objectContaining({ code }));
  });

  it('is refused when its chunks are signed one by one, or its checksum is one we cannot compute', () => {
    expect(() => openBody(Buffer.from(''), 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', {})).toThrow(
      expect.objectContaining({ code: 'NotImplemented' }),
    );
    expect(() => openBody(Buffer.from(''), 'UNSIGNED-PAYLOAD', { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' })).toThrow(
      expect.objectContaining({ code: 'NotImplemented' }),
    );
  });
});

describe('a presigned address', () => {
  const presign = async (
    options: { method?: string; path?: string; expiresIn?: number; date?: number; query?: Record<string, string> } = {},
    headers: Record<string, string> = {},
  ) => {
    const { host, hostname, port } = new URL(store.endpoint);
    const signed = await signer().presign(
      {
        method: options.method ?? 'GET',
        protocol: 'http:',
        hostname,
        port: Number(port),
        path: options.path ?? `/${Bucket}/k`,
        query: options.query ?? {},
        headers: { host, ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      },
      {
        expiresIn: options.expiresIn ?? 300,
        signingDate: new Date(options.date ?? clock.now()),
        unsignableHeaders: new Set(['x-amz-content-sha256']),
        unhoistableHeaders: new Set(['x-amz-content-sha256']),
      },
    );
    const query = Object.entries(signed.query ?? {}).map(([name, value]) =>
      [name, encodeURIComponent(String(value))].join('='),
    );
    return `${store.endpoint}${signed.path}?${query.join('&')}`;
  };
  const get = (url: string, init?: RequestInit) => fetch(url, init).then(outcomeOf);

  beforeEach(() => s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ContentType: 'text/plain' })));

  it('opens exactly what was signed, until it expires by the moved clock', async () => {
    const url = await presign();
    expect(await get(url)).toBe('200');
    expect(await get(url, { method: 'DELETE' })).toBe('403 SignatureDoesNotMatch');
    expect(await get(url.replace('/k?', '/l?'))).toBe('403 SignatureDoesNotMatch');
    expect(await get(url.replace('X-Amz-Expires=300', 'X-Amz-Expires=301'))).toBe('403 SignatureDoesNotMatch');
    expect(await get(`${url}&response-content-type=text%2Fhtml`)).toBe('403 SignatureDoesNotMatch');
    expect(await get(url.replace(/X-Amz-Signature=[^&]+/, 'X-Amz-Signature=00'))).toBe('403 SignatureDoesNotMatch');
    expect(await get(url.replace(/&?X-Amz-Signature=[^&]+/, ''))).toBe('400 AuthorizationQueryParametersError');
    await clock.advanceBy(301_000);
    expect(await get(url)).toBe('403 AccessDenied');
  });

  it('lives no longer than a week and does not begin in the future', async () => {
    expect(await get(await presign({ date: clock.now() + DAY }))).toBe('403 AccessDenied');
    const url = (await presign()).replace('X-Amz-Expires=300', 'X-Amz-Expires=604801');
    expect(await get(url)).toBe('400 AuthorizationQueryParametersError');
  });

  it('may say how the answer is named and typed', async () => {
    const query = { 'response-content-disposition': 'attachment; filename="a.txt"' };
    const response = await fetch(await presign({ query }));
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="a.txt"');
    expect(response.headers.get('content-type')).toBe('text/plain');
  });

  it('takes an upload with the checksum and metadata it was signed with, and no other', async () => {
    const headers = { 'x-amz-checksum-sha256': sha256('body'), 'x-amz-meta-owner': 'org_1' };
    const url = await presign({ method: 'PUT', path: `/${Bucket}/up` }, headers);
    expect(await get(url, { method: 'PUT', body: 'other' })).toBe('400 BadDigest');
    expect(await get(url, { method: 'PUT', body: 'body', headers: { 'x-amz-meta-owner': 'org_2' } })).toBe(
      '403 AccessDenied',
    );
    expect(await get(url, { method: 'PUT', body: 'body' })).toBe('200');
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'up', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ Metadata: { owner: 'org_1' }, ChecksumSHA256: sha256('body') });
  });
});

describe('a presigned form', () => {
  const content = 'a licence';
  const conditions: PresignedPostOptions['Conditions'] = [
    ['content-length-range', 1, 20],
    ['starts-with', '$x-amz-meta-note', 'n'],
  ];
  const formOf = (more: Partial<PresignedPostOptions> = {}) =>
    createPresignedPost(s3, {
      Bucket,
      Key: 'uploads/doc_1',
      Expires: 300,
      Conditions: conditions,
      Fields: {
        'Content-Type': 'image/png',
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': sha256(content),
        'x-amz-meta-owner': 'org_1',
      },
      ...more,
    });
  const send = (
    { url, fields }: { url: string; fields: Record<string, string> },
    change: Record<string, string | undefined> = {},
    body: string = content,
    headers: Record<string, string> = {},
  ) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, 'x-amz-meta-note': 'note', ...change })) {
      if (value !== undefined) form.append(name, value);
    }
    form.append('file', new Blob([body]), 'licence.png');
    return fetch(url, { method: 'POST', body: form, headers });
  };

  it('stores the file with what the policy says of it', async () => {
    const response = await send(await formOf());
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('location')).toBe(`${store.endpoint}/${Bucket}/uploads/doc_1`);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'uploads/doc_1', ChecksumMode: 'ENABLED' }));
    expect(await got.Body?.transformToString()).toBe(content);
    expect(got).toMatchObject({
      ContentType: 'image/png',
      Metadata: { owner: 'org_1', note: 'note' },
      ChecksumSHA256: sha256(content),
      ETag: response.headers.get('etag'),
    });
  });

  it('may leave the name to the file and ask for an answer in XML', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the form's own placeholder
    const Key = 'uploads/${filename}';
    const response = await send(await formOf({ Key, Fields: { success_action_status: '201' } }));
    expect(response.status).toBe(201);
    expect(await response.text()).toContain('<Key>uploads/licence.png</Key>');
  });

  it.each<[string, Record<string, string | undefined>, string, string]>([
    ['another key', { key: 'uploads/doc_2' }, content, '403 AccessDenied'],
    ['another bucket', { bucket: 'other' }, content, '403 AccessDenied'],
    ['another type', { 'Content-Type': 'text/html' }, content, '403 AccessDenied'],
    ['other metadata', { 'x-amz-meta-owner': 'org_2' }, content, '403 AccessDenied'],
    ['a value without the required beginning', { 'x-amz-meta-note': 'x' }, content, '403 AccessDenied'],
    ['a missing field', { 'x-amz-meta-owner': undefined }, content, '403 AccessDenied'],
    ['a field the policy does not speak of', { 'x-amz-meta-more': '1' }, content, '403 AccessDenied'],
    ['another checksum', { 'x-amz-checksum-sha256': sha256('other') }, 'other', '403 AccessDenied'],
    ['another content', {}, 'a licencf', '400 BadDigest'],
    ['too much content', {}, 'x'.repeat(21), '400 EntityTooLarge'],
    ['no content', {}, '', '400 EntityTooSmall'],
    ['no signature', { 'X-Amz-Signature': undefined }, content, '403 AccessDenied'],
    ['no policy', { Policy: undefined }, content, '403 AccessDenied'],
    ['a guessed signature', { 'X-Amz-Signature': '00' }, content, '403 SignatureDoesNotMatch'],
    ['another policy', { Policy: Buffer.from('{}').toString('base64') }, content, '403 SignatureDoesNotMatch'],
    ['another algorithm', { 'X-Amz-Algorithm': 'none' }, content, '400 InvalidRequest'],
    ['another date', { 'X-Amz-Date': '20200101T000000Z' }, content, '400 AuthorizationHeaderMalformed'],
    ['a stranger', { 'X-Amz-Credential': `x/20200101/${region}/s3/aws4_request` }, content, '403 InvalidAccessKeyId'],
  ])('refuses %s and stores nothing', async (_, change, body, outcome) => {
    expect(await send(await formOf(), change, body).then(outcomeOf)).toBe(outcome);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  it('expires by the moved clock', async () => {
    const form = await formOf();
    await clock.advanceBy(301_000);
    expect(await send(form).then(outcomeOf)).toBe('403 AccessDenied');
  });

  it('is refused when its policy, though signed, cannot be read', async () => {
    const form = await formOf();
    const policy = Buffer.from('not JSON').toString('base64');
    const date = form.fields['X-Amz-Date'] ?? '';
    const signature = await signer().sign(policy, { signingDate: new Date(), signingRegion: region });
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(date).not.toBe('');
    const answer = await send({
      url: form.url,
      fields: { ...form.fields, Policy: policy, 'X-Amz-Signature': signature },
    });
    expect(await outcomeOf(answer)).toBe('400 InvalidPolicyDocument');
  });

  it('is refused when the body is no form, or holds no file', async () => {
    const { url } = await formOf();
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    expect(await fetch(url, { method: 'POST', body: 'nothing', headers }).then(outcomeOf)).toBe(
      '400 MalformedPOSTRequest',
    );
    const form = new FormData();
    form.append('key', 'k');
    expect(await fetch(url, { method: 'POST', body: form }).then(outcomeOf)).toBe(
      '400 IncorrectNumberOfFilesInPostRequest',
    );
    expect(await fetch(url, { method: 'POST', body: 'x' }).then(outcomeOf)).toBe('403 AccessDenied');
  });

  it('may be sent by a page of another loopback port, which sees refusals too', async () => {
    const origin = 'http://127.0.0.1:5173';
    const stored = await send(await formOf(), {}, content, { origin });
    expect(stored.headers.get('access-control-allow-origin')).toBe(origin);
    const refused = await send(await formOf(), { key: 'x' }, content, { origin });
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    const foreign = await send(await formOf(), {}, content, { origin: 'https://elsewhere.example' });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is announced to browsers as the rules of the bucket say', async () => {
    const preflight = (bucket: string, origin: string, method: string) =>
      fetch(`${store.endpoint}/${bucket}`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': method },
      });
    const allowed = await preflight(Bucket, 'https://portal.example', 'POST');
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://portal.example');
    expect(allowed.headers.get('access-control-max-age')).toBe('600');
    expect(await outcomeOf(await preflight(Bucket, 'http://localhost:1', 'POST'))).toBe('200');
    expect(await outcomeOf(await preflight(Bucket, 'http://localhost:1', 'DELETE'))).toBe('403 AccessForbidden');
    expect(await outcomeOf(await preflight(Bucket, 'http://127.0.0.1.evil.example', 'POST'))).toBe(
      '403 AccessForbidden',
    );
    expect(await outcomeOf(await preflight('other', 'http://localhost:1', 'POST'))).toBe('403 AccessForbidden');
  });
});

function signer() {
  return new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
}
