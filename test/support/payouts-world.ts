import { payoutsRoutes } from '../../contracts/payouts.ts';
import { publicityRoutes } from '../../contracts/publicity.ts';
import type { Role } from '../../core/actors/actor.ts';
import { businessDateOf } from '../../core/calendar/business-date.ts';
import type { Claim, ClaimItem } from '../../core/claims/claim.ts';
import { born, revise } from '../../core/lifecycle/record.ts';
import { fen, formatYuan, sum } from '../../core/money/money.ts';
import { netOf } from '../../core/payouts/offset.ts';
import type { PayoutLine } from '../../core/payouts/payout.ts';
import type { Ports } from '../../core/ports/context.ts';
import { makeDecideTask } from '../../core/usecases/inbox/decide-task.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { decideAndCommit } from '../../functions/_runtime/commit.ts';
import { idsOf } from '../../functions/_runtime/ids.ts';
import { createSteps } from '../../functions/_runtime/steps.ts';
import { objectionHandlingSteps } from '../../functions/objection-steps/steps.ts';
import { payoutSteps } from '../../functions/payout-steps/steps.ts';
import { payoutsApi } from '../../functions/payouts-api/routes/index.ts';
import { publicityApi } from '../../functions/publicity-api/routes/index.ts';
import { publicityWindowSteps } from '../../functions/publicity-steps/steps.ts';
import { claimsWorld, FACE, newId, noon } from './claims-world.ts';
import type { Engine } from './engine.ts';
import { type Call, type Caller, call } from './http-event.ts';
import { accepted } from './orders-world.ts';
import { walk } from './walk.ts';

export const proposer: Caller = { sub: 'officer-proposer', roles: ['regional-officer'] };
export const industry: Caller = { sub: 'officer-industry', roles: ['regional-officer'] };
export const finance: Caller = { sub: 'finance-approver', roles: ['finance-officer'] };
export const cashier: Caller = { sub: 'finance-cashier', roles: ['finance-officer'] };
export const AUDITOR = 'auditor-of-claims';
export const ACCOUNT = '6222021001112223334';

type Audited = { readonly approved?: number; readonly activeAt?: number };
type Deciding = { outcome: string; reasonCode?: string; note?: string; corrected?: number };

/** Publicity and payouts on a real engine: audited claims with their money, the routes, and the state machine files. */
export async function payoutsWorld(engine: Engine) {
  const claims = await claimsWorld(engine);
  const { clock, store, seed } = claims;
  clock.at = noon('2019-09-27');
  const now = () => clock.at;
  const ports: Ports = { reads: store, calendar: () => storedCalendar(store, now()) };
  const apis = {
    publicity: createApi({ store, now, routes: publicityApi(ports) }),
    payouts: createApi({ store, now, routes: payoutsApi(ports, store) }),
  };
  const steps = {
    'publicity-window': createSteps('publicity-window', { store, now, steps: publicityWindowSteps(ports) }),
    'objection-handling': createSteps('objection-handling', { store, now, steps: objectionHandlingSteps(ports) }),
    payout: createSteps('payout', { store, now, steps: payoutSteps(ports) }),
  };

  const provider = async (account: string | undefined = ACCOUNT) => {
    const organisation = await claims.organisation('provider');
    await seed({
      do: 'create',
      entity: 'identityRecord',
      value: {
        organisationId: organisation.id,
        ...born(clock.at),
        legalRepresentative: '李四',
        contactName: '张三',
        contactIdNumber: '150102199001011230',
        contactPhone: '13800000011',
        accountVersion: 1,
        disclosures: [],
        ...(account
          ? { bankAccount: { accountName: organisation.name, bank: '工商银行呼和浩特分行', number: account } }
          : {}),
      },
    });
    return organisation;
  };

  /** A claim whose audit has ended, with one item per given result: fen approved, 0 for a rejection. */
  const auditedClaim = async (results: readonly Audited[], of?: Awaited<ReturnType<typeof provider>>) => {
    const seller = of ?? (await provider());
    const claimId = newId('clm');
    const items: ClaimItem[] = [];
    for (const { approved = FACE, activeAt = noon('2018-12-29') } of results) {
      const { voucher, order } = await claims.purchase({ provider: seller, voucher: { status: 'claimed', activeAt } });
      items.push({
        claimId,
        id: newId('itm'),
        ...born(clock.at),
        status: approved === 0 ? 'rejected' : 'approved',
        providerId: seller.id,
        voucherId: voucher.id,
        voucherNumber: voucher.number,
        orderId: order.id,
        enterpriseId: voucher.enterpriseId,
        enterpriseName: voucher.enterpriseName,
        enterpriseUscc: voucher.enterpriseUscc,
        year: 2019,
        activeAt,
        asked: FACE,
        invoices: [],
        transfers: [],
        contractDocumentId: newId('doc'),
        findings: [],
        audit: {
          outcome: approved === 0 ? 'reject' : approved < FACE ? 'reduce' : 'approve',
          ...(approved < FACE ? { reasonCode: 'quality-problem' } : {}),
          approved: fen(approved),
          auditedBy: AUDITOR,
          auditedAt: clock.at,
          reasons: [],
        },
      });
    }
    const claim: Claim = {
      id: claimId,
      ...born(clock.at),
      status: 'in-publicity',
      providerId: seller.id,
      providerName: seller.name,
      year: 2019,
      itemCount: items.length,
      asked: sum(items.map(({ asked }) => fen(asked))),
      auditorSub: AUDITOR,
      auditors: [AUDITOR],
      round: 1,
    };
    await seed({ do: 'create', entity: 'claim', value: claim });
    for (const value of items) await seed({ do: 'create', entity: 'claimItem', value });
    return { seller, claim, items };
  };

  const send = (
    routes: 'publicity' | 'payouts',
    contract: Parameters<typeof call>[1],
    caller: Caller | undefined,
    what: Call = {},
  ) => call(apis[routes], contract, caller, contract.method === 'GET' ? what : { body: {}, ...what });
  const publicity = (route: keyof typeof publicityRoutes, caller: Caller | undefined, what: Call = {}) =>
    send('publicity', publicityRoutes[route], caller, what);
  const payouts = (route: keyof typeof payoutsRoutes, caller: Caller | undefined, what: Call = {}) =>
    send('payouts', payoutsRoutes[route], caller, what);

  let decisions = 0;
  /** Decides a task through the inbox's use case. Gives the rule that refused, or the outcome. */
  const decide = async (taskId: string, sub: string, role: Role, decision: Deciding): Promise<string> => {
    decisions += 1;
    const actor = { sub, name: sub, role };
    const executions = { isRunning: async () => true };
    const fields = { reasons: [], ...decision };
    const decided = await decideAndCommit(store, { actor, at: clock.at, requestId: newId('req') }, () =>
      makeDecideTask({ reads: store, executions })(
        { taskId, fields },
        { actor, at: clock.at, newId: idsOf(`d${decisions}`) },
      ),
    );
    return decided.ok ? decision.outcome : decided.failure.rule;
  };

  const onTime = async (endsAt: string) => {
    clock.at = Math.max(clock.at, Date.parse(endsAt));
  };
  const none = async (): Promise<string> => {
    throw new Error('nobody is asked here');
  };
  let calls = 0;
  const run = (
    workflow: keyof typeof steps,
    input: Record<string, string>,
    onWait: (state: string, taskId: string) => Promise<string> = none,
    time: (endsAt: string) => Promise<void> = onTime,
  ) =>
    walk(workflow, input, {
      step: async (event) => {
        calls += 1;
        return (await steps[workflow](event, { awsRequestId: `step-${calls}` })) as Record<string, unknown>;
      },
      onWait,
      onTime: time,
    });

  const item = async ({ claimId, id }: Pick<ClaimItem, 'claimId' | 'id'>) => {
    const found = await store.get('claimItem', { claimId, id });
    if (!found) throw new Error('no item');
    return found;
  };

  /** A claim whose publicity is complete. */
  const publicised = async (results: readonly Audited[], of?: Awaited<ReturnType<typeof provider>>) => {
    const audited = await auditedClaim(results, of);
    await run('publicity-window', { claimId: audited.claim.id });
    return audited;
  };

  /** The provider changes its account in its identity record. */
  const changeAccount = async (organisationId: string, number: string) => {
    const identity = await store.get('identityRecord', { organisationId });
    if (!identity?.bankAccount) throw new Error('no account');
    const value = revise(identity, clock.at, {
      bankAccount: { ...identity.bankAccount, number },
      accountVersion: identity.accountVersion + 1,
    });
    await seed({ do: 'update', entity: 'identityRecord', value, audit: { action: 'change-account' } });
  };

  /** Finance records that the bank gave a line back; by default all of it, on the day it is told. */
  const recordReturn = (line: PayoutLine, more: object = {}, who: Caller = cashier, key?: string) =>
    payouts('recordBankReturn', who, {
      params: { payoutId: line.payoutId, lineId: line.id },
      body: {
        amount: formatYuan(netOf(line)),
        bankSerial: `T${line.payoutId.slice(-14)}${line.id.slice(-6).replace('_', '-')}`,
        returnedOn: businessDateOf(clock.at),
        reason: '收款账户已销户',
        ...more,
      },
      version: line.version,
      ...(key ? { key } : {}),
    });
  const decideReturn = (
    { payoutId, id, version }: Pick<PayoutLine, 'payoutId' | 'id' | 'version'>,
    outcome: 'confirm' | 'reject' = 'confirm',
    who: Caller = finance,
    key?: string,
  ) =>
    payouts('decideBankReturn', who, {
      params: { payoutId, lineId: id },
      body: { outcome, note: '已核对银行对账单' },
      version,
      ...(key ? { key } : {}),
    });
  /** The bank gave a line back, and two people of finance say so. Gives the order that sends it again. */
  const giveBack = async (line: PayoutLine): Promise<string> =>
    accepted(await decideReturn(accepted(await recordReturn(line)))).bankReturn.resentBy;

  return {
    ...claims,
    recordReturn,
    decideReturn,
    giveBack,
    provider,
    auditedClaim,
    publicised,
    publicity,
    payouts,
    decide,
    run,
    onTime,
    item,
    changeAccount,
  };
}
export type PayoutsWorld = Awaited<ReturnType<typeof payoutsWorld>>;
