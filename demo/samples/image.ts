import { encode } from 'jpeg-js';
import { PNG } from 'pngjs';

export interface SampleImage {
  readonly kind: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
  /** Another seed, another picture. */
  readonly seed: number;
}

/** Pixels of a side of the squares that stand for print. */
const CELL = 8;

/** A picture that looks like a scan to a machine: a tinted page with rows of dark squares. The same for the same wish. */
export function sampleImage({ kind, width, height, seed }: SampleImage): Uint8Array {
  return kind === 'jpeg'
    ? new Uint8Array(encode({ width, height, data: pixels(width, height, seed, 4) }, 80).data)
    : pngOf(width, height, pixels(width, height, seed, 3));
}

/** Colours without transparency all the way: to convert them takes the library three times as long as all the rest. */
function pngOf(width: number, height: number, rgb: Buffer): Uint8Array {
  const png = new PNG({ width, height });
  png.data = rgb;
  return new Uint8Array(PNG.sync.write(png, { inputColorType: 2, colorType: 2, inputHasAlpha: false, filterType: 2 }));
}

/** Red, green, blue and, where there are four channels, opaqueness of each point, row after row. */
function pixels(width: number, height: number, seed: number, channels: 3 | 4): Buffer {
  const data = Buffer.alloc(width * height * channels, 255);
  for (let y = 0; y < height; y++) {
    const paper = 225 + Math.floor((20 * y) / height);
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      const printed = isPrinted(Math.floor(x / CELL), Math.floor(y / CELL), seed);
      data[at] = printed ? 40 : paper;
      data[at + 1] = printed ? 40 : paper;
      data[at + 2] = printed ? 60 : 215 + Math.floor((20 * x) / width);
    }
  }
  return data;
}

/** Every other row holds print, with gaps where a hash of the place and the seed says so. */
function isPrinted(column: number, row: number, seed: number): boolean {
  if (row % 2 === 0) return false;
  let hash = Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca6b) ^ Math.imul(seed + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash >>> 8) & 3) === 0;
}
