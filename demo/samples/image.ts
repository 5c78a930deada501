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
  // Each encoder is given the values that it reads: a PNG without transparency has three for a pixel.
  const values = kind === 'jpeg' ? 4 : 3;
  const data = Buffer.alloc(width * height * values, 255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * values;
      const printed = isPrinted(Math.floor(x / CELL), Math.floor(y / CELL), seed);
      const paper = 225 + Math.floor((20 * y) / height);
      data[at] = printed ? 40 : paper;
      data[at + 1] = printed ? 40 : paper;
      data[at + 2] = printed ? 60 : 215 + Math.floor((20 * x) / width);
    }
  }
  if (kind === 'jpeg') return new Uint8Array(encode({ width, height, data }, 80).data);
  const png = new PNG({ width, height });
  png.data = data;
  return new Uint8Array(PNG.sync.write(png, { inputColorType: 2, inputHasAlpha: false, colorType: 2, filterType: 2 }));
}

/** Every other row holds print, with gaps where a hash of the place and the seed says so. */
function isPrinted(column: number, row: number, seed: number): boolean {
  if (row % 2 === 0) return false;
  let hash = Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca6b) ^ Math.imul(seed + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash >>> 8) & 3) === 0;
}
