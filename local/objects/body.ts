import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-error.ts';
import type { PayloadClaim } from './signature.ts';

/**
 * A body is held in memory until it was checked, so that nothing wrong ever reaches the disk. This store is for
 * documents: what is larger is refused.
 */
export const LARGEST_BODY = 128 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) {
      throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed object size.', {
        MaxSizeAllowed: LARGEST_BODY,
      });
    }
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}

/**
 * The object inside a request body: unwrapped if it came in chunks, and equal to everything that headers and trailers say
 * about it. `checksums` are those declared, as `x-amz-checksum-…` headers.
 */
export function openBody(
  raw: Buffer,
  claim: PayloadClaim,
  headers: Readonly<Record<string, string>>,
): { content: Buffer; checksums: Record<string, string> } {
  let content = raw;
  let trailers: Record<string, string> = {};
  if (claim === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    ({ content, trailers } = unwrapChunks(raw));
    if (headers['x-amz-decoded-content-length'] !== String(content.length)) {
      throw new S3Error(
        'IncompleteBody',
        'You did not provide the number of bytes specified by x-amz-decoded-content-length',
      );
    }
    const announced = (headers['x-amz-trailer'] ?? '').toLowerCase();
    for (const name of Object.keys(trailers)) {
      if (!announced.split(/\s*,\s*/).includes(name)) {
        throw new S3Error('InvalidRequest', `The trailer ${name} was not announced.`);
      }
    }
    for (const name of announced.split(/\s*,\s*/).filter(Boolean)) {
      if (trailers[name] === undefined) throw new S3Error('IncompleteBody', `The trailer ${name} is missing.`);
    }
  } else if (claim.startsWith('STREAMING-')) {
    throw new S3Error('NotImplemented', `This store does not read bodies of the form ${claim}.`);
  } else if (/^[0-9a-f]{64}$/i.test(claim)) {
    if (hash('sha256', raw).toString('hex') !== claim.toLowerCase()) {
      throw new S3Error(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    }
  } else if (claim !== 'UNSIGNED-PAYLOAD') {
    throw new S3Error('InvalidArgument', 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD or a valid sha256 value.');
  }
  return { content, checksums: checkDigests(content, { ...headers, ...trailers }) };
}

/** Compares the content with each digest declared about it; answers with the `x-amz-checksum-…` among them. */
export function checkDigests(content: Buffer, declared: Readonly<Record<string, string>>): Record<string, string> {
  const md5 = declared['content-md5'];
  if (md5 !== undefined) requireDigest('Content-MD5', md5, hash('md5', content), 'InvalidDigest');
  const checksums: Record<string, string> = {};
  for (const [name, value] of Object.entries(declared)) {
    if (!name.startsWith('x-amz-checksum-') || NOT_A_DIGEST.has(name)) continue;
    const algorithm = name.slice('x-amz-checksum-'.length);
    const compute = DIGESTS[algorithm];
    // Accepting what we cannot check would be worse than refusing it.
    if (!compute) throw new S3Error('NotImplemented', `This store does not compute ${algorithm} checksums.`);
    requireDigest(algorithm.toUpperCase(), value, compute(content), 'InvalidRequest');
    checksums[name] = value;
  }
  return checksums;
}

/** Header names under which declared checksums are kept with the object. */
export const CHECKSUM_HEADERS = ['crc32', 'sha1', 'sha256'].map((algorithm) => `x-amz-checksum-${algorithm}`);

const NOT_A_DIGEST = new Set(['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type']);

const hash = (algorithm: string, content: Buffer) => createHash(algorithm).update(content).digest();

const DIGESTS: Readonly<Record<string, (content: Buffer) => Buffer>> = {
  sha256: (content) => hash('sha256', content),
  sha1: (content) => hash('sha1', content),
  crc32: (content) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(content));
    return bytes;
  },
};

function requireDigest(name: string, given: string, computed: Buffer, malformed: 'InvalidDigest' | 'InvalidRequest') {
  const bytes = Buffer.from(given, 'base64');
  if (bytes.length !== computed.length || bytes.toString('base64') !== given) {
    throw new S3Error(malformed, `The ${name} you specified is not a valid digest.`);
  }
  if (!bytes.equals(computed)) {
    throw new S3Error('BadDigest', `The ${name} you specified did not match the calculated checksum.`, {
      CalculatedDigest: computed.toString('base64'),
    });
  }
}

/** `size;extensions CRLF bytes CRLF … 0 CRLF trailers CRLF`, the form the SDK sends streams in. */
function unwrapChunks(raw: Buffer): { content: Buffer; trailers: Record<string, string> } {
  const incomplete = () => new S3Error('IncompleteBody', 'The chunks of the request body do not add up.');
  let position = 0;
  const line = () => {
    const end = raw.indexOf('\r\n', position);
    if (end < 0) throw incomplete();
    const text = raw.toString('latin1', position, end);
    position = end + 2;
    return text;
  };
  const parts: Buffer[] = [];
  for (;;) {
    const size = /^([0-9a-f]{1,8})(;.*)?$/i.exec(line())?.[1];
    if (size === undefined) throw incomplete();
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    parts.push(raw.subarray(position, position + length));
    position += length;
    if (raw.toString('latin1', position, position + 2) !== '\r\n') throw incomplete();
    position += 2;
  }
  const trailers: Record<string, string> = {};
  while (position < raw.length) {
    const text = line();
    if (text === '') break;
    const colon = text.indexOf(':');
    if (colon < 1) throw incomplete();
    trailers[text.slice(0, colon).trim().toLowerCase()] = text.slice(colon + 1).trim();
  }
  return { content: Buffer.concat(parts), trailers };
}
