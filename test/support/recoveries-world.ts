import { recoveriesRoutes } from '../../contracts/recoveries.ts';
import { fen } from '../../core/money/money.ts';
import { makeTrialBalance } from '../../core/usecases/plan/trial-balance.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { recoveriesApi } from '../../functions/recoveries-api/routes/index.ts';
import { FACE } from './claims-world.ts';
import type { Engine } from './engine.ts';
import { type Call, type Caller, call } from './http-event.ts';
import { accepted } from './orders-world.ts';
import { yearEndWorld } from './year-end-world.ts';

export const accuser: Caller = { sub: 'officer-accuser', roles: ['regional-officer'] };
export const judge: Caller = { sub: 'finance-judge', roles: ['finance-officer'] };

/** Payouts and the close of a year on a real engine, with the routes of money taken back. */
export async function recoveriesWorld(engine: Engine) {
  const world = await yearEndWorld(engine);
  const { store, ports, clock, seed } = world;
  const api = createApi({ store, now: () => clock.at, routes: recoveriesApi(ports) });

  const recoveries = (route: keyof typeof recoveriesRoutes, caller: Caller | undefined, what: Call = {}) =>
    call(api, recoveriesRoutes[route], caller, recoveriesRoutes[route].method === 'GET' ? what : { body: {}, ...what });

  type Seller = Awaited<ReturnType<typeof world.provider>>;
  /** A voucher that the bank paid for: its face, but for what was deducted at the audit. */
  const redeemed = async (amount = FACE as number, seller?: Seller) => {
    const { voucher } = await world.purchase({
      ...(seller ? { provider: seller } : {}),
      voucher: { status: 'redeemed', payable: fen(amount), paidAt: clock.at },
    });
    await seed({
      do: 'post',
      posting: {
        id: `led_pay_${voucher.id}`,
        year: 2019,
        at: clock.at,
        reason: 'pay',
        reference: { entity: 'voucher', id: voucher.id },
        orderId: voucher.orderId,
        actor: 'seed',
        entries: { active: -FACE, paid: amount, available: FACE - amount },
        specs: amount === FACE ? [] : [{ specId: 'spec-business', amount: amount - FACE, count: 0 }],
      },
    });
    return voucher;
  };

  const propose = (voucherId: string, more: object = {}, who: Caller = accuser) =>
    recoveries('proposeRecovery', who, {
      body: { voucherId, reasonCode: 'inspection-finding', note: '审计发现多付', ...more },
    });

  const judgement = (
    { id, providerId, version }: { id: string; providerId: string; version: number },
    outcome: 'confirm' | 'reject' = 'confirm',
    who: Caller = judge,
  ) =>
    recoveries('decideRecovery', who, {
      params: { providerId, recoveryId: id },
      body: { outcome, note: '情况属实' },
      version,
    });

  /** A recovery that both departments agreed to. */
  const owed = async (voucherId: string, more: object = {}) =>
    accepted(await judgement(accepted(await propose(voucherId, more))));

  let serials = 0;
  const repay = (providerId: string, amount: string, more: object = {}, key?: string) => {
    serials += 1;
    return recoveries('recordRepayment', judge, {
      params: { providerId },
      body: { amount, bankSerial: `R${String(serials).padStart(8, '0')}`, paidOn: '2019-01-10', ...more },
      ...(key ? { key } : {}),
    });
  };

  const voucherNow = async (id: string) => {
    const found = await store.get('voucher', { id });
    if (!found) throw new Error('no voucher');
    return found;
  };

  /** What differs between the journal of a year and what is stored; the specs of a seeded year are larger than its plan. */
  const differences = async (year: number) => {
    const trial = await makeTrialBalance(ports)({ year }, { sub: 'auditor', role: 'auditor' });
    if (!trial.ok) throw new Error('no trial balance');
    const { unbalanced, accounts, caps, specs } = trial.value;
    const used = specs.filter((s) => s.storedAmount !== s.replayedAmount || s.storedCount !== s.replayedCount);
    return [...unbalanced, ...accounts, ...caps, ...used];
  };

  return { ...world, recoveries, redeemed, propose, judgement, owed, repay, voucherNow, differences };
}
export type RecoveriesWorld = Awaited<ReturnType<typeof recoveriesWorld>>;
