import { S3Error } from './s3-error.ts';

/** The bucket and key of a path-style address; both empty for `/`. */
export function parseAddress(path: string): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  try {
    return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) };
  } catch {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.", { URI: path });
  }
}

/** A key becomes a path below the data directory: refuses those that would leave it or meet the files beside an object. */
export function requireSafeKey(key: string): void {
  if (Buffer.byteLength(key) > 1024 || key.split('/').some((part) => Buffer.byteLength(part) > 180)) {
    throw new S3Error('KeyTooLongError', 'Your key is too long');
  }
  const parts = key.split('/');
  const unsafe = parts.some((part, at) => part === '.' || part === '..' || (part === '' && at < parts.length - 1));
  if (unsafe || key === '' || key.includes('\0') || key.includes('._S3rver_')) {
    throw new S3Error('InvalidArgument', 'This store does not hold objects of this key.', { ArgumentName: 'key' });
  }
}
