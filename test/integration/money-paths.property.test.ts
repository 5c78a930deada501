import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correctionRoutes } from '../../contracts/corrections.ts';
import { fen, formatYuan } from '../../core/money/money.ts';
import { netOf, offsetOf } from '../../core/payouts/offset.ts';
import type { PayoutLine } from '../../core/payouts/payout.ts';
import { fundIdentity } from '../../core/policy/fund-report.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import { FACE, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { call } from '../support/http-event.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted } from '../support/orders-world.ts';
import { cashier, finance, industry, proposer } from '../support/payouts-world.ts';
import { type RecoveriesWorld, recoveriesWorld } from '../support/recoveries-world.ts';
import { captureLog } from '../support/registry-world.ts';

/** What people and the bank may do, in any order. `which` picks among what is there. */
type Act =
  | { readonly do: 'claim'; readonly amounts: readonly number[] }
  | { readonly do: 'order' }
  | { readonly do: 'goOn'; readonly which: number; readonly outcome: 'paid' | 'failed' }
  | { readonly do: 'giveBack'; readonly which: number; readonly outcome: 'confirm' | 'reject' }
  | { readonly do: 'takeBack'; readonly which: number; readonly amount: number }
  | { readonly do: 'repay'; readonly amount: number }
  | { readonly do: 'correct'; readonly amount: number };

const which = fc.nat({ max: 9 });
const amount = fc.integer({ min: 1, max: FACE });
const outcome = fc.constantFrom('paid' as const, 'paid' as const, 'failed' as const);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('claim' as const), amounts: fc.array(amount, { minLength: 1, maxLength: 2 }) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('order' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('goOn' as const), which, outcome }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('giveBack' as const),
      which,
      outcome: fc.constantFrom('confirm' as const, 'confirm' as const, 'reject' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('takeBack' as const), which, amount }) },
  fc.record({ do: fc.constant('repay' as const), amount }),
  fc.record({ do: fc.constant('correct' as const), amount }),
);

/** A workflow that stands where it waits for the bank or for a correction, until it is let go on. */
interface Execution {
  readonly payoutId: string;
  waits?: { readonly state: string; readonly goOn: (outcome: string) => void } | undefined;
  /** Settles when it waits again, or has ended. */
  rest: Promise<unknown>;
}

async function model(world: RecoveriesWorld, engine: Engine) {
  const { store, clock, ports } = world;
  clock.at = noon('2019-09-27');
  const api = createApi({ store, now: () => clock.at, routes: planApi(ports) });
  const seller = await world.provider();
  const executions: Execution[] = [];
  const vouchers: string[] = [];
  // The oracle is what the bank was told and did, not what is stored.
  let cash = 0;
  let serials = 0;
  const serial = () => {
    serials += 1;
    return `S${String(serials).padStart(10, '0')}`;
  };

  const start = async (payoutId: string, next: 'collect' | 'reopen') => {
    const execution: Execution = { payoutId, rest: Promise.resolve() };
    executions.push(execution);
    let waiting = () => {};
    const rests = () => {
      execution.rest = Promise.race([new Promise<void>((resolve) => (waiting = resolve)), ended]);
    };
    const ended: Promise<unknown> = Promise.resolve().then(() =>
      world.run('payout', { payoutId, next }, async (state, taskId) => {
        if (state === 'AskIndustry') {
          return world.decide(taskId, industry.sub, 'regional-officer', { outcome: 'approve' });
        }
        if (state === 'AskFinance') return world.decide(taskId, finance.sub, 'finance-officer', { outcome: 'approve' });
        return new Promise<string>((resolve) => {
          const goOn = (said: string) => {
            execution.waits = undefined;
            rests();
            resolve(said);
          };
          execution.waits = { state, goOn };
          waiting();
        });
      }),
    );
    rests();
    await execution.rest;
  };

  const linesOf = async (payoutId: string): Promise<readonly PayoutLine[]> =>
    (await store.list('linesOfPayout', { payoutId }, { limit: 100 })).items;
  const allLines = async () => (await Promise.all(executions.map(({ payoutId }) => linesOf(payoutId)))).flat();
  const pick = <T>(of: readonly T[], index: number): T | undefined => of[index % Math.max(1, of.length)];

  const goOn = async ({ payoutId, waits }: Execution, said: 'paid' | 'failed') => {
    const params = { payoutId };
    const lines = await linesOf(payoutId);
    if (waits?.state === 'AskBank') {
      const { sending } = accepted(await world.payouts('readPayout', cashier, { params }));
      const sent = lines.filter(({ status }) => status === 'sent');
      const answers = sent.map(({ id: lineId }) =>
        said === 'paid'
          ? { lineId, outcome: said, bankSerial: serial() }
          : { lineId, outcome: said, reason: '账号户名不符' },
      );
      accepted(await world.payouts('recordBankAnswers', cashier, { params, body: { sending, lines: answers } }));
      if (said === 'paid') for (const line of sent) cash += netOf(line);
      waits.goOn('answered');
    } else if (waits) {
      for (const { id: lineId, version } of lines.filter(({ status }) => status === 'failed')) {
        const body = { account: 'same', note: '重发' };
        accepted(await world.payouts('correctLine', cashier, { params: { payoutId, lineId }, body, version }));
      }
      waits.goOn('corrected');
    }
  };

  const perform = async (what: Act): Promise<void> => {
    switch (what.do) {
      case 'claim': {
        const { items } = await world.publicised(
          what.amounts.map((approved) => ({ approved })),
          seller,
        );
        vouchers.push(...items.map(({ voucherId }) => voucherId));
        return;
      }
      case 'order': {
        const ordered = await world.payouts('orderPayout', proposer, { body: { year: 2019 } });
        if (ordered.status === 201) await start(ordered.body.id, 'collect');
        return;
      }
      case 'goOn': {
        const execution = pick(
          executions.filter(({ waits }) => waits),
          what.which,
        );
        if (!execution) return;
        await goOn(execution, what.outcome);
        await execution.rest;
        return;
      }
      case 'giveBack': {
        const paid = (await allLines()).filter(({ status, answers }) => status === 'paid' && answers.length > 0);
        const line = pick(paid, what.which);
        if (!line) return;
        const recorded = accepted(await world.recordReturn(line, { bankSerial: serial() }));
        const decided = accepted(await world.decideReturn(recorded, what.outcome));
        if (what.outcome === 'reject') return;
        cash -= netOf(line);
        await start(decided.bankReturn.resentBy, 'reopen');
        return;
      }
      case 'takeBack': {
        const id = pick(vouchers, what.which);
        if (!id) return;
        const proposed = await world.propose(id, { amount: formatYuan(fen(what.amount)) });
        if (proposed.status === 201) accepted(await world.judgement(proposed.body));
        return;
      }
      case 'repay':
        await world.repay(seller.id, formatYuan(fen(what.amount)), { bankSerial: serial(), paidOn: '2019-09-27' });
        return;
      case 'correct': {
        const params = { year: '2019', postingId: 'led_seed_2019_1' };
        const body = { amount: formatYuan(fen(what.amount)), reasonCode: 'amount-mistyped', note: '多记' };
        const proposed = await call(api, correctionRoutes.proposeCorrection, cashier, { params, body });
        if (proposed.status !== 201) return;
        let { version } = proposed.body;
        for (const who of [industry, finance]) {
          const said = { params, body: { outcome: 'approve', note: '核对无误' }, version };
          ({ version } = accepted(await call(api, correctionRoutes.decideCorrection, who, said)));
        }
      }
    }
  };

  /** Everything that must hold after each act. */
  const wrong = async () => {
    const findings = await moneyFindings(engine, 2019);
    const found = new Set(findings.map(({ check, code }) => `${check}/${code}`));
    const fund = await store.fund(2019);
    const booked = (await allLines()).filter(({ status }) => status === 'paid' || status === 'returned');
    const kept = booked.reduce((sum, line) => sum + offsetOf(line), 0);
    const { sumsToZero, withinTotal, nothingNegative } = fundIdentity(fund);
    return [
      ...(await world.differences(2019)),
      ...Object.entries({
        sumsToZero,
        withinTotal,
        nothingNegative,
        'accounts equal vouchers': !found.has('vouchers/account'),
        'caps equal vouchers': !found.has('vouchers/cap'),
        'counts equal vouchers': !found.has('vouchers/spec'),
        'what was paid is at the payee, or was kept back': fund.paid === cash + kept,
      }).flatMap(([what, holds]) => (holds ? [] : [what])),
    ];
  };

  /** Lets every order go on until none waits. */
  const finish = async () => {
    for (let open = executions; ; ) {
      open = executions.filter(({ waits }) => waits);
      if (open.length === 0) return;
      for (const execution of open) {
        await goOn(execution, 'paid');
        await execution.rest;
      }
    }
  };
  return { perform, wrong, finish, vouchers };
}

test('whatever order payments, returns, resends, recoveries and corrections come in, every fen is where the ledger says', async () => {
  const log = captureLog();
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 12 }), async (acts) => {
        const engine = await startEngine();
        try {
          const world = await recoveriesWorld(engine);
          await world.post(2019, { appropriation: -FACE, available: FACE });
          const { perform, wrong, finish, vouchers } = await model(world, engine);
          // Something is paid, so that there is something to come back.
          for (const first of [{ do: 'claim', amounts: [FACE, FACE] }, { do: 'order' }] as const) await perform(first);
          for (const next of acts) {
            await perform(next);
            expect(await wrong(), JSON.stringify(next)).toEqual([]);
          }
          await finish();
          await perform({ do: 'order' });
          await finish();
          expect(await wrong()).toEqual([]);
          for (const id of vouchers) {
            const { status, paid, payable } = await world.voucherNow(id);
            expect(['redeemed', 'recovered']).toContain(status);
            expect(paid ?? payable).toBe(payable);
          }
        } finally {
          await engine.stop();
        }
      }),
      // A run is a fund of its own: shrinking would take minutes, and the acts say enough.
      { numRuns: Number(process.env.DENGYUN_MONEY_PATHS ?? 3), endOnFailure: true },
    );
  } finally {
    log.restore();
  }
});
