import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface Digest {
  readonly size: number;
  readonly sha256: string;
}

/** Writes a new file for its owner's eyes only, and digests it on the way. */
export async function writeDigested(
  target: string,
  content: Iterable<Buffer> | AsyncIterable<Buffer>,
  modified: Date,
): Promise<Digest> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const digest = digesting();
  await pipeline(
    async function* () {
      for await (const chunk of content) {
        digest.add(chunk);
        yield chunk;
      }
    },
    createWriteStream(target, { flags: 'wx', mode: 0o600 }),
  );
  await utimes(target, modified, modified);
  return digest.result();
}

export async function digestOf(path: string): Promise<Digest> {
  const digest = digesting();
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) digest.add(chunk);
  return digest.result();
}

function digesting() {
  const hash = createHash('sha256');
  let size = 0;
  return {
    add(chunk: Buffer) {
      hash.update(chunk);
      size += chunk.length;
    },
    result: (): Digest => ({ size, sha256: hash.digest('hex') }),
  };
}
