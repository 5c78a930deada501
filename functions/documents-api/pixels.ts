import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { MOST_PIXELS } from '../../core/documents/limits.ts';
import { hasAllRows } from './png-rows.ts';

/** An unpacked image: `channels` bytes a pixel, red, green, blue and perhaps opacity. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

/** Progressive images have some ten scans. Each costs a pass over all blocks, also when it holds nothing. */
const MOST_SCANS = 100;

/** Unpacks an image whose header was checked before; undefined when it is damaged or incomplete. */
export function decodeImage(content: Uint8Array, type: 'image/png' | 'image/jpeg'): Pixels | undefined {
  try {
    return type === 'image/png' ? png(content) : jpeg(content);
  } catch {
    return undefined;
  }
}

function png(content: Uint8Array): Pixels | undefined {
  if (!hasAllRows(content)) return undefined;
  const { width, height, data } = PNG.sync.read(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  return { width, height, channels: 4, data };
}

function jpeg(content: Uint8Array): Pixels | undefined {
  if (scansOf(content) > MOST_SCANS) return undefined;
  const { width, height, data } = decodeJpeg(content, {
    formatAsRGBA: false,
    tolerantDecoding: false,
    useTArray: true,
    maxResolutionInMP: MOST_PIXELS / 1_000_000,
  });
  return { width, height, channels: 3, data };
}

/** Markers that start a scan: the bytes FF DA, which coded data never holds. */
function scansOf(content: Uint8Array): number {
  let scans = 0;
  for (let at = content.indexOf(0xff); at >= 0; at = content.indexOf(0xff, at + 1)) {
    if (content[at + 1] === 0xda) scans += 1;
  }
  return scans;
}
