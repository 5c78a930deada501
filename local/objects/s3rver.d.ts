declare module 's3rver' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  /** The parts of the Koa context that we touch. */
  export interface Context {
    readonly method: string;
    readonly state: Record<string, unknown>;
    get(header: string): string;
    remove(header: string): void;
  }

  export default class S3rver {
    constructor(options: { directory: string; silent: boolean; vhostBuckets: boolean });
    store: unknown;
    readonly context: { store: unknown };
    readonly middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[];
    readonly logger: { close(): void };
    on(event: 'error', listener: (error: Error & { expose?: boolean }) => void): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  }
}

declare module 's3rver/lib/models/object.js' {
  import type { Readable } from 'node:stream';

  export default class S3Object {
    static readonly ALLOWED_METADATA: string[];
    constructor(bucket: string, key: string, content: Readable | Buffer | null, metadata: Record<string, unknown>);
    readonly bucket: string;
    readonly key: string;
    readonly content: Readable | Buffer;
    readonly metadata: Record<string, string>;
    readonly size: number;
    readonly lastModifiedDate: Date;
  }
}

declare module 's3rver/lib/stores/filesystem.js' {
  import type S3Object from 's3rver/lib/models/object.js';

  export interface ListOptions {
    delimiter?: string | undefined;
    startAfter?: string | undefined;
    prefix?: string | undefined;
    maxKeys?: number | undefined;
  }

  export interface Listing {
    objects: S3Object[];
    commonPrefixes: string[];
    isTruncated: boolean;
  }

  export default class FilesystemStore {
    constructor(rootDirectory: string);
    getBucketPath(bucket: string): string;
    getResourcePath(bucket: string, key: string | undefined, resource: string): string;
    getMetadata(bucket: string, key: string): Promise<Record<string, string>>;
    putMetadata(bucket: string, key: string, metadata: Record<string, string>, md5: string): Promise<void>;
    putBucket(bucket: string): Promise<unknown>;
    existsObject(bucket: string, key: string): Promise<boolean>;
    putObject(object: S3Object): Promise<{ size: number; md5: string }>;
    deleteObject(bucket: string, key: string): Promise<void>;
    copyObject(
      fromBucket: string,
      fromKey: string,
      toBucket: string,
      toKey: string,
      replacement: Record<string, string> | null,
    ): Promise<Record<string, string>>;
    listObjects(bucket: string, options: ListOptions): Promise<Listing>;
  }
}
