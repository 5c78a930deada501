import { payoutsRoutes } from '../../../contracts/payouts.ts';
import { live, type Person, type Surroundings } from '../person.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What left the fund's account, as the bank knows it: the other side of every payment. */
export interface BankBook {
  /** Fen by the number of a line, which is all that the bank knows a payment by: each payment of it. */
  readonly paid: Map<string, number[]>;
  /** Lines whose money came back to the fund's account (退汇). */
  readonly returned: Set<string>;
}

interface Row {
  readonly lineId: string;
  readonly fen: number;
}

/** The payments of a file as it stands there, by the cells of each row. */
function rowsOf(csv: string): Row[] {
  return csv.split('\r\n').flatMap((text) => {
    const cells = text.split('","').map((cell) => cell.replaceAll('"', ''));
    const [, lineId = ''] = cells;
    return lineId.startsWith('pln_') ? [{ lineId, fen: Math.round(Number(cells.at(-1)) * 100) }] : [];
  });
}

/**
 * The cashier who takes the payment file to the bank and records what it answers, and the bank itself: it pays a line of a
 * file once, and answers late, twice, in parts, contradictorily, or not at all until it is asked again.
 */
export function cashier(world: Surroundings): BankBook {
  const { faults } = world;
  const book: BankBook = { paid: new Map(), returned: new Set() };
  /** What became of a line in a sending, and the serial number of the payment. */
  const outcomes = new Map<string, { readonly outcome: 'paid' | 'failed'; readonly serial: string }>();

  const settle = (me: Person, { lineId, fen }: Row, sending: number) => {
    const key = `${lineId} ${sending}`;
    const known = outcomes.get(key);
    if (known) return known;
    const outcome = me.random.chance(0.15) ? ('failed' as const) : ('paid' as const);
    if (outcome === 'paid') book.paid.set(lineId, [...(book.paid.get(lineId) ?? []), fen]);
    const settled = { outcome, serial: `CZ-${book.paid.size}-${outcomes.size}` };
    outcomes.set(key, settled);
    return settled;
  };

  const answer = ({ lineId }: Row, { outcome, serial }: ReturnType<typeof settle>) =>
    outcome === 'paid' ? { lineId, outcome, bankSerial: serial } : { lineId, outcome, reason: '账号有误' };

  const visit = (me: Person, payoutId: string) =>
    me.deed('go to the bank', async () => {
      const params = { payoutId };
      const file = await me.read(payoutsRoutes.readPaymentFile, { params });
      if (!file) return;
      const place = `bank.${payoutId}.${file.sending}.${me.now()}`;
      const fault = faults.at(place, [
        'bank-silent',
        'bank-late',
        'bank-duplicate',
        'bank-contradiction',
        'partial-payment-file',
      ]);
      const { sending } = file;
      let rows = rowsOf(file.csv);
      if (fault === 'bank-silent' || fault === 'bank-late') {
        // Paid at once, told days later; or lost on the way, so that somebody asks again.
        for (const row of rows) if (fault === 'bank-late') settle(me, row, sending);
        me.comeBack(me.now() + 3 * DAY);
        return;
      }
      if (fault === 'partial-payment-file') {
        rows = rows.slice(0, Math.ceil(rows.length / 2));
        me.comeBack(me.now() + DAY);
      }
      const lines = rows.map((row) => answer(row, settle(me, row, sending)));
      if (lines.length === 0) return;
      const told = await me.do(payoutsRoutes.recordBankAnswers, { params, body: { sending, lines } });
      // What was never told cannot be contradicted: the second answer would be the only one.
      if (told?.status !== 200) return;
      if (fault === 'bank-duplicate')
        await me.do(payoutsRoutes.recordBankAnswers, { params, body: { sending, lines } });
      if (fault === 'bank-contradiction') {
        const contrary = lines.map(({ lineId, outcome }) =>
          outcome === 'paid'
            ? { lineId, outcome: 'failed', reason: '退汇' }
            : { lineId, outcome: 'paid', bankSerial: `CZ-CONTRARY-${sending}` },
        );
        await me.do(payoutsRoutes.recordBankAnswers, { params, body: { sending, lines: contrary } });
      }
    });

  const correct = (me: Person, payoutId: string) =>
    me.deed('correct failed lines', async () => {
      const page = await me.read(payoutsRoutes.listPayoutLines, { params: { payoutId }, query: { limit: '50' } });
      for (const { id, version, status } of page?.items ?? []) {
        if (status !== 'failed') continue;
        await me.do(payoutsRoutes.correctLine, {
          params: { payoutId, lineId: id },
          version,
          body: { account: 'same', note: '银行系统故障，原账户重发' },
        });
      }
    });

  const open = new Set<string>();
  live(world, {
    name: 'cashier',
    caller: { sub: 'cashier', roles: ['finance-officer'] },
    cares(item) {
      if (item.type !== 'payout') return false;
      const { id, status } = item.data as { id: string; status: string };
      const concerns = status === 'at-bank' || status === 'correcting';
      if (concerns) open.add(id);
      return concerns;
    },
    async look(me) {
      for (const payoutId of open) {
        const payout = await me.read(payoutsRoutes.readPayout, { params: { payoutId } });
        if (payout?.status === 'at-bank' && payout.unanswered > 0) await visit(me, payoutId);
        else if (payout?.status === 'correcting') await correct(me, payoutId);
        else if (payout) open.delete(payoutId);
      }
      if (open.size > 0) me.comeBack(me.now() + 2 * DAY);
    },
  });
  return book;
}
