import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';
import { type ContentFacts, mayDecode } from '../../core/documents/inspection.ts';
import { inkOf } from './ink.ts';
import { decodeImage } from './pixels.ts';

type Opened = NonNullable<ContentFacts['opened']>;

/** Finds out what a content is, by the content alone: its name and its declared type play no part. */
export async function inspect(content: Uint8Array): Promise<ContentFacts> {
  const facts = {
    size: content.byteLength,
    sha256: createHash('sha256').update(content).digest('hex'),
    type: (await fileTypeFromBuffer(content).catch(() => undefined))?.mime ?? 'unknown',
  };
  switch (facts.type) {
    case 'application/pdf':
      return { ...facts, opened: await openPdf(content) };
    case 'image/png':
    case 'image/jpeg': {
      const image = headerOf(content, facts.type);
      if (!image) return { ...facts, opened: { as: 'damaged' } };
      return mayDecode(image) ? { ...facts, image, opened: openImage(content, facts.type) } : { ...facts, image };
    }
    default:
      return facts;
  }
}

/** Byte of a PNG's header that says whether its rows come in seven passes. */
const PNG_INTERLACE = 28;

function headerOf(content: Uint8Array, type: 'image/png' | 'image/jpeg'): ContentFacts['image'] {
  try {
    const { width, height } = imageSize(content);
    if (!(width > 0 && height > 0)) return undefined;
    return { width, height, interlaced: type === 'image/png' && content[PNG_INTERLACE] !== 0 };
  } catch {
    return undefined;
  }
}

function openImage(content: Uint8Array, type: 'image/png' | 'image/jpeg'): Opened {
  const pixels = decodeImage(content, type);
  return pixels ? { as: 'image', ink: inkOf(pixels) } : { as: 'damaged' };
}

/** The parser is large and most uploads are images: it is loaded when the first PDF arrives. */
async function openPdf(content: Uint8Array): Promise<Opened> {
  const { readPdf } = await import('./pdf.ts');
  const found = await readPdf(content);
  return found ? { as: 'pdf', ...found } : { as: 'damaged' };
}
