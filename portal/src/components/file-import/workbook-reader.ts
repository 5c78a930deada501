import { strFromU8, unzipSync } from 'fflate';
import { type Sheet, type SheetRow, UnreadableFile } from './sheet.ts';

/** Bytes of an unpacked part: what claims to be more is not unpacked. */
const LARGEST_PART = 50_000_000;
const PARTS = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/;

/**
 * The first visible sheet of a workbook (ECMA-376). Figures stay the text that the file has: an amount never becomes a
 * floating number on its way, and a number that Excel itself has rounded stays recognisable as such. Dates become
 * "2026-11-26". Unpacked on this thread: the libraries' own readers start workers from blobs, which the content security
 * policy refuses.
 */
export function readWorkbook(bytes: Uint8Array): Sheet {
  const parts = unpacked(bytes);
  const workbook = xml(parts, 'xl/workbook.xml');
  const place = sheetPlace(workbook, xml(parts, 'xl/_rels/workbook.xml.rels'));
  const shared = parts['xl/sharedStrings.xml'] ? sharedTexts(xml(parts, 'xl/sharedStrings.xml')) : [];
  const dates = parts['xl/styles.xml'] ? dateStyles(xml(parts, 'xl/styles.xml')) : new Set<number>();
  const from1904 = /^(1|true)$/.test(workbook.querySelector('workbookPr')?.getAttribute('date1904') ?? '');
  const rows = [...xml(parts, place).getElementsByTagName('row')].map((row, i): SheetRow => {
    const cells: string[] = [];
    for (const cell of row.getElementsByTagName('c')) {
      const column = columnOf(cell.getAttribute('r')) ?? cells.length;
      while (cells.length < column) cells.push('');
      cells[column] = textOf(cell, { shared, dates, from1904 });
    }
    return { line: Number(row.getAttribute('r')) || i + 1, cells };
  });
  return { rows };
}

type Parts = Readonly<Record<string, Uint8Array>>;

function unpacked(bytes: Uint8Array): Parts {
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!PARTS.test(name)) return false;
        if (originalSize > LARGEST_PART) throw new UnreadableFile('too-large');
        return true;
      },
    });
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('broken');
  }
}

function xml(parts: Parts, name: string): Document {
  const part = parts[name];
  // A zip without these parts is another kind of file.
  if (!part) throw new UnreadableFile('not-a-table');
  const document = new DOMParser().parseFromString(strFromU8(part), 'application/xml');
  if (document.querySelector('parsererror')) throw new UnreadableFile('broken');
  return document;
}

function sheetPlace(workbook: Document, relations: Document): string {
  const sheets = [...workbook.getElementsByTagName('sheet')];
  const sheet = sheets.find((one) => !/hidden/i.test(one.getAttribute('state') ?? '')) ?? sheets[0];
  const id = [...(sheet?.attributes ?? [])].find(({ localName, prefix }) => localName === 'id' && prefix)?.value;
  const target = [...relations.getElementsByTagName('Relationship')]
    .find((relation) => relation.getAttribute('Id') === id)
    ?.getAttribute('Target');
  if (!target) throw new UnreadableFile('broken');
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** Texts without what a phonetic guide adds. */
const plainText = (element: Element): string =>
  [...element.getElementsByTagName('t')]
    .filter((text) => !text.parentElement?.matches('rPh'))
    .map((text) => text.textContent)
    .join('');

const sharedTexts = (strings: Document): string[] => [...strings.getElementsByTagName('si')].map(plainText);

/** Formats of dates that workbooks have without saying so; 27 to 36 and 50 to 58 are those of China, Japan and Korea. */
const isBuiltInDate = (format: number) =>
  (format >= 14 && format <= 17) || format === 22 || (format >= 27 && format <= 36) || (format >= 50 && format <= 58);

/** Styles that show a number as a date. */
function dateStyles(styles: Document): ReadonlySet<number> {
  const own = new Map(
    [...styles.getElementsByTagName('numFmt')].map((format): [number, string] => [
      Number(format.getAttribute('numFmtId')),
      (format.getAttribute('formatCode') ?? '').replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''),
    ]),
  );
  const cellFormats = styles.getElementsByTagName('cellXfs')[0]?.getElementsByTagName('xf') ?? [];
  return new Set(
    [...cellFormats].flatMap((style, index) => {
      const format = Number(style.getAttribute('numFmtId') ?? 0);
      const code = own.get(format);
      return (code === undefined ? isBuiltInDate(format) : /[yd]/i.test(code)) ? [index] : [];
    }),
  );
}

/** "AB12" is column 27, from 0. */
function columnOf(reference: string | null): number | undefined {
  const letters = /^[A-Z]+/.exec(reference ?? '')?.[0];
  return letters === undefined
    ? undefined
    : [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

interface Texts {
  readonly shared: readonly string[];
  readonly dates: ReadonlySet<number>;
  readonly from1904: boolean;
}

function textOf(cell: Element, { shared, dates, from1904 }: Texts): string {
  const value = cell.getElementsByTagName('v')[0]?.textContent ?? '';
  switch (cell.getAttribute('t') ?? 'n') {
    case 's':
      return shared[Number(value)] ?? '';
    case 'inlineStr':
      return plainText(cell);
    case 'n':
      if (value === '') return '';
      return dates.has(Number(cell.getAttribute('s') ?? -1)) ? dateOf(Number(value), from1904) : numberText(value);
    case 'd':
      return value.slice(0, 10);
    default:
      return value;
  }
}

const DAY_MS = 86_400_000;

/** Day numbers count from 1899-12-30 (or from 1904); what follows the point is the time of the day. */
const dateOf = (days: number, from1904: boolean): string =>
  new Date(Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : 30) + Math.floor(days) * DAY_MS)
    .toISOString()
    .slice(0, 10);

/** Digits that Excel keeps of a number: of a longer one it has thrown the rest away. */
const KEPT_DIGITS = 15;

/** "1234.5699999999999" is what Excel stores for 1234.57; what was too long for it is written so that nobody takes it for exact. */
function numberText(value: string): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (Math.abs(number) >= 10 ** KEPT_DIGITS) return number.toExponential();
  return String(Number(number.toPrecision(KEPT_DIGITS)));
}
