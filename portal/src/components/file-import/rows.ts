import type { FieldError } from '../../../../contracts/field-errors.ts';
import type { Sheet } from './sheet.ts';

/** What a column of the file may hold, and so how a cell is read as people write it. */
export interface ImportColumn<N extends string = string> {
  readonly name: N;
  /** Headings by which it is found; the first is what people are told. */
  readonly titles: readonly string[];
  /** `code`: letters and digits without spaces. `text` unless said. */
  readonly holds?: 'text' | 'code' | 'amount' | 'date';
  /** The file must have it. */
  readonly needed?: boolean;
}

export interface ImportRow<N extends string = string> {
  readonly line: number;
  /** What stands in each column that the file has; empty cells are absent. */
  readonly cells: Readonly<Partial<Record<N, string>>>;
  readonly problems: readonly RowProblem[];
}

/** What is wrong with a row: a sentence of the contract, one of the import's own by its code, or one of whoever judges. */
export interface RowProblem {
  /** Column that it is about; absent: the row. */
  readonly column?: string;
  readonly says: FieldError | RowProblemCode | { readonly text: string };
}
/** `spoilt-number`: Excel has cut a long number to 15 digits. */
export type RowProblemCode = 'spoilt-number' | 'unreadable-date' | 'spreadsheet-error';

export type Arranged<N extends string> =
  | { readonly rows: readonly ImportRow<N>[]; readonly missing?: never }
  | { readonly missing: readonly ImportColumn<N>[]; readonly rows?: never };

/** Rows above the headings that a file may have: a title, a note. */
const MOST_TITLE_ROWS = 10;

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s*]|\([^)]*\)/g, '')
    .toLowerCase();

/** Finds the row of headings and reads what stands below it, column by column. */
export function arrange<N extends string>({ rows }: Sheet, columns: readonly ImportColumn<N>[]): Arranged<N> {
  const named = (cells: readonly string[]) =>
    columns.flatMap((column) => {
      const titles = column.titles.map(plain);
      const at = cells.findIndex((cell) => titles.includes(plain(cell)));
      return at < 0 ? [] : [{ column, at }];
    });
  const headings = rows.slice(0, MOST_TITLE_ROWS).map(({ cells }) => named(cells));
  const most = Math.max(...headings.map(({ length }) => length));
  const headingAt = headings.findIndex(({ length }) => length === most);
  const found = headings[headingAt] ?? [];
  const missing = columns.filter(({ name, needed }) => needed && !found.some(({ column }) => column.name === name));
  if (missing.length > 0) return { missing };
  return {
    rows: rows.slice(headingAt + 1).map(({ line, cells }): ImportRow<N> => {
      const read = found.map(({ column, at }) => ({ column, ...cellOf(cells[at] ?? '', column.holds ?? 'text') }));
      return {
        line,
        cells: Object.fromEntries(
          read.flatMap(({ column, text }) => (text === '' ? [] : [[column.name, text]])),
        ) as ImportRow<N>['cells'],
        problems: read.flatMap(({ column, problem }) => (problem ? [{ column: column.name, says: problem }] : [])),
      };
    }),
  };
}

interface Cell {
  readonly text: string;
  readonly problem?: RowProblemCode;
}

/** "#N/A", "#VALUE!" and their like; "########" is a column that was too narrow when it was copied. */
const ERROR_VALUE = /^#(?:[A-Z/0]+[!?]?|#+)$/;
/** As Excel shows and saves a number that was too long for it. */
const SPOILT = /^\d(?:\.\d+)?e\+\d+$/i;

function cellOf(given: string, holds: NonNullable<ImportColumn['holds']>): Cell {
  // An apostrophe before all is how people tell Excel that a number is text.
  const text = given.trim().replace(/^['’]/, '');
  if (ERROR_VALUE.test(text)) return { text, problem: 'spreadsheet-error' };
  switch (holds) {
    case 'text':
      return { text };
    case 'code': {
      const code = text.normalize('NFKC').replaceAll(/\s/g, '');
      return SPOILT.test(code) ? { text: code, problem: 'spoilt-number' } : { text: code };
    }
    case 'amount':
      return { text: text.normalize('NFKC').replaceAll(/[\s,¥元]/g, '') };
    case 'date': {
      const date = dateText(text.normalize('NFKC'));
      return text !== '' && date === undefined ? { text, problem: 'unreadable-date' } : { text: date ?? '' };
    }
  }
}

/** "2026/1/3", "2026.1.3", "2026年1月3日", "20260103", each perhaps with a time behind it, as "2026-01-03". */
function dateText(text: string): string | undefined {
  const [, year, month, day] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:[\sT].*)?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    [];
  return year && month && day && `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
