import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Document } from '../../../core/documents/document.ts';
import { judgeContent } from '../../../core/documents/inspection.ts';
import { MOST_PIXELS } from '../../../core/documents/limits.ts';
import { sampleImage, samplePdf } from '../../../demo/samples/index.ts';
import { inspect } from '../../../functions/documents-api/inspection.ts';
import { hexSha256 } from '../../support/documents-world.ts';
import {
  blankImage,
  gif,
  jpegOfManyScans,
  pdfBomb,
  pdfBy,
  pdfLoop,
  transparentImage,
  withJpegHeight,
  withPngHeader,
} from '../../support/odd-files.ts';

const png = sampleImage({ kind: 'png', width: 900, height: 900, seed: 1 });
const jpeg = sampleImage({ kind: 'jpeg', width: 900, height: 900, seed: 1 });
const pdf = samplePdf(['云服务合同']);
const plainPdf = await pdfBy({ pages: 1, packed: false });
const packedPdf = await pdfBy({ pages: 2, packed: true });
const emptyPdf = await pdfBy({ pages: 0, packed: false });
const lockedPdf = await pdfBy({ pages: 1, packed: false, password: 'x' });
const lockedPackedPdf = await pdfBy({ pages: 1, packed: true, password: 'x' });

type Type = Document['contentType'];

/** The rule that refuses a content uploaded under this type, or `accepted`. */
async function outcomeOf(content: Uint8Array, contentType: Type, purpose: Document['purpose'] = 'business-licence') {
  const document = {
    purpose,
    organisationId: 'org_1',
    contentType,
    size: content.byteLength,
    sha256: hexSha256(content),
  };
  const judged = judgeContent(document, await inspect(content));
  return judged.ok ? 'accepted' : judged.failure.rule;
}

describe('what is accepted', () => {
  test.each<[string, Uint8Array, Type]>([
    ['a PNG', png, 'image/png'],
    ['a JPEG', jpeg, 'image/jpeg'],
    ['a PDF', pdf, 'application/pdf'],
    ['a PDF with its objects packed', packedPdf, 'application/pdf'],
    ['a PDF with its objects plain', plainPdf, 'application/pdf'],
  ])('%s', async (_, content, type) => {
    expect(await outcomeOf(content, type)).toBe('accepted');
  });

  test('the facts are those of the content', async () => {
    expect(await inspect(png)).toMatchObject({
      size: png.byteLength,
      sha256: hexSha256(png),
      type: 'image/png',
      image: { width: 900, height: 900, interlaced: false },
      opened: { as: 'image' },
    });
  });
});

describe('what is refused, and why', () => {
  test.each<[string, Uint8Array, Type, string]>([
    ['a JPEG under the name of a PNG', jpeg, 'image/png', 'document-wrong-type'],
    ['a PNG under the name of a PDF', png, 'application/pdf', 'document-wrong-type'],
    ['a GIF under the name of a PNG', gif, 'image/png', 'document-wrong-type'],
    ['a web page', Buffer.from('<!doctype html><script>1</script>'.repeat(20)), 'image/png', 'document-wrong-type'],
    ['random bytes', Buffer.alloc(1000, 7), 'application/pdf', 'document-wrong-type'],
    ['nothing', new Uint8Array(), 'image/png', 'document-empty'],
    ['half a PNG', png.slice(0, png.length / 2), 'image/png', 'document-not-decodable'],
    ['half a JPEG', jpeg.slice(0, jpeg.length / 2), 'image/jpeg', 'document-not-decodable'],
    ['half a PDF', pdf.slice(0, pdf.length / 2), 'application/pdf', 'document-not-decodable'],
    [
      'a PNG with something behind it',
      Buffer.concat([png, Buffer.from('<script>')]),
      'image/png',
      'document-not-decodable',
    ],
    [
      'the beginning of a JPEG',
      Buffer.concat([jpeg.slice(0, 20), Buffer.alloc(500)]),
      'image/jpeg',
      'document-not-decodable',
    ],
    [
      'a licence of 799 pixels',
      sampleImage({ kind: 'png', width: 799, height: 2000, seed: 1 }),
      'image/png',
      'document-resolution-too-low',
    ],
    ['an interlaced PNG', withPngHeader(png, { interlace: 1 }), 'image/png', 'document-interlaced'],
    [
      'a PNG that would unpack to gigabytes',
      withPngHeader(png, { width: 60_000, height: 60_000 }),
      'image/png',
      'document-too-many-pixels',
    ],
    ['a PNG with fewer rows than it says', withPngHeader(png, { height: 4000 }), 'image/png', 'document-not-decodable'],
    [
      'a PNG with one row fewer than it says',
      withPngHeader(png, { height: 901 }),
      'image/png',
      'document-not-decodable',
    ],
    [
      'a PNG with one row more than it says',
      withPngHeader(png, { height: 899 }),
      'image/png',
      'document-not-decodable',
    ],
    ['a JPEG with fewer rows than it says', withJpegHeight(jpeg, 2000), 'image/jpeg', 'document-not-decodable'],
    ['a white PNG', blankImage('png', 900, 900), 'image/png', 'document-illegible'],
    ['a white JPEG', blankImage('jpeg', 900, 900), 'image/jpeg', 'document-illegible'],
    ['the noise of an empty scanner', blankImage('jpeg', 900, 900, 8), 'image/jpeg', 'document-illegible'],
    ['a transparent PNG', transparentImage(900, 900), 'image/png', 'document-illegible'],
    ['a JPEG of a thousand scans', jpegOfManyScans(jpeg, 1000), 'image/jpeg', 'document-not-decodable'],
    ['an encrypted PDF', lockedPdf, 'application/pdf', 'document-pdf-encrypted'],
    ['an encrypted PDF, packed', lockedPackedPdf, 'application/pdf', 'document-pdf-encrypted'],
    ['a PDF without pages', emptyPdf, 'application/pdf', 'document-pdf-without-pages'],
    ['a PDF whose pages go in a circle', pdfLoop(), 'application/pdf', 'document-pdf-without-pages'],
    ['a PDF that unpacks beyond measure', pdfBomb(40 * 1024 * 1024), 'application/pdf', 'document-not-decodable'],
    [
      'a PDF that packs twice',
      pdfBomb(1000, '[/FlateDecode /FlateDecode]'),
      'application/pdf',
      'document-not-decodable',
    ],
  ])('%s', async (_, content, type, rule) => {
    expect(await outcomeOf(content, type)).toBe(rule);
  });

  test('an ID card may be smaller than a licence, a contract is between them', async () => {
    const small = sampleImage({ kind: 'png', width: 480, height: 760, seed: 3 });
    expect(await outcomeOf(small, 'image/png', 'id-card-front')).toBe('accepted');
    expect(await outcomeOf(small, 'image/png', 'contract')).toBe('document-resolution-too-low');
    const middle = sampleImage({ kind: 'png', width: 600, height: 760, seed: 3 });
    expect(await outcomeOf(middle, 'image/png', 'contract')).toBe('accepted');
    expect(await outcomeOf(middle, 'image/png', 'business-licence')).toBe('document-resolution-too-low');
  });

  test('an image of more pixels than may be unpacked is not unpacked', async () => {
    const facts = await inspect(withPngHeader(png, { width: 4001, height: MOST_PIXELS / 4000 }));
    expect(facts.image).toMatchObject({ width: 4001 });
    expect(facts).not.toHaveProperty('opened');
  });
});

describe('whatever is uploaded', () => {
  const base = fc.constantFrom(
    sampleImage({ kind: 'png', width: 64, height: 48, seed: 1 }),
    sampleImage({ kind: 'jpeg', width: 64, height: 48, seed: 1 }),
    pdf,
  );
  const damaged = fc
    .tuple(
      base,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 20 }),
      fc.option(fc.nat()),
    )
    .map(([content, changes, cut]) => {
      const copy = content.slice();
      for (const [at, byte] of changes) copy[at % copy.length] = byte;
      return cut === null ? copy : copy.slice(0, cut % copy.length);
    });

  test('is inspected without failing and twice alike, however it is damaged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 2000 })), async (content) => {
        const facts = await inspect(content);
        expect(facts.size).toBe(content.byteLength);
        expect(facts.sha256).toBe(hexSha256(content));
        expect(await inspect(content)).toEqual(facts);
      }),
      { numRuns: 300 },
    );
  });
});
