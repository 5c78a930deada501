import type { Strings } from '../zh-CN.ts';

/** Texts of taking rows from a file. */
export const fileImport: Strings['fileImport'] = {
  choose: 'Choose a spreadsheet',
  another: 'Choose another file',
  formats: 'An Excel workbook (.xlsx) or CSV, in GBK or UTF-8; or drop the file here',
  rows: 'What was found in each row',
  line: 'Row',
  lineN: (n) => `Row ${n}`,
  content: 'Content',
  result: 'Result',
  fine: 'In order',
  skipped: 'Not taken',
  inColumn: (title, said) => `“${title}”: ${said}`,
  missingColumns: (titles) => `The file lacks these columns: ${titles.join(', ')}. Use the headings of the template.`,
  nothingTaken: (n) =>
    `${n === 1 ? 'One row needs' : `${n} rows need`} a change; nothing of the file was taken. Correct it and choose it again.`,
  problems: {
    'spoilt-number': 'Excel cut this long number. Format the column as text and type it again.',
    'unreadable-date': 'Write the date as "2026-02-13" or "2026/2/13".',
    'spreadsheet-error': 'The cell holds an error of a formula; correct it.',
  },
  unreadable: {
    'old-excel': 'This is a file of the old Excel (.xls). Save it as a workbook (.xlsx) or CSV.',
    'not-a-table': 'This is not a spreadsheet. Choose .xlsx or CSV.',
    broken: 'The file is damaged or cannot be read. Save it again and retry.',
    'too-large': 'The file is too large (5 MB at most). Import it in parts.',
    encoding: 'The encoding of the file is unknown. Save it as "CSV UTF-8" or .xlsx.',
    empty: 'There is nothing in the file.',
  },
};
