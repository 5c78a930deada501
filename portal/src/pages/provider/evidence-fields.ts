import { countOf, entriesOf, entryRemoved, type Fields, listed } from '../../components/fields.ts';
import type { ClaimItem } from './claim-items.ts';

/** What the scheme knows of an item already, and so need not be typed. */
export interface Expected {
  readonly enterpriseName: string;
  readonly enterpriseUscc: string;
  readonly providerName: string;
  readonly providerUscc: string;
  /** Of the contract, or of what was delivered of it: what invoices add up to. */
  readonly fee: string;
  /** What the enterprise paid: what transfers add up to. */
  readonly ownShare: string;
  readonly startsOn: string;
  readonly contractDocumentId: string;
}

export const newInvoice = ({ fee, enterpriseUscc, providerUscc }: Expected, isFirst: boolean): Fields => ({
  code: '',
  number: '',
  issuedOn: '',
  amount: isFirst ? fee : '',
  buyerUscc: enterpriseUscc,
  sellerUscc: providerUscc,
  documentId: '',
});

export const newTransfer = ({ ownShare, enterpriseName, providerName }: Expected, isFirst: boolean): Fields => ({
  serial: '',
  payerName: enterpriseName,
  payeeName: providerName,
  amount: isFirst ? ownShare : '',
  paidOn: '',
  documentId: '',
});

/** An item's evidence as it is typed; of what is not there yet, one is begun. */
export function evidenceFields(item: ClaimItem, expected: Expected): Fields {
  const { usage } = item;
  return {
    ...listed(
      '/invoices',
      item.invoices.length > 0 ? item.invoices.map((invoice) => ({ ...invoice })) : [newInvoice(expected, true)],
    ),
    ...listed(
      '/transfers',
      item.transfers.length > 0 ? item.transfers.map((transfer) => ({ ...transfer })) : [newTransfer(expected, true)],
    ),
    '/usage/from': usage?.from ?? expected.startsOn,
    '/usage/to': usage?.to ?? '',
    '/usage/activeUsers': usage?.activeUsers === undefined ? '' : String(usage.activeUsers),
    '/usage/summary': usage?.summary ?? '',
    '/usage/documentId': usage?.documentId ?? '',
    '/contractDocumentId': item.contractDocumentId === expected.contractDocumentId ? '' : item.contractDocumentId,
  };
}

/** Fields that nobody types before having the paper at hand: where all are empty, nothing was entered. */
const typedOf: Readonly<Record<string, readonly string[]>> = {
  '/invoices': ['code', 'number', 'issuedOn', 'documentId'],
  '/transfers': ['serial', 'paidOn', 'documentId'],
};

const isUntouched = (fields: Fields, entry: string, names: readonly string[]): boolean =>
  names.every((name) => (fields[`${entry}/${name}`] ?? '').trim() === '');

const hasUsage = (fields: Fields): boolean =>
  !isUntouched(fields, '/usage', ['to', 'activeUsers', 'summary', 'documentId']);

/** Without papers of which nothing was entered: they can be added later. */
export function withoutUntouched(fields: Fields): Fields {
  let next = fields;
  for (const [list, names] of Object.entries(typedOf)) {
    for (let at = countOf(next, list) - 1; at >= 0; at -= 1) {
      const entry = entriesOf(next, list)[at];
      if (entry && isUntouched(next, entry, names)) next = { ...next, ...entryRemoved(next, list, at) };
    }
  }
  return next;
}

/** The body that an item's fields describe. */
export function evidenceBody(fields: Fields, assembled: Readonly<Record<string, unknown>>) {
  const { usage, invoices, ...others } = assembled;
  // A fully digital invoice has no code: that is said, and not left out.
  const papers = { ...others, invoices: (invoices as readonly object[]).map((invoice) => ({ code: '', ...invoice })) };
  if (!hasUsage(fields)) return papers;
  const users = (fields['/usage/activeUsers'] ?? '').trim();
  return {
    ...papers,
    usage: {
      ...(usage as object),
      ...(users === '' ? {} : { activeUsers: /^\d+$/.test(users) ? Number(users) : users }),
    },
  };
}
