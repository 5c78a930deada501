import { type ContentType, type DocumentPurpose, limitsOf } from '../../../contracts/uploads.ts';

/** A picture as it was opened: how large, and what somebody who must read it would complain about. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly hints: readonly Hint[];
}

/** Advice, never a refusal: a person who sees the picture knows better. */
export type Hint = 'blurred' | 'dark' | 'bright' | 'small';

/** Judged on a copy this wide: enough for edges of print, and fast on an old phone. */
const LOOKED_AT = 480;
/** Mean of squared differences to the neighbours, of 255 shades: scans of print have hundreds, a shaken photograph few. */
const LEAST_SHARPNESS = 12;
const DARK = 60;
const BRIGHT = 252;
/** Legible as required, but only just. */
const COMFORTABLE = 1.2;

export const isPicture = (file: Blob): boolean => file.type === 'image/jpeg' || file.type === 'image/png';

/** Opens an image, the way up that it was taken. Undefined: it cannot be opened. */
export async function lookAt(file: Blob, purpose: DocumentPurpose): Promise<Picture | undefined> {
  const image = await createImageBitmap(file).catch(() => undefined);
  if (!image) return undefined;
  const { width, height } = image;
  const shades = shadesOf(image);
  image.close();
  const small = Math.min(width, height) < limitsOf(purpose).shortestSide * COMFORTABLE;
  return { width, height, hints: [...(shades ? complaints(shades) : []), ...(small ? (['small'] as const) : [])] };
}

interface Shades {
  readonly width: number;
  readonly grey: Float32Array;
}

function shadesOf(image: ImageBitmap): Shades | undefined {
  const scale = Math.min(1, LOOKED_AT / image.width);
  const canvas = canvasOf(image, scale);
  const { width, height } = canvas;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
  if (!pixels) return undefined;
  const grey = Float32Array.from({ length: width * height }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(i * 4, i * 4 + 3);
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  });
  return { width, grey };
}

function complaints({ width, grey }: Shades): Hint[] {
  let total = 0;
  let edges = 0;
  for (let i = 0; i < grey.length; i += 1) {
    const here = grey[i] ?? 0;
    total += here;
    const right = (i + 1) % width === 0 ? here : (grey[i + 1] ?? here);
    const below = grey[i + width] ?? here;
    edges += (here - right) ** 2 + (here - below) ** 2;
  }
  const mean = total / grey.length;
  if (mean < DARK) return ['dark'];
  if (mean > BRIGHT) return ['bright'];
  return edges / grey.length < LEAST_SHARPNESS ? ['blurred'] : [];
}

function canvasOf(image: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const QUALITY = 0.88;
/** Room for rounding, below the most that is opened. */
const SAFE = 0.95;

/**
 * A photograph that is too large for its purpose, made smaller: telephones take more than anybody needs to read a card.
 * The file itself when it fits, or when it cannot be made to.
 */
export async function fitted(file: File, purpose: DocumentPurpose): Promise<File> {
  const { mostBytes, mostPixels, types } = limitsOf(purpose);
  const type: ContentType = 'image/jpeg';
  const image = await createImageBitmap(file).catch(() => undefined);
  if (!image) return file;
  const pixels = image.width * image.height;
  if ((file.size <= mostBytes && pixels <= mostPixels) || !types.includes(type)) return file;
  const canvas = canvasOf(image, Math.min(1, Math.sqrt((mostPixels * SAFE) / pixels)));
  image.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, QUALITY));
  return blob && blob.size <= mostBytes ? new File([blob], `${file.name.replace(/\.[^.]*$/, '')}.jpg`, { type }) : file;
}
