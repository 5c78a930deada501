import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Objects } from '../../core/ports/objects.ts';
import type { Buckets } from './buckets.ts';

/** A client of the object store; region, endpoint and credentials come from the standard environment. */
export const objectsClient = (): S3Client => new S3Client({ maxAttempts: 3 });

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** The documents' buckets. */
export function createObjects(client: S3Client, buckets: Buckets, now: () => number): Objects {
  return {
    async presignPost({ place, contentType, size, sha256, validFor }) {
      const expiresAt = now() + validFor;
      const { url, fields } = await createPresignedPost(client, {
        Bucket: buckets[place.store],
        Key: place.key,
        Expires: seconds(validFor),
        Conditions: [['content-length-range', size, size]],
        Fields: {
          'Content-Type': contentType,
          'x-amz-checksum-algorithm': 'SHA256',
          'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
        },
      });
      return { url, fields, expiresAt };
    },

    async presignGet({ place, fileName, contentType, validFor }) {
      const expiresAt = now() + validFor;
      const command = new GetObjectCommand({
        Bucket: buckets[place.store],
        Key: place.key,
        ResponseContentType: contentType,
        ResponseContentDisposition: `inline; filename*=UTF-8''${rfc5987(fileName)}`,
        ResponseCacheControl: 'private, no-store',
      });
      return { url: await getSignedUrl(client, command, { expiresIn: seconds(validFor) }), expiresAt };
    },

    async read(place, mostBytes) {
      try {
        const { Body, ContentLength = 0 } = await client.send(
          new GetObjectCommand({ Bucket: buckets[place.store], Key: place.key }),
        );
        if (ContentLength > mostBytes) {
          await Body?.transformToWebStream().cancel();
          return { size: ContentLength };
        }
        return { size: ContentLength, bytes: (await Body?.transformToByteArray()) ?? new Uint8Array() };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}

/** A file name as a header may carry it. */
const rfc5987 = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
