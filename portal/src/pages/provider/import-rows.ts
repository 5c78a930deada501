import { claimsRoutes } from '../../../../contracts/claims.ts';
import { type FieldError, readFields } from '../../../../contracts/field-errors.ts';
import { evidenceErrors, paperKeys } from '../../../../contracts/provider-checks.ts';
import type { DocumentPurpose } from '../../../../contracts/uploads.ts';
import type { Judged } from '../../components/file-import/file-import.tsx';
import type { ImportColumn, ImportRow, RowProblem } from '../../components/file-import/rows.ts';
import { provider as english } from '../../strings/en/provider.ts';
import { provider as chinese } from '../../strings/zh-CN/provider.ts';
import type { Strings } from '../../strings/zh-CN.ts';
import { isClaimable, type Voucher } from './choose-vouchers.tsx';

export type ColumnName = keyof Strings['provider']['import']['columns'];
type Row = ImportRow<ColumnName>;

const holds: Readonly<Partial<Record<ColumnName, ImportColumn['holds']>>> = {
  voucher: 'code',
  invoiceCode: 'code',
  invoiceNumber: 'code',
  buyer: 'code',
  seller: 'code',
  serial: 'code',
  users: 'amount',
  invoiceAmount: 'amount',
  transferAmount: 'amount',
  issuedOn: 'date',
  paidOn: 'date',
  from: 'date',
  to: 'date',
};

/** Columns of the file: under their headings in either language, told in the one that is spoken. */
export const columnsIn = ({ columns }: Strings['provider']['import']): readonly ImportColumn<ColumnName>[] =>
  (Object.keys(columns) as ColumnName[]).map((name) => ({
    name,
    titles: [columns[name], chinese.import.columns[name], english.import.columns[name]],
    holds: holds[name] ?? 'text',
    ...(name === 'voucher' ? { needed: true } : {}),
  }));

/** What a row calls the fields of a paper. */
const invoiceColumns = {
  code: 'invoiceCode',
  number: 'invoiceNumber',
  issuedOn: 'issuedOn',
  amount: 'invoiceAmount',
  buyerUscc: 'buyer',
  sellerUscc: 'seller',
  documentId: 'invoiceFile',
} as const satisfies Record<string, ColumnName>;
const transferColumns = {
  serial: 'serial',
  payerName: 'payer',
  payeeName: 'payee',
  amount: 'transferAmount',
  paidOn: 'paidOn',
  documentId: 'transferFile',
} as const satisfies Record<string, ColumnName>;
const usageColumns = {
  from: 'from',
  to: 'to',
  activeUsers: 'users',
  summary: 'summary',
  documentId: 'usageFile',
} as const satisfies Record<string, ColumnName>;

/** A file that a row names, and what it is there. */
export interface NamedFile {
  readonly name: string;
  readonly purpose: DocumentPurpose;
}
export const fileKey = ({ name, purpose }: NamedFile): string => `${purpose} ${name.normalize('NFC').toLowerCase()}`;

type Paper = Readonly<Record<string, string>>;

/** A voucher of the file with its evidence, in which the files are not documents yet. */
export interface ImportedItem {
  readonly voucher: Voucher;
  readonly files: readonly NamedFile[];
  /** The body, when every file has become a document. */
  readonly evidence: (idOf: (file: NamedFile) => string) => {
    readonly invoices: never;
    readonly transfers: never;
    readonly usage?: never;
  };
}

/** An id as the contract wants it, of a file that is not sent yet. */
const LATER = 'doc_00000000000000000000000000';

interface JudgeFacts {
  readonly text: Strings['provider']['import'];
  readonly statuses: Strings['register']['statuses'];
  readonly vouchers: readonly Voucher[];
  readonly claim: { readonly id: string; readonly year: number };
  /** The provider itself, for cells that say nothing else. */
  readonly own: { readonly name: string; readonly uscc: string };
}

/**
 * Looks at all rows together: those of one voucher make one item. Each sentence is the contract's or the rule's that would
 * refuse it, at the cell it is about.
 */
export function judgeRows(rows: readonly Row[], facts: JudgeFacts): Judged<ImportedItem> {
  const problems = new Map<number, RowProblem[]>(rows.map(({ line, problems: read }) => [line, [...read]]));
  const notes = new Map<number, string>();
  const tell = (row: Row | undefined, problem: RowProblem) => {
    const told = (row && problems.get(row.line)) ?? [];
    // A cell that could not be read is not also told to be in the wrong form.
    const isUnread = told.some(({ column, says }) => column === problem.column && typeof says === 'string');
    if (!isUnread || problem.column === undefined) told.push(problem);
  };
  const items: ImportedItem[] = [];
  const seen = new Set<string>();
  for (const [number, group] of groupedByVoucher(rows)) {
    const voucher = facts.vouchers.find((one) => one.number.toUpperCase() === number);
    const refusal = voucherRefusal(number, voucher, facts);
    if (refusal === 'already-in') {
      for (const { line } of group) notes.set(line, facts.text.alreadyIn);
      continue;
    }
    if (refusal !== undefined || !voucher) {
      for (const row of group) tell(row, { column: 'voucher', says: { text: refusal ?? facts.text.unknownVoucher } });
      continue;
    }
    const papers = papersOf(group, voucher, facts);
    for (const row of papers.usages.slice(1)) tell(row, { column: 'from', says: { text: facts.text.twoUsages } });
    for (const { row, column, key } of keysOf(papers)) {
      if (seen.has(key)) tell(row, { column, says: { text: facts.text.repeated } });
      seen.add(key);
    }
    for (const error of errorsOf(papers, voucher.id)) tell(...placeOf(error, papers, group));
    items.push(itemOf(voucher, papers));
  }
  return {
    rows: rows.map(({ line, cells }) => {
      const note = notes.get(line);
      return {
        line,
        label: [cells.voucher, cells.enterprise].filter(Boolean).join(' · '),
        problems: problems.get(line) ?? [],
        ...(note ? { note } : {}),
      };
    }),
    things: items,
  };
}

function groupedByVoucher(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const number = (row.cells.voucher ?? '').toUpperCase();
    groups.set(number, [...(groups.get(number) ?? []), row]);
  }
  return groups;
}

function voucherRefusal(
  number: string,
  voucher: Voucher | undefined,
  { text, statuses, claim }: JudgeFacts,
): string | undefined {
  if (number === '') return text.noVoucher;
  if (!voucher) return text.unknownVoucher;
  if (voucher.claimId === claim.id) return 'already-in';
  return isClaimable(voucher, claim.year) ? undefined : text.notUsed(statuses[voucher.status]);
}

interface Papers {
  readonly invoices: readonly { readonly row: Row; readonly paper: Paper }[];
  readonly transfers: readonly { readonly row: Row; readonly paper: Paper }[];
  readonly usages: readonly Row[];
}

/** Cells of a paper by the names of the body; what is empty is left out. */
const paperOf = (row: Row, columns: Readonly<Record<string, ColumnName>>): Paper =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([field, column]) => {
      const text = row.cells[column];
      return text === undefined ? [] : [[field, text]];
    }),
  );

const hasAny = (row: Row, columns: readonly ColumnName[]): boolean => columns.some((column) => row.cells[column]);

function papersOf(group: readonly Row[], voucher: Voucher, { own }: JudgeFacts): Papers {
  return {
    invoices: group
      .filter((row) => hasAny(row, ['invoiceNumber', 'invoiceCode', 'issuedOn', 'invoiceAmount', 'invoiceFile']))
      .map((row) => ({
        row,
        paper: {
          code: '',
          buyerUscc: voucher.enterpriseUscc,
          sellerUscc: own.uscc,
          ...paperOf(row, invoiceColumns),
        },
      })),
    transfers: group
      .filter((row) => hasAny(row, ['serial', 'paidOn', 'transferAmount', 'transferFile']))
      .map((row) => ({
        row,
        paper: { payerName: voucher.enterpriseName, payeeName: own.name, ...paperOf(row, transferColumns) },
      })),
    usages: group.filter((row) => hasAny(row, ['from', 'to', 'users', 'summary', 'usageFile'])),
  };
}

const later = ({ documentId, ...paper }: Paper) => ({ ...paper, ...(documentId ? { documentId: LATER } : {}) });

/** The usage of a row; users are a number where they are one. */
const usageOf = (row: Row) => {
  const { activeUsers, ...usage } = paperOf(row, usageColumns);
  if (activeUsers === undefined) return usage;
  return { ...usage, activeUsers: /^\d+$/.test(activeUsers) ? Number(activeUsers) : activeUsers };
};

function errorsOf({ invoices, transfers, usages }: Papers, voucherId: string): readonly FieldError[] {
  const { body } = claimsRoutes.addClaimItem;
  if (!body) return [];
  const [usage] = usages;
  const read = readFields(body, {
    voucherId,
    invoices: invoices.map(({ paper }) => later(paper)),
    transfers: transfers.map(({ paper }) => later(paper)),
    ...(usage ? { usage: { ...usageOf(usage), ...(usage.cells.usageFile ? { documentId: LATER } : {}) } } : {}),
  });
  // Repeated papers are told of the whole file, with those of other vouchers.
  return read.errors ?? evidenceErrors(read.value).filter(({ code }) => code === 'usage-period-reversed');
}

/** The row and the column that an error of the body is about. */
function placeOf(error: FieldError, papers: Papers, group: readonly Row[]): [Row | undefined, RowProblem] {
  const [, part, at, field] = error.pointer.split('/');
  const index = Number(at);
  switch (part) {
    case 'invoices':
      return [papers.invoices[index]?.row ?? group[0], said(error, field, invoiceColumns)];
    case 'transfers':
      return [papers.transfers[index]?.row ?? group[0], said(error, field, transferColumns)];
    case 'usage':
      return [papers.usages[0] ?? group[0], said(error, at, usageColumns)];
    default:
      return [group[0], { says: error }];
  }
}

function said(error: FieldError, field: string | undefined, columns: Readonly<Record<string, ColumnName>>): RowProblem {
  const column = field === undefined ? undefined : columns[field];
  return { ...(column ? { column } : {}), says: error };
}

/** What makes each paper the same paper as another of the file (clause 五-(三)). */
const keysOf = ({ invoices, transfers }: Papers) => [
  ...invoices.flatMap(({ row, paper: { code = '', number } }) =>
    number ? [{ row, column: 'invoiceNumber' as const, key: `invoice ${paperKeys.invoice({ code, number })}` }] : [],
  ),
  ...transfers.flatMap(({ row, paper: { serial } }) =>
    serial ? [{ row, column: 'serial' as const, key: `transfer ${paperKeys.transfer(serial)}` }] : [],
  ),
];

function itemOf(voucher: Voucher, { invoices, transfers, usages }: Papers): ImportedItem {
  const [usage] = usages;
  const file = (name: string | undefined, purpose: DocumentPurpose): NamedFile[] => (name ? [{ name, purpose }] : []);
  return {
    voucher,
    files: [
      ...invoices.flatMap(({ row }) => file(row.cells.invoiceFile, 'invoice')),
      ...transfers.flatMap(({ row }) => file(row.cells.transferFile, 'transfer-proof')),
      ...file(usage?.cells.usageFile, 'usage-report'),
    ],
    evidence: (idOf) => {
      const given = (name: string | undefined, purpose: DocumentPurpose) => ({
        documentId: idOf({ name: name ?? '', purpose }),
      });
      return {
        invoices: invoices.map(({ row, paper }) => ({ ...paper, ...given(row.cells.invoiceFile, 'invoice') })) as never,
        transfers: transfers.map(({ row, paper }) => ({
          ...paper,
          ...given(row.cells.transferFile, 'transfer-proof'),
        })) as never,
        ...(usage ? { usage: { ...usageOf(usage), ...given(usage.cells.usageFile, 'usage-report') } as never } : {}),
      };
    },
  };
}
