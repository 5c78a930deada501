import { claimsRoutes } from '../contracts/claims.ts';
import { ordersRoutes } from '../contracts/orders.ts';
import { planRoutes } from '../contracts/plan.ts';
import { publicityRoutes } from '../contracts/publicity.ts';
import { businessDate, businessDateOf, startOfDay, yearOf } from '../core/calendar/business-date.ts';
import { audit } from './audit.ts';
import {
  answer,
  conclude,
  type Deal,
  deliver,
  fileClaim,
  openPlan,
  place,
  publish,
  type Signed,
  sign,
} from './business.ts';
import { certify, type Member, register } from './cast.ts';
import { UnexpectedAnswer } from './client.ts';
import { type Figures, readFigures, signedFen } from './figures.ts';
import type { Narrator } from './narrator.ts';
import { answerBank, approvePayout, orderPayout, payoutWhen } from './payment.ts';
import { startInTheClaimYear } from './start-in-the-claim-year.ts';
import type { System } from './system.ts';
import type { Summary } from './tell-story.ts';
import { until } from './until.ts';
import { closeYear, yearEndWhen } from './year-end.ts';

const HOUR = 3_600_000;
const spec = (amount: string) => ({ category: 'business-application', amount, count: 20 });

/**
 * Two years, told over HTTP: in the first the money runs out, an enterprise waits for some, one contract is not performed and
 * one voucher is used too late to be claimed; the year is closed by both departments; in the second, whoever waited comes
 * first, what was free is spent again, and the old voucher is paid from the fund that its money moved to while it still
 * counts in the year of its use.
 */
export async function tellYears(system: System, tell: Narrator): Promise<Summary> {
  const started = performance.now();
  await startInTheClaimYear(system, tell);
  const first = yearOf(businessDateOf(system.clock.now()));
  const second = first + 1;

  tell.chapter(`${first} 年度计划：资金 30,000.00 元 · The plan of ${first}`);
  await openPlan(system, { year: first, appropriation: '30000.00', specs: [spec('30000.00')] });
  const people = await cast(system, tell);
  const offeringId = await publish(system, people.cloud, {
    name: '云 MES 生产管理',
    kind: 'production-control',
    price: '60000.00',
    priceUnit: 'year',
  });
  const deal = (enterprise: Member, contractNumber: string): Deal => ({
    enterprise,
    provider: people.cloud,
    offeringId,
    kind: 'production-control',
    quantity: 1,
    contractNumber,
    listPrice: '60000.00',
  });

  tell.chapter('资金用尽 · The money runs out');
  const order = async (enterprise: Member, contractNumber: string, what: string) => {
    const signed = await sign(system, deal(enterprise, contractNumber));
    tell.line(`${enterprise.name}：云服务券 ${signed.voucher.number} ${signed.voucher.face} 元（${what}）`);
    return signed;
  };
  const paid = await order(people.mine, 'ND-001', '当年兑现 · paid in the year');
  const late = await order(people.mill, 'ND-002', '跨年兑现 · claimed a year later');
  const failed = await order(
    people.machines,
    'ND-003',
    '资金只余此数，后未履行 · all that was left; not performed later',
  );
  const wanted: Deal = { ...deal(people.dairy, 'ND-004'), whenShort: 'wait' };
  const waiting = await place(system, wanted);
  await answer(system, wanted, waiting);
  tell.line(
    `${people.dairy.name}：资金已用尽，候补 ${waiting.waiting.missing} 元，云服务商同意保留报价 · waits, the provider agrees`,
  );
  await isRefused(place(system, deal(people.mine, 'ND-007')), 'waiting-list-ahead');
  tell.line('此后下单者不得插队 · nobody overtakes');

  tell.chapter(`${first} 年度兑现 · Claims of ${first}`);
  await system.clock.advanceBy(24 * HOUR);
  await deliver(paid);
  await claimAndPay(system, tell, first, people.cloud, [paid]);
  await deliver(late);
  await deliver(failed, { outcome: 'not-performed', reason: '云服务商未按期开通服务' });
  tell.line(`${failed.voucher.number} 终止，${failed.voucher.face} 元退回资金 · its money is free again`);
  await whenGiven(people.dairy, waiting.id, failed.voucher.face);
  const { position, missing, forecast } = await people.dairy.person.do(ordersRoutes.readPlace, {
    params: { orderId: waiting.id },
  });
  tell.line(
    `候补第 ${position} 位得到 ${failed.voucher.face} 元，尚缺 ${missing} 元（${forecast.kind}）· the first who waits is given it`,
  );

  tell.chapter('年终结转：试算、两部门审批、结转 · The close: dry run, two approvals, carry-over');
  await system.clock.advanceTo(startOfDay(businessDate(`${second}-01-01`)) + HOUR);
  await yearEndWhen(system, first, 'reported');
  const closed = await closeYear(system, first);
  for (const { originYear, amount } of closed.carried.free)
    tell.line(`结转 ${originYear} 年资金 ${amount} 元 · free money`);
  tell.line(`随资金转移云服务券 ${closed.moved.count} 张，${closed.moved.active} 元 · vouchers moved with their money`);

  tell.chapter(`${second} 年：结转资金再次发券，上年的券得到兑现 · The second year`);
  // The specs promise what was appropriated and what was carried over free.
  await openPlan(system, { year: second, appropriation: '20000.00', specs: [spec('26000.00')] });
  tell.line('预算 20,000.00 元，加结转 6,000.00 元 · appropriation and carry-over');
  const served = await whenGiven(people.dairy, waiting.id, waiting.waiting.wanted);
  const again = await conclude(system, deal(people.dairy, 'ND-005'), served);
  tell.line(`${people.dairy.name}：上年候补，本年最先得到 ${again.voucher.face} 元 · whoever waited comes first`);
  await system.clock.advanceTo(startOfDay(businessDate(`${second}-11-02`)) + 9 * HOUR);
  const more = await order(people.machines, 'ND-006', '用到结转资金 · carried money is spent');
  await system.clock.advanceBy(24 * HOUR);
  for (const signed of [again, more]) await deliver(signed);
  await claimAndPay(system, tell, second, people.cloud, [late, again, more]);

  const figures = [await readFigures(system, first), await readFigures(system, second)];
  const invariants = { ...named(figures, [first, second]), ...(await acrossYears(system, first, second)) };
  tell.chapter('两年收支 · Both statements');
  for (const year of [first, second]) await printStatement(system, tell, year);
  tell.chapter('核对 · Verification');
  for (const [name, holds] of Object.entries(invariants)) tell.line(`${holds ? '✓' : '✗'} ${name}`);
  const total = (of: (figures: Figures) => number) => figures.reduce((sum, one) => sum + of(one), 0);
  return {
    orders: total(({ orders }) => orders),
    vouchersIssued: total(({ vouchersIssued }) => vouchersIssued),
    paidFen: total(({ paidFen }) => paidFen),
    ledgerBalanced: figures.every(({ ledgerBalanced }) => ledgerBalanced),
    invariants,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
}

/** The order as soon as it holds so much. */
const whenGiven = (enterprise: Member, orderId: string, amount: string) =>
  until(`order ${orderId} holds ${amount}`, async () => {
    const order = await enterprise.person.do(ordersRoutes.readOrder, { params: { orderId } });
    return order.reservedAmount === amount ? order : undefined;
  });

async function isRefused(call: Promise<unknown>, code: string): Promise<void> {
  const refused = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(refused instanceof UnexpectedAnswer) || !refused.message.includes(code))
    throw new Error(`not refused: ${code}`);
}

async function cast(system: System, tell: Narrator) {
  const member = async (
    username: string,
    kind: 'provider' | 'enterprise',
    name: string,
    jurisdiction: Member['jurisdiction'],
    serial: number,
  ) => {
    const registered = await register(system, {
      username,
      kind,
      name,
      jurisdiction,
      section: kind === 'provider' ? 'I' : 'C',
      serial,
    });
    await certify(system, registered);
    tell.line(`${name} 已认证`);
    return registered;
  };
  return {
    cloud: await member('provider1', 'provider', '云上草原科技有限公司', '150100', 9201),
    mine: await member('enterprise1', 'enterprise', '敖包矿业有限责任公司', '150200', 1201),
    mill: await member('enterprise2', 'enterprise', '河套面粉有限公司', '150800', 1202),
    machines: await member('enterprise3', 'enterprise', '鹿城机械制造有限公司', '150200', 1203),
    dairy: await member('enterprise4', 'enterprise', '阿尔山乳业有限公司', '152200', 1204),
  };
}

/** The yearly claim of the provider, from filing to the bank's answer; the clock goes over the publicity window. */
async function claimAndPay(
  system: System,
  tell: Narrator,
  year: number,
  provider: Member,
  orders: readonly Signed[],
): Promise<void> {
  const auditor = system.person('auditor');
  await auditor.do(claimsRoutes.declareConflicts, {
    body: { organisationIds: [], statement: '与本年度申报单位无利害关系。' },
  });
  const claimId = await fileClaim(system, provider, orders);
  await audit(system, provider, claimId, () => ({ outcome: 'approve' }));
  const visitor = system.person('inspector');
  const notice = await until(`the notice of ${year}`, async () => {
    const { items } = await visitor.do(publicityRoutes.listNotices, { query: { year, limit: 100 } });
    return items[0];
  });
  await system.clock.advanceTo(Date.parse(notice.endsAt) + 60_000);
  await until(`claim ${claimId} is final`, async () => {
    const { status } = await visitor.do(claimsRoutes.readClaim, { params: { claimId } });
    return status === 'final' || undefined;
  });
  tell.line(`公示至 ${notice.lastDay} 24:00 · publicised`);
  // A payment order is for vouchers of one year of use; the earlier year comes first.
  for (const of of new Set(orders.map(({ voucher }) => voucher.year as number))) {
    const payoutId = await orderPayout(system, of);
    await approvePayout(system, payoutId);
    await answerBank(system, payoutId, () => ({ outcome: 'paid' }));
    const payout = await payoutWhen(system, payoutId, 'settled');
    tell.line(`${of} 年的券拨付 ${payout.paid} 元 · approved and paid, vouchers of ${of}`);
  }
}

const named = (figures: readonly Figures[], years: readonly number[]): Record<string, boolean> =>
  Object.fromEntries(
    figures.flatMap(({ invariants }, i) =>
      Object.entries(invariants).map(([name, holds]) => [`${years[i]}: ${name}`, holds]),
    ),
  );

/** What must be true of two years together (invariant 7). */
async function acrossYears(system: System, first: number, second: number): Promise<Record<string, boolean>> {
  const balances = async (year: number) =>
    (await system.person('inspector').do(planRoutes.readFund, { params: { year } })).balances;
  const [old, now] = [await balances(first), await balances(second)];
  const held = (of: Record<string, string>, accounts: readonly string[]) =>
    accounts.reduce((sum, account) => sum + signedFen(of[account] ?? '0.00'), 0);
  const live = ['reserved', 'active', 'accrued', 'deferred'];
  return {
    'what left the first year is what came into the second': signedFen(old.carryIn) === -signedFen(now.carryIn),
    'the closed year holds what it paid, and nothing else': held(old, ['available', ...live]) === 0,
    'what was appropriated in both years is paid, held or free':
      -signedFen(old.appropriation) - signedFen(now.appropriation) ===
      held(old, ['paid']) + held(now, ['paid', 'available', ...live]),
  };
}

async function printStatement(system: System, tell: Narrator, year: number): Promise<void> {
  const { balances } = await system.person('inspector').do(planRoutes.readFund, { params: { year } });
  for (const [account, amount] of Object.entries(balances)) {
    if (amount !== '0.00') tell.line(`${year}  ${account.padEnd(14)} ${String(amount).padStart(12)}`);
  }
}
