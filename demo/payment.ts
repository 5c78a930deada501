import { payoutsRoutes } from '../contracts/payouts.ts';
import { registryRoutes } from '../contracts/registry.ts';
import { decide, type Member } from './cast.ts';
import type { System } from './system.ts';
import { until } from './until.ts';

/** Orders what is final of a year to be paid. Returns the payment order's id. */
export async function orderPayout(system: System, year: number): Promise<string> {
  const payout = await system.person('officer').do(payoutsRoutes.orderPayout, { body: { year } });
  return payout.id;
}

/** Approval by the industry department, then by the finance department: different people (clause 七-(一)). */
export async function approvePayout(system: System, payoutId: string): Promise<void> {
  await decide(system.person('officer2'), payoutId, { outcome: 'approve' }, 'payout-industry');
  await decide(system.person('finance'), payoutId, { outcome: 'approve' }, 'payout-finance');
}

/** Waits until the payment order has this status. */
export const payoutWhen = (system: System, payoutId: string, status: string) =>
  until(`payment order ${status}`, async () => {
    const payout = await system.person('finance').do(payoutsRoutes.readPayout, { params: { payoutId } });
    return payout.status === status ? payout : undefined;
  });

export interface BankSays {
  readonly outcome: 'paid' | 'failed';
  readonly reason?: string;
}

/** A line of a payment order as the API answers it. */
export interface Line {
  readonly id: string;
  readonly version: number;
  readonly providerId: string;
  readonly amount: string;
  readonly status: string;
}

const linesOf = async (system: System, payoutId: string): Promise<readonly Line[]> =>
  (await system.person('finance').do(payoutsRoutes.listPayoutLines, { params: { payoutId }, query: { limit: 100 } }))
    .items;

/** The finance department records what the bank says of each line that is there. Returns the lines that failed. */
export async function answerBank(
  system: System,
  payoutId: string,
  say: (line: Line) => BankSays,
): Promise<readonly Line[]> {
  const finance = system.person('finance2');
  const { sending } = await payoutWhen(system, payoutId, 'at-bank');
  const sent = (await linesOf(system, payoutId)).filter((line) => line.status === 'sent');
  const answers = sent.map((line) => ({ line, says: say(line) }));
  await finance.do(payoutsRoutes.recordBankAnswers, {
    params: { payoutId },
    body: {
      sending,
      lines: answers.map(({ line, says }) =>
        says.outcome === 'paid'
          ? {
              lineId: line.id,
              outcome: 'paid',
              bankSerial: `CZ-${payoutId.slice(-8)}-${line.id.slice(4, 16)}-${sending}`,
            }
          : { lineId: line.id, outcome: 'failed', reason: says.reason ?? '退汇' },
      ),
    },
  });
  return answers.filter(({ says }) => says.outcome === 'failed').map(({ line }) => line);
}

/** The provider gives another account, and the finance department takes it for the failed line. */
export async function correctLine(system: System, provider: Member, payoutId: string, failed: Line): Promise<void> {
  const params = { organisationId: provider.organisationId };
  const { version } = await provider.person.do(registryRoutes.readIdentity, { params });
  await provider.person.do(registryRoutes.putIdentity, {
    params,
    version,
    body: {
      legalRepresentative: '白音',
      contactName: '萨仁',
      contactIdNumber: provider.idNumber,
      contactPhone: '13847100000',
      bankAccount: { accountName: provider.name, bank: '内蒙古银行', number: '6217999900001111222' },
    },
  });
  await payoutWhen(system, payoutId, 'correcting');
  const line = (await linesOf(system, payoutId)).find(({ id }) => id === failed.id);
  await system.person('finance').do(payoutsRoutes.correctLine, {
    params: { payoutId, lineId: failed.id },
    version: line?.version ?? 0,
    body: { account: 'changed', note: '服务商已更正收款账户' },
  });
}
