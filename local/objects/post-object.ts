import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import { requireSafeKey } from './address.ts';
import { checkDigests, readBody } from './body.ts';
import type { Engine } from './engine.ts';
import { checkPolicy } from './post-policy.ts';
import { S3Error, xmlDocument } from './s3-error.ts';
import type { SignatureCheck } from './signature.ts';

/** Stores the file of a form that a presigned POST allows (`createPresignedPost` of the SDK). */
export async function postObject(options: {
  bucket: string;
  endpoint: string;
  engine: Engine;
  signatures: SignatureCheck;
  clock: Clock;
  request: IncomingMessage;
  response: ServerResponse;
}): Promise<void> {
  const { bucket, engine, request, response } = options;
  const { fields, file } = await readForm(request);
  const field = (name: string) => fields.get(name);
  await options.signatures.form(field);

  // biome-ignore lint/suspicious/noTemplateCurlyInString: the form's own placeholder
  const key = (field('key') ?? '').replaceAll('${filename}', file.name);
  const bucketField = field('bucket');
  if (bucketField !== undefined && bucketField !== bucket) {
    throw new S3Error('AccessDenied', 'Invalid according to Policy: the form is for another bucket.');
  }
  checkPolicy({
    policy: field('policy') ?? '',
    fields: new Map([...fields, ['key', key], ['bucket', bucket]]),
    size: file.content.length,
    now: options.clock.now(),
  });
  requireSafeKey(key);
  const headers = Object.fromEntries([...fields].filter(([name]) => isHeader(name)));
  const checksums = checkDigests(file.content, headers);

  const stored = await engine.exclusively(() => engine.put(bucket, key, file.content, headers));
  const etag = `"${stored.md5}"`;
  const location = new URL(`/${[bucket, ...key.split('/')].map(encodeURIComponent).join('/')}`, options.endpoint).href;
  response.setHeader('ETag', etag);
  for (const [name, value] of Object.entries(checksums)) response.setHeader(name, value);

  const redirect = field('success_action_redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const target = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag })) target.searchParams.append(name, value);
    response.writeHead(303, { Location: target.href }).end();
    return;
  }
  response.setHeader('Location', location);
  const status = field('success_action_status');
  if (status === '201') {
    response.writeHead(201, { 'Content-Type': 'application/xml' });
    response.end(xmlDocument('PostResponse', { Location: location, Bucket: bucket, Key: key, ETag: etag }));
  } else {
    response.writeHead(status === '200' ? 200 : 204).end();
  }
}

/** Fields that describe the object, and are kept with it or compared with it. */
const isHeader = (name: string) =>
  /^(cache-control|content-(disposition|encoding|language|md5|type)|expires|x-amz-(meta|checksum)-.+)$/.test(name) ||
  ['x-amz-storage-class', 'x-amz-server-side-encryption'].includes(name);

interface Form {
  /** By lower-case name. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: { readonly name: string; readonly content: Buffer };
}

async function readForm(request: IncomingMessage): Promise<Form> {
  const raw = await readBody(request);
  let form: FormData;
  try {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    form = await new Response(new Uint8Array(raw), { headers }).formData();
  } catch {
    throw new S3Error('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
  }
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (name.toLowerCase() === 'file') {
      if (form.getAll(name).length > 1) break;
      // What follows the file is ignored, as S3 does.
      if (typeof value === 'string') return { fields, file: { name: '', content: Buffer.from(value) } };
      return { fields, file: { name: value.name, content: Buffer.from(await value.arrayBuffer()) } };
    }
    if (typeof value !== 'string' || fields.has(name.toLowerCase())) {
      throw new S3Error('InvalidArgument', `The form holds the field ${name} twice, or as a file.`);
    }
    fields.set(name.toLowerCase(), value);
  }
  throw new S3Error('IncorrectNumberOfFilesInPostRequest', 'POST requires exactly one file upload per request.');
}
