import { describe, expect, test } from 'vitest';
import { ordersRoutes } from '../../contracts/orders.ts';
import { composeUscc } from '../../core/identity/uscc.ts';
import { fen } from '../../core/money/money.ts';
import type { Jurisdiction } from '../../core/registry/jurisdictions.ts';
import { createClientLog } from './log.ts';
import { type QuotaYear, quotasPassed, type RefusingYear, refusedWithoutReason } from './quota-oracle.ts';

const [hohhot, other, baotou] = [composeUscc('150100', 1), composeUscc('150100', 2), composeUscc('150200', 3)];
const enterprise = (uscc: typeof hohhot, jurisdiction: Jurisdiction) => ({ organisation: { uscc, jurisdiction } });
const year: QuotaYear = {
  year: 2019,
  enterprises: [enterprise(hohhot, '150100'), enterprise(other, '150100'), enterprise(baotou, '150200')],
  quotas: { jurisdictionQuotas: { 150100: fen(1_000_000) }, providerQuota: fen(1_500_000) },
};

/** What people asked for and were told, each with the moments of both. */
function told() {
  const log = createClientLog();
  const add = (
    contract: (typeof ordersRoutes)['signOrder' | 'placeOrder' | 'confirmDelivery'],
    [askedAt, answeredAt]: readonly [number, number],
    orderId: string,
    body: object,
  ) =>
    log.add({
      ...{ who: 'somebody', sub: undefined, deed: '', contract, what: { params: { orderId } } },
      ...{ askedAt, answeredAt, attempts: 1, answers: [{ status: 200, headers: {}, body }] },
    });
  const of = (enterpriseUscc: string, orderId: string) => ({ enterpriseUscc, providerId: 'org_provider', orderId });
  return {
    log,
    signed: (uscc: string, orderId: string, issuedFace: string, at: readonly [number, number]) =>
      add(ordersRoutes.signOrder, at, orderId, {
        voucher: { ...of(uscc, orderId), number: orderId, year: 2019, issuedFace, expiresOn: '2019-12-31' },
      }),
    placed: (uscc: string, id: string, amount: string, at: readonly [number, number]) =>
      add(ordersRoutes.placeOrder, at, id, { ...of(uscc, id), id, planYear: 2019, reservation: { amount } }),
    delivered: (orderId: string, at: readonly [number, number]) => add(ordersRoutes.confirmDelivery, at, orderId, {}),
  };
}

describe('what people were told passes a quota', () => {
  test('when two had more than it together', () => {
    const { log, signed } = told();
    signed(hohhot, 'ord_1', '6000.00', [1, 2]);
    signed(other, 'ord_2', '4000.01', [3, 4]);
    expect(quotasPassed(log, year)).toEqual(['voucher ord_2 makes 1000001 fen of 150100, above its quota of 1000000']);
  });

  test('of a provider too, wherever its customers are, and when the second is only held for', () => {
    const { log, signed, placed } = told();
    signed(hohhot, 'ord_1', '9000.00', [1, 2]);
    placed(baotou, 'ord_2', '6000.01', [3, 4]);
    expect(quotasPassed(log, year)).toEqual([
      'the reservation of ord_2 makes 1500001 fen of org_provider, above its quota of 1500000',
    ]);
  });

  test('but not when it was just reached, when the first may have been given back, or which came first nobody knows', () => {
    const { log, signed, delivered } = told();
    signed(hohhot, 'ord_1', '6000.00', [1, 2]);
    signed(other, 'ord_2', '4000.00', [3, 4]);
    delivered('ord_1', [5, 9]);
    signed(other, 'ord_3', '6000.00', [6, 8]);
    delivered('ord_3', [10, 11]);
    delivered('ord_2', [10, 11]);
    signed(hohhot, 'ord_4', '9000.00', [12, 15]);
    signed(hohhot, 'ord_5', '9000.00', [13, 16]);
    expect(quotasPassed(log, year)).toEqual([]);
  });
});

describe('a refusal for a quota', () => {
  const party = (uscc: string, sub: string, jurisdiction: Jurisdiction) => ({
    organisation: { id: `org_${sub}`, uscc, jurisdiction },
    members: [{ sub }],
  });
  const ofYear: RefusingYear = {
    ...{ year: 2019, quotas: year.quotas, enterprises: [party(hohhot, 'buyer', '150100')] },
    offers: [{ offeringId: 'off_1', provider: party(baotou, 'seller', '150200') }],
  };
  const refused = (code: string) => {
    const log = createClientLog();
    log.add({
      ...{ who: 'buyer-1', sub: 'buyer', deed: '', contract: ordersRoutes.placeOrder },
      ...{ what: { body: { offeringId: 'off_1' } }, askedAt: 3, answeredAt: 7, attempts: 1 },
      answers: [{ status: 409, headers: {}, body: { code } }],
    });
    return log;
  };

  test.each([
    ['jurisdiction-quota-exhausted', 'jurisdiction:150100', 1_000_000],
    ['provider-quota-exhausted', 'org_seller', 1_500_000],
  ])('%s is right when all of it was taken at some moment meanwhile, and wrong otherwise', (code, quota, all) => {
    const asked: unknown[] = [];
    const taken =
      (fen: number) =>
      (...of: unknown[]) => {
        asked.push(of);
        return fen;
      };
    expect(refusedWithoutReason(refused(code), ofYear, taken(all))).toEqual([]);
    expect(refusedWithoutReason(refused(code), ofYear, taken(all - 1))).toEqual([
      `buyer-1 was told ${code} while 1 fen were left all the time`,
    ]);
    expect(asked).toEqual([
      [2019, quota, 3, 7],
      [2019, quota, 3, 7],
    ]);
    expect(refusedWithoutReason(refused('fund-exhausted'), ofYear, taken(0))).toEqual([]);
  });
});
