import { type Sheet, UnreadableFile } from './sheet.ts';

/** Bytes of a file that is read here: ten thousand rows are far below it. */
const LARGEST = 5_000_000;

const startsWith = (bytes: Uint8Array, ...head: readonly number[]) => head.every((byte, i) => bytes[i] === byte);

/**
 * Reads a table from what Excel and its kind save: a workbook (.xlsx) or text with commas or tabs, in UTF-8, in GBK as
 * Excel in China writes it, or in UTF-16. What a file is, its bytes say and not its name. The readers are loaded here.
 *
 * @throws UnreadableFile
 */
export async function readSheet(file: Blob): Promise<Sheet> {
  if (file.size > LARGEST) throw new UnreadableFile('too-large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.length === 0) throw new UnreadableFile('empty');
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new UnreadableFile('old-excel');
  const sheet = startsWith(bytes, 0x50, 0x4b)
    ? (await import('./workbook-reader.ts')).readWorkbook(bytes)
    : (await import('./text-reader.ts')).readText(bytes);
  const filled = sheet.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filled.length === 0) throw new UnreadableFile('empty');
  return { rows: filled };
}
