import type { DocumentStore } from './document-store.ts';
import { S3Error, xmlDocument } from './s3-error.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const LARGEST_PAGE = 1000;

/** The answer to ListObjectsV2 (`s3rver` makes its continuation tokens with a cipher that current OpenSSL has no more). */
export async function listObjectsV2(store: DocumentStore, bucket: string, query: URLSearchParams): Promise<string> {
  const asked = query.get('max-keys') ?? String(LARGEST_PAGE);
  if (!/^\d{1,9}$/.test(asked)) throw new S3Error('InvalidArgument', 'Argument maxKeys must be an integer');
  const maxKeys = Math.min(Number(asked), LARGEST_PAGE);
  const token = query.get('continuation-token');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? undefined;
  const startAfter = token === null ? (query.get('start-after') ?? undefined) : readToken(token);
  const encodes = query.get('encoding-type') === 'url';
  const name = (text: string) => (encodes ? encodeURIComponent(text).replaceAll('%2F', '/') : text);

  const page = await store.listObjects(bucket, { prefix, delimiter, startAfter, maxKeys });
  const truncated = page.isTruncated && page.last !== undefined;
  return xmlDocument(
    'ListBucketResult',
    {
      Name: bucket,
      Prefix: name(prefix),
      Delimiter: delimiter === undefined ? undefined : name(delimiter),
      StartAfter: token === null && startAfter !== undefined ? name(startAfter) : undefined,
      ContinuationToken: token ?? undefined,
      NextContinuationToken: truncated && page.last !== undefined ? makeToken(page.last) : undefined,
      EncodingType: encodes ? 'url' : undefined,
      KeyCount: page.objects.length + page.commonPrefixes.length,
      MaxKeys: maxKeys,
      IsTruncated: truncated,
      Contents: page.objects.map((object) => ({
        Key: name(object.key),
        LastModified: object.lastModifiedDate.toISOString(),
        ETag: object.metadata.etag,
        Size: object.size,
        StorageClass: 'STANDARD',
      })),
      CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: name(common) })),
    },
    NAMESPACE,
  );
}

const makeToken = (last: string) => Buffer.from(`after:${last}`).toString('base64url');

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (text.startsWith('after:')) return text.slice('after:'.length);
  throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect');
}
