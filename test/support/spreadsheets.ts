import { strToU8, zipSync } from 'fflate';

/** Files as Excel in China writes them, for whoever reads them to be tried with. */

/** Cells of GBK by their character: as far as two bytes go, which is all that names and headings have. */
let gbkCells: ReadonlyMap<string, readonly [number, number]> | undefined;

function cellsOfGbk(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gbk');
  const cells = new Map<string, readonly [number, number]>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const character = decoder.decode(Uint8Array.of(high, low));
      if (character.length === 1 && character !== '\ufffd' && !cells.has(character)) cells.set(character, [high, low]);
    }
  }
  return cells;
}

/** Text in GBK: what "CSV" is in a Chinese Excel. */
export function gbk(text: string): Buffer {
  gbkCells ??= cellsOfGbk();
  const cells = gbkCells;
  return Buffer.from(
    [...text].flatMap((character) => {
      if (character.charCodeAt(0) < 0x80) return [character.charCodeAt(0)];
      const cell = cells.get(character);
      if (!cell) throw new Error(`GBK has no ${character}`);
      return [...cell];
    }),
  );
}

/** Rows as CSV (RFC 4180). */
export const csv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\r\n');

/** Text in UTF-8 with its mark: "CSV UTF-8". */
export const withMark = (text: string): Buffer => Buffer.from(`\ufeff${text}`);

/** Rows as "Unicode text": tabs, in UTF-16 with its mark. */
export const unicodeText = (rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(`\ufeff${rows.map((row) => row.join('\t')).join('\r\n')}`, 'utf16le');

/** A cell as Excel itself stores it: text among the shared ones, a number as it is written, or a day by its number. */
export type ExcelCell = string | { readonly number: string } | { readonly day: string };

const DAY_MS = 86_400_000;
/** Days are counted from here. */
const EPOCH = Date.UTC(1899, 11, 30);

/** A workbook as Excel saves it: shared texts, dates as numbers with a Chinese format, a hidden sheet before the one that is seen. */
export function excelWorkbook(rows: readonly (readonly ExcelCell[])[]): Buffer {
  const shared: string[] = [];
  const cell = (value: ExcelCell, at: string) => {
    if (typeof value === 'string') {
      shared.push(value);
      return `<c r="${at}" t="s"><v>${shared.length - 1}</v></c>`;
    }
    return 'number' in value
      ? `<c r="${at}"><v>${value.number}</v></c>`
      : `<c r="${at}" s="1"><v>${(Date.parse(value.day) - EPOCH) / DAY_MS}</v></c>`;
  };
  const data = rows.map((cells, i) => {
    const row = cells.map((value, column) => cell(value, `${String.fromCharCode(65 + column)}${i + 1}`));
    return `<row r="${i + 1}">${row.join('')}</row>`;
  });
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id: number, target: string) =>
    `<Relationship Id="rId${id}" Type="${office}/any" Target="${target}"/>`;
  const parts: Record<string, string> = {
    'xl/workbook.xml':
      `<workbook ${main} xmlns:r="${office}"><sheets><sheet name="隐藏" sheetId="1" state="hidden" r:id="rId1"/>` +
      '<sheet name="申报" sheetId="2" r:id="rId2"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation(1, 'worksheets/sheet1.xml')}${relation(2, '/xl/worksheets/sheet2.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData/></worksheet>`,
    'xl/worksheets/sheet2.xml': `<worksheet ${main}><sheetData>${data.join('')}</sheetData></worksheet>`,
    'xl/styles.xml':
      `<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>` +
      '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst ${main}>${shared.map((text) => `<si><r><t>${text}</t></r><rPh sb="0" eb="1"><t>注音</t></rPh></si>`).join('')}</sst>`,
  };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))));
}
