import { inflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFParser,
  PDFRawStream,
  type PDFRef,
} from '@cantoo/pdf-lib';

/** What a PDF says of itself. */
export interface PdfFacts {
  readonly encrypted: boolean;
  readonly hasPages: boolean;
}

/** Reads the structure of a PDF; undefined when it is damaged. Nothing in it is run or shown. */
export async function readPdf(content: Uint8Array): Promise<PdfFacts | undefined> {
  if (!isWhole(content)) return undefined;
  try {
    const context = await new GuardedParser(content, Number.POSITIVE_INFINITY, REFUSE_BROKEN_OBJECTS).parseDocument();
    const encrypted = context.trailerInfo.Encrypt !== undefined;
    return { encrypted, hasPages: encrypted || hasPages(context) };
  } catch {
    // The objects of an encrypted file may be unreadable; that it is encrypted stands in the open.
    return Buffer.from(content).includes('/Encrypt') ? { encrypted: true, hasPages: true } : undefined;
  }
}

/** Looking for the end of each broken object takes time that grows with the square of the file. */
const REFUSE_BROKEN_OBJECTS = true;

/** A PDF says where it ends, within its last kilobyte; the parser alone would make something of a part, too. */
const isWhole = (content: Uint8Array): boolean => Buffer.from(content.slice(-1024)).includes('%%EOF');

/** Object streams hold dictionaries: this much is a book. */
const MOST_UNPACKED = 32 * 1024 * 1024;

/** Of the deflate format. */
const HIGHEST_RATIO = 1032;

/** The only streams that parsing unpacks are those of objects and cross-references: they stay small, or the file is refused. */
class GuardedParser extends PDFParser {
  private unpacked = 0;

  override parseObject(ref?: PDFRef): PDFObject {
    const object = ref ? super.parseObject(ref) : super.parseObject();
    if (object instanceof PDFRawStream && isStructural(object.dict)) {
      const filter = object.dict.lookup(PDFName.of('Filter'));
      const unpacked = filter === PDFName.of('FlateDecode') ? unpackedSize(object.contents) : filter ? Infinity : 0;
      this.unpacked += unpacked;
      if (this.unpacked > MOST_UNPACKED) {
        throw new RangeError('a stream of objects beyond all measure, or in a packing of its own');
      }
    }
    return object;
  }
}

const isStructural = (dict: PDFDict): boolean => {
  const type = dict.lookup(PDFName.of('Type'));
  return type === PDFName.of('ObjStm') || type === PDFName.of('XRef');
};

/** Bytes that a packed stream has at most; what can't be measured counts by the highest ratio that packing reaches. */
function unpackedSize(packed: Uint8Array): number {
  try {
    return inflateSync(packed, { maxOutputLength: MOST_UNPACKED }).byteLength;
  } catch {
    return packed.byteLength * HIGHEST_RATIO;
  }
}

/** Whether the tree of pages has a leaf. Each node is visited once, however often it is named. */
function hasPages(context: PDFContext): boolean {
  const root = context.lookup(context.trailerInfo.Root);
  const waiting: (PDFObject | undefined)[] = root instanceof PDFDict ? [root.get(PDFName.of('Pages'))] : [];
  const seen = new Set<PDFObject>();
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const node = context.lookup(entry);
    if (!(node instanceof PDFDict) || seen.has(node)) continue;
    seen.add(node);
    const kids = node.lookup(PDFName.of('Kids'));
    if (kids instanceof PDFArray) waiting.push(...kids.asArray());
    else if (node.lookup(PDFName.of('Type')) === PDFName.of('Page')) return true;
  }
  return false;
}
