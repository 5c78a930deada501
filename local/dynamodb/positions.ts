import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How far a mapping has read a stream: the last sequence number handled, by shard. */
export interface Positions {
  get(shardId: string): string | undefined;
  set(shardId: string, sequenceNumber: string): void;
}

/** Positions kept in a small file that is replaced whole; those of another stream (a table made anew) are forgotten. */
export function openPositions(dataDir: string, mappingId: string, streamArn: string): Positions {
  const folder = join(dataDir, 'streams');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${mappingId}.json`);
  const shards = new Map(Object.entries(readStored(file, streamArn)));
  return {
    get: (shardId) => shards.get(shardId),
    set(shardId, sequenceNumber) {
      shards.set(shardId, sequenceNumber);
      writeFileSync(`${file}.new`, JSON.stringify({ streamArn, shards: Object.fromEntries(shards) }));
      renameSync(`${file}.new`, file);
    },
  };
}

function readStored(file: string, streamArn: string): Record<string, string> {
  try {
    const stored: { streamArn: string; shards: Record<string, string> } = JSON.parse(readFileSync(file, 'utf8'));
    return stored.streamArn === streamArn ? stored.shards : {};
  } catch {
    return {};
  }
}
