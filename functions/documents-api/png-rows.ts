import { inflateSync } from 'node:zlib';

/** Samples of a pixel by the header's colour type. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const SIGNATURE_BYTES = 8;
const CHUNK_FRAME_BYTES = 12;

/**
 * Whether a PNG that isn't interlaced holds exactly the rows that its header promises. The decoder doesn't ask: it
 * shows whatever lies in memory where rows are missing. @throws when the packed data is damaged.
 */
export function hasAllRows(content: Uint8Array): boolean {
  const file = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const [width, height, depth, colour] = [file.readUInt32BE(16), file.readUInt32BE(20), file[24], file[25]];
  const samples = samplesOf[colour ?? -1];
  if (!depth || !samples) return false;
  const promised = (1 + Math.ceil((width * depth * samples) / 8)) * height;
  // Nothing unpacks beyond what was promised: one byte more is refused.
  return inflateSync(Buffer.concat(imageData(file)), { maxOutputLength: promised }).byteLength === promised;
}

/** Contents of the chunks that hold the picture, in their order. */
function imageData(file: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = SIGNATURE_BYTES; at + CHUNK_FRAME_BYTES <= file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(file.subarray(at + 8, at + 8 + length));
    at += CHUNK_FRAME_BYTES + length;
  }
  return parts;
}
