import { fen, formatYuan, sum } from '../money/money.ts';

/** One payment as the bank reads it. */
export interface Payment {
  readonly lineId: string;
  readonly providerName: string;
  readonly accountName: string;
  readonly bank: string;
  readonly accountNumber: string;
  /** Fen. */
  readonly amount: number;
}

/**
 * A CSV cell: always quoted, and never a formula. Spreadsheets run what begins with = + - @, a tab or a line break, so
 * such text is led by an apostrophe.
 */
export function csvCell(text: string): string {
  const flat = text.replace(/[\r\n\t]+/g, ' ');
  const safe = /^\s*[=+\-@＝＋－＠]/.test(flat) ? `'${flat}` : flat;
  return `"${safe.replaceAll('"', '""')}"`;
}

const row = (cells: readonly (string | number)[]): string => cells.map((cell) => csvCell(String(cell))).join(',');

/** The file for the bank: a head, a row per payment, and the control totals (number of payments and their sum). */
export function paymentFile(
  payout: { readonly id: string; readonly year: number; readonly sending: number },
  payments: readonly Payment[],
): { readonly csv: string; readonly count: number; readonly total: number } {
  const total = sum(payments.map(({ amount }) => fen(amount)));
  const rows = [
    row(['拨付单', payout.id, '年度', payout.year, '批次', payout.sending]),
    row(['序号', '明细编号', '收款单位', '账户名称', '开户银行', '账号', '金额（元）']),
    ...payments.map((payment, index) =>
      row([
        index + 1,
        payment.lineId,
        payment.providerName,
        payment.accountName,
        payment.bank,
        payment.accountNumber,
        formatYuan(fen(payment.amount)),
      ]),
    ),
    row(['合计', '笔数', payments.length, '', '', '金额（元）', formatYuan(total)]),
  ];
  return { csv: `\uFEFF${rows.join('\r\n')}\r\n`, count: payments.length, total };
}
