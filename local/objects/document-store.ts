import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import S3Object from 's3rver/lib/models/object.js';
import FilesystemStore, { type Listing, type ListOptions } from 's3rver/lib/stores/filesystem.js';
import { requireSafeKey } from './address.ts';
import { CHECKSUM_HEADERS } from './body.ts';

S3Object.ALLOWED_METADATA.push(...CHECKSUM_HEADERS, 'x-amz-server-side-encryption');

/**
 * The files of `s3rver`, written so that they can be relied on: an object is there whole or not at all, also after a
 * crash, it is dated by the runtime's clock, and lists are in the order of S3 (`s3rver` alone answers before the bytes
 * are written, and lists directories in the order of the file system).
 */
export class DocumentStore extends FilesystemStore {
  readonly #now: () => number;

  constructor(directory: string, now: () => number) {
    super(directory);
    this.#now = now;
  }

  override async putObject(object: S3Object): Promise<{ size: number; md5: string }> {
    const path = this.getResourcePath(object.bucket, object.key, 'object');
    const temporary = `${path}.${randomUUID()}.tmp`;
    const hash = createHash('md5');
    let size = 0;
    await mkdir(dirname(path), { recursive: true });
    try {
      await pipeline(
        Buffer.isBuffer(object.content) ? Readable.from([object.content]) : object.content,
        async function* (source: AsyncIterable<Buffer>) {
          for await (const part of source) {
            hash.update(part);
            size += part.length;
            yield part;
          }
        },
        createWriteStream(temporary, { flush: true }),
      );
      const now = new Date(this.#now());
      await utimes(temporary, now, now);
      const md5 = hash.digest('hex');
      // The object's own file comes last: with it the object exists.
      await this.putMetadata(object.bucket, object.key, object.metadata, md5);
      await rename(temporary, path);
      return { size, md5 };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  override async copyObject(
    fromBucket: string,
    fromKey: string,
    toBucket: string,
    toKey: string,
    replacement: Record<string, string> | null,
  ): Promise<Record<string, string>> {
    const source = await this.getMetadata(fromBucket, fromKey);
    const checksums = Object.entries(source).filter(([name]) => CHECKSUM_HEADERS.includes(name));
    const metadata = replacement ? { ...replacement, ...Object.fromEntries(checksums) } : source;
    const content = createReadStream(this.getResourcePath(fromBucket, fromKey, 'object'));
    await this.putObject(new S3Object(toBucket, toKey, content, metadata));
    return this.getMetadata(toBucket, toKey);
  }

  /** In new files, not over the old ones: a backup may hold those by another name. */
  override async putMetadata(
    bucket: string,
    key: string,
    metadata: Record<string, string>,
    md5: string,
  ): Promise<void> {
    for (const file of ['object.md5', 'metadata.json']) {
      await rm(this.getResourcePath(bucket, key, file), { force: true });
    }
    await super.putMetadata(bucket, key, metadata, md5);
  }

  /** Leaves empty directories behind: removing them would race with whoever is about to write into them. */
  override async deleteObject(bucket: string, key: string): Promise<void> {
    for (const file of ['object', 'object.md5', 'metadata.json']) {
      await rm(this.getResourcePath(bucket, key, file), { force: true });
    }
  }

  /** Every file of an object comes through here, also of keys that only the body of a request names. */
  override getResourcePath(bucket: string, key: string | undefined, resource: string): string {
    if (key !== undefined) requireSafeKey(key);
    return super.getResourcePath(bucket, key, resource);
  }

  override async listObjects(bucket: string, options: ListOptions): Promise<Listing & { last: string | undefined }> {
    const { delimiter = '', startAfter = '', prefix = '', maxKeys = Number.POSITIVE_INFINITY } = options;
    const keys: string[] = [];
    const commonPrefixes = new Set<string>();
    let isTruncated = false;
    let last: string | undefined;
    for (const key of await this.#keys(bucket)) {
      if (!key.startsWith(prefix) || byBytes(key, startAfter) <= 0) continue;
      const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
      const entry = end < 0 ? key : key.slice(0, end + delimiter.length);
      // A page that ended with a common prefix spoke for everything below it.
      if (commonPrefixes.has(entry) || (end >= 0 && entry === startAfter)) continue;
      if (keys.length + commonPrefixes.size >= maxKeys) {
        isTruncated = true;
        break;
      }
      if (end < 0) keys.push(key);
      else commonPrefixes.add(entry);
      last = entry;
    }
    const objects = keys.map(
      async (key) => new S3Object(bucket, key, null, { ...(await this.getMetadata(bucket, key)) }),
    );
    return { objects: await Promise.all(objects), commonPrefixes: [...commonPrefixes], isTruncated, last };
  }

  async #keys(bucket: string): Promise<string[]> {
    const suffix = '._S3rver_object';
    const files = await readdir(this.getBucketPath(bucket), { recursive: true });
    return files
      .filter((file) => file.endsWith(suffix))
      .map((file) => file.slice(0, -suffix.length))
      .sort(byBytes);
  }
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
