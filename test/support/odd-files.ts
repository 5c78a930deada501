import { crc32, deflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';
import { encode } from 'jpeg-js';
import { PNG } from 'pngjs';

/** A PNG with its header changed and its checksum right again: what it says of itself is a lie. */
export function withPngHeader(png: Uint8Array, change: { width?: number; height?: number; interlace?: number }) {
  const changed = Buffer.from(png);
  if (change.width !== undefined) changed.writeUInt32BE(change.width, 16);
  if (change.height !== undefined) changed.writeUInt32BE(change.height, 20);
  if (change.interlace !== undefined) changed.writeUInt8(change.interlace, 28);
  changed.writeUInt32BE(crc32(changed.subarray(12, 29)), 29);
  return new Uint8Array(changed);
}

/** A JPEG that says it has another height than its picture. */
export function withJpegHeight(jpeg: Uint8Array, height: number): Uint8Array {
  const changed = Buffer.from(jpeg);
  changed.writeUInt16BE(height, changed.indexOf(Buffer.from([0xff, 0xc0])) + 5);
  return new Uint8Array(changed);
}

/** An image of one shade, with noise of so many shades around it, as a scanner makes of an empty glass. */
export function blankImage(kind: 'png' | 'jpeg', width: number, height: number, noise = 0): Uint8Array {
  const data = Buffer.alloc(width * height * 4, 240);
  for (let at = 0; noise > 0 && at < data.length; at += 4) {
    data.fill(240 - noise + ((Math.imul(at + 7, 0x9e3779b1) >>> 24) % (2 * noise)), at, at + 3);
  }
  if (kind === 'jpeg') return new Uint8Array(encode({ width, height, data }, 85).data);
  const png = new PNG({ width, height });
  png.data = data;
  return new Uint8Array(PNG.sync.write(png));
}

/** Everything in it can be seen through. */
export function transparentImage(width: number, height: number): Uint8Array {
  const png = new PNG({ width, height });
  for (let at = 0; at < png.data.length; at += 4) png.data[at] = at % 251;
  return new Uint8Array(PNG.sync.write(png));
}

/** A PDF by its library: with pages or none, encrypted or not, its objects packed into streams or not. */
export async function pdfBy(options: { pages: number; password?: string; packed: boolean }): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (let page = 0; page < options.pages; page++) pdf.addPage();
  if (options.password) pdf.encrypt({ userPassword: options.password, ownerPassword: 'owner' });
  return pdf.save({ useObjectStreams: options.packed, addDefaultPage: false });
}

/** A PDF whose stream of objects unpacks to so many bytes, by one filter or by several in a row. */
export function pdfBomb(unpacked: number, filter = '/FlateDecode'): Uint8Array {
  const packed = deflateSync(Buffer.alloc(unpacked, ' '));
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n'),
    Buffer.from(`3 0 obj\n<< /Type /ObjStm /N 0 /First 0 /Filter ${filter} /Length ${packed.length} >>\nstream\n`),
    packed,
    Buffer.from(`\nendstream\nendobj\n% ${'padding '.repeat(30)}\n`),
    Buffer.from('trailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n0\n%%EOF\n'),
  ]);
}

/** A PDF whose pages are a tree that names itself. */
export function pdfLoop(): Uint8Array {
  return new TextEncoder().encode(
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n' +
      '2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 3 >>\nendobj\n' +
      `% ${'padding '.repeat(30)}\ntrailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n0\n%%EOF\n`,
  );
}

/** A JPEG with so many empty scans after its picture, each of which would cost a decoder a pass. */
export function jpegOfManyScans(jpeg: Uint8Array, scans: number): Uint8Array {
  const scan = Buffer.from([0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00]);
  return Buffer.concat([
    jpeg.subarray(0, jpeg.length - 2),
    ...Array<Buffer>(scans).fill(scan),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** The smallest GIF, as a file of another type. */
export const gif = Buffer.concat([
  Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  Buffer.alloc(500),
]);
