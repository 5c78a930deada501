import Papa from 'papaparse';
import { type Sheet, UnreadableFile } from './sheet.ts';

/** Control characters that no table has, and every other kind of file. */
const NO_TEXT = /[^\P{Cc}\t\n\r]/u;

/** Text with commas, semicolons or tabs between its cells (RFC 4180), in whatever encoding Excel saved it. */
export function readText(bytes: Uint8Array): Sheet {
  const text = decoded(bytes);
  if (NO_TEXT.test(text)) throw new UnreadableFile('not-a-table');
  const { data } = Papa.parse<string[]>(text, { delimitersToGuess: [',', '\t', ';', '，'] });
  return { rows: data.map((cells, i) => ({ line: i + 1, cells })) };
}

/**
 * UTF-16 and UTF-8 say so by their mark. Without one it is UTF-8 if it can be, for text in GBK that is valid UTF-8 by chance
 * is as good as never met; else GBK, as Excel in China saves "CSV" (GB 18030 has all of it).
 */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be');
  try {
    return decode(bytes, 'utf-8');
  } catch {
    try {
      return decode(bytes, 'gb18030');
    } catch {
      throw new UnreadableFile('encoding');
    }
  }
}

const decode = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding, { fatal: true }).decode(bytes);
