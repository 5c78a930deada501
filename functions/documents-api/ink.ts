import type { Pixels } from './pixels.ts';

/** About so many pixels are looked at, evenly spread: enough for a share of a thousandth. */
const SAMPLES = 400_000;

/** Shades that a scanner's noise keeps within, of 256. */
const NOISE = 24;

/** Share of the pixels whose shade stands out from the most frequent one: 0 for a blank sheet. */
export function inkOf({ width, height, channels, data }: Pixels): number {
  const pixels = width * height;
  const step = Math.max(1, Math.floor(pixels / SAMPLES));
  const histogram = new Uint32Array(256);
  let sampled = 0;
  for (let pixel = 0; pixel < pixels; pixel += step) {
    const shade = shadeAt(data, pixel * channels, channels);
    histogram[shade] = (histogram[shade] ?? 0) + 1;
    sampled += 1;
  }
  const paper = histogram.indexOf(Math.max(...histogram));
  const ink = histogram.reduce((sum, count, shade) => (Math.abs(shade - paper) > NOISE ? sum + count : sum), 0);
  return sampled === 0 ? 0 : ink / sampled;
}

/** Luminance of a pixel on white paper (ITU-R BT.601). */
function shadeAt(data: Uint8Array, at: number, channels: 3 | 4): number {
  const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
  const luminance = (299 * red + 587 * green + 114 * blue) / 1000;
  const opacity = channels === 4 ? (data[at + 3] ?? 255) / 255 : 1;
  return Math.round(luminance * opacity + 255 * (1 - opacity));
}
