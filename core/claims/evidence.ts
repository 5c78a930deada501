import type { DocumentPurpose } from '../documents/document.ts';
import type { Issue } from '../result.ts';
import type { ClaimItem } from './claim.ts';

/** What a provider files for a voucher (clause 七-(一): invoice, contract, transfer proof, usage). */
export type Evidence = Pick<ClaimItem, 'invoices' | 'transfers' | 'usage' | 'contractDocumentId'>;
export type Invoice = Evidence['invoices'][number];
export type Transfer = Evidence['transfers'][number];

/**
 * A voucher has one claim item id, however often it is taken out and put in again: what its item has once used
 * (invoices, bank serials) stays its own.
 */
export const itemIdOf = (voucherId: string): string => `itm_${voucherId.slice(voucherId.indexOf('_') + 1)}`;

/** Digits of the number of a fully digital invoice, which is unique without a code. */
const DIGITAL_NUMBER = 20;

/** What makes an invoice the same invoice; of fully digital ones the number alone, whatever code stands beside it. */
export const invoiceKey = ({ code, number }: Pick<Invoice, 'code' | 'number'>): string =>
  `${number.length === DIGITAL_NUMBER ? '' : code}#${number}`;

/** A bank's serial without what people write differently: hyphens and lower case. */
export const bankSerialKey = (serial: string): string => serial.replaceAll('-', '').toUpperCase();

/**
 * Key of what the fund's account received, from a provider or back from the bank: its bank numbers both alike, so that one
 * receipt is never both. What the fund sent is numbered on its own.
 */
export const receivedSerialKey = (serial: string): string => `repayment#${bankSerialKey(serial)}`;

/** Every file of an item with its place and what it must have been uploaded as. */
export const filesOf = (
  evidence: Evidence,
): { readonly pointer: string; readonly documentId: string; readonly purpose: DocumentPurpose }[] => [
  ...evidence.invoices.map(({ documentId }, i) => ({
    pointer: `/invoices/${i}/documentId`,
    documentId,
    purpose: 'invoice' as const,
  })),
  ...evidence.transfers.map(({ documentId }, i) => ({
    pointer: `/transfers/${i}/documentId`,
    documentId,
    purpose: 'transfer-proof' as const,
  })),
  ...(evidence.usage
    ? [{ pointer: '/usage/documentId', documentId: evidence.usage.documentId, purpose: 'usage-report' as const }]
    : []),
  { pointer: '/contractDocumentId', documentId: evidence.contractDocumentId, purpose: 'contract' },
];

/** What is still missing before an item can be filed; the contract is never missing (clause 七-(一)). */
export const missingEvidence = (evidence: Evidence, base = ''): Issue[] => [
  ...(evidence.invoices.length > 0 ? [] : [{ pointer: `${base}/invoices`, rule: 'evidence-missing' as const }]),
  ...(evidence.transfers.length > 0 ? [] : [{ pointer: `${base}/transfers`, rule: 'evidence-missing' as const }]),
  ...(evidence.usage ? [] : [{ pointer: `${base}/usage`, rule: 'evidence-missing' as const }]),
];

/** What no evidence may say, whatever else is known: the same paper twice, a usage that ends before it begins. */
export const contradictions = (evidence: Pick<Evidence, 'invoices' | 'transfers' | 'usage'>): Issue[] => [
  ...repeatedEvidence(evidence),
  ...(evidence.usage && evidence.usage.to < evidence.usage.from
    ? [{ pointer: '/usage/to', rule: 'usage-period-reversed' as const }]
    : []),
];

/** Things that appear twice within one item: they would count twice (clause 五-(三)). */
export function repeatedEvidence({ invoices, transfers }: Pick<Evidence, 'invoices' | 'transfers'>): Issue[] {
  const repeated = <T>(of: readonly T[], key: (one: T) => string) =>
    of.flatMap((one, i) => (of.findIndex((other) => key(other) === key(one)) < i ? [i] : []));
  return [
    ...repeated(invoices, invoiceKey).map((i) => ({
      pointer: `/invoices/${i}/number`,
      rule: 'invoice-already-used' as const,
    })),
    ...repeated(transfers, ({ serial }) => bankSerialKey(serial)).map((i) => ({
      pointer: `/transfers/${i}/serial`,
      rule: 'bank-serial-already-used' as const,
    })),
  ];
}
