import { claimsRoutes } from '../contracts/claims.ts';
import { ordersRoutes } from '../contracts/orders.ts';
import { publicityRoutes } from '../contracts/publicity.ts';
import { registryRoutes } from '../contracts/registry.ts';
import { businessDateOf, yearOf } from '../core/calendar/business-date.ts';
import { audit } from './audit.ts';
import { deliver, fileClaim, openPlan, publish, type Signed, sign } from './business.ts';
import { apply, approveApplication, certify, decide, type Member, register, statusOf } from './cast.ts';
import { type Figures, readFigures } from './figures.ts';
import type { Narrator } from './narrator.ts';
import { answerBank, approvePayout, correctLine, orderPayout, payoutWhen } from './payment.ts';
import { startInTheClaimYear } from './start-in-the-claim-year.ts';
import type { System } from './system.ts';
import { until } from './until.ts';

/** What the story ends with. */
export interface Summary {
  readonly orders: number;
  readonly vouchersIssued: number;
  readonly paidFen: number;
  readonly ledgerBalanced: boolean;
  readonly invariants: Readonly<Record<string, boolean>>;
  readonly seconds: number;
}

/**
 * The life of eight orders, told over HTTP: the full path; one voucher limited by the yearly cap; one by its spec; a
 * contract that fails; a certification returned and corrected; a claim with an item cut for quality, one rejected for
 * its price, one objected to and upheld; a failed bank transfer corrected and sent again.
 */
export async function tellStory(system: System, tell: Narrator): Promise<Summary> {
  const started = performance.now();
  await startInTheClaimYear(system, tell);
  const year = yearOf(businessDateOf(system.clock.now()));

  tell.chapter('两部门共同签发年度计划 · Both departments sign the annual plan');
  await openPlan(system, {
    year,
    appropriation: '200000.00',
    specs: [
      { category: 'infrastructure', amount: '60000.00', count: 50 },
      { category: 'business-application', amount: '80000.00', count: 50 },
      { category: 'platform-system', amount: '12000.00', count: 20 },
    ],
  });
  tell.line('资金 200,000.00 元；基础设施 15 %、业务应用 20 %、平台系统 25 % · fund 200,000.00 yuan, three specs');

  const cast = await certifyCast(system, tell);
  const offers = await publishOffers(system, tell, cast);
  const orders = await makeContracts(system, tell, cast, offers);
  await deliverServices(system, tell, orders);
  const claims = await claimAndAudit(system, tell, cast, orders);
  await publicise(system, tell, claims, orders);
  const figures = await pay(system, tell, year, cast);

  tell.chapter('核对 · Verification');
  for (const [name, holds] of Object.entries(figures.invariants)) tell.line(`${holds ? '✓' : '✗'} ${name}`);
  return {
    orders: figures.orders,
    vouchersIssued: figures.vouchersIssued,
    paidFen: figures.paidFen,
    ledgerBalanced: figures.ledgerBalanced,
    invariants: figures.invariants,
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
}

interface Cast {
  readonly cloud: Member;
  readonly data: Member;
  readonly mine: Member;
  readonly mill: Member;
  readonly machines: Member;
  readonly dairy: Member;
}

async function certifyCast(system: System, tell: Narrator): Promise<Cast> {
  tell.chapter('服务商：盟市推荐、自治区择优备案 · Providers: recommended by the city, selected by the region');
  const provider = async (username: string, name: string, serial: number) => {
    const member = await register(system, {
      username,
      kind: 'provider',
      name,
      jurisdiction: '150100',
      section: 'I',
      serial,
    });
    await certify(system, member);
    const { recordNumber } = await member.person.do(registryRoutes.readOrganisation, {
      params: { organisationId: member.organisationId },
    });
    tell.line(`${name} 备案号 ${recordNumber}`);
    return member;
  };
  const cloud = await provider('provider1', '云上草原科技有限公司', 9101);
  const data = await provider('provider2', '敕勒川数据服务有限公司', 9102);

  tell.chapter('企业实名认证；一家被退回补正 · Enterprises are certified; one is returned and corrects');
  const enterprise = async (username: string, name: string, jurisdiction: Member['jurisdiction'], serial: number) =>
    register(system, { username, kind: 'enterprise', name, jurisdiction, section: 'C', serial });
  const mine = await enterprise('enterprise1', '敖包矿业有限责任公司', '150200', 1101);
  const mill = await enterprise('enterprise2', '河套面粉有限公司', '150800', 1102);
  const machines = await enterprise('enterprise3', '鹿城机械制造有限公司', '150200', 1103);
  const dairy = await enterprise('enterprise4', '阿尔山乳业有限公司', '152200', 1104);
  for (const member of [mine, mill, machines]) {
    await certify(system, member);
    tell.line(`${member.name} 已认证`);
  }
  const first = await apply(dairy);
  await decide(system.person('city-152200'), first, {
    outcome: 'return',
    reasons: [
      { pointer: '/documents/businessLicence', reasonCode: 'document-not-stamped', note: '营业执照复印件未加盖公章' },
    ],
  });
  await statusOf(dairy, 'returned');
  tell.line(`${dairy.name} 被退回：营业执照复印件未加盖公章`);
  await approveApplication(system, dairy, await apply(dairy));
  tell.line(`${dairy.name} 补正后认证`);
  return { cloud, data, mine, mill, machines, dairy };
}

interface Offers {
  readonly compute: string;
  readonly storage: string;
  readonly mes: string;
  readonly database: string;
}

async function publishOffers(system: System, tell: Narrator, { cloud, data }: Cast): Promise<Offers> {
  tell.chapter('产品审核上架 · Offerings are reviewed and published');
  const compute = await publish(system, cloud, {
    name: '弹性计算标准型',
    kind: 'computing',
    price: '1000.00',
    priceUnit: 'month',
  });
  const storage = await publish(system, cloud, {
    name: '对象存储标准型',
    kind: 'storage',
    price: '1000.00',
    priceUnit: 'month',
  });
  const mes = await publish(system, data, {
    name: '云 MES 生产管理',
    kind: 'production-control',
    price: '60000.00',
    priceUnit: 'year',
  });
  const database = await publish(system, data, {
    name: '云数据库企业版',
    kind: 'database',
    price: '40000.00',
    priceUnit: 'year',
  });
  tell.line('弹性计算、对象存储（15 %）、云 MES（20 %）、云数据库（25 %）');
  return { compute, storage, mes, database };
}

interface Orders {
  readonly full: Signed;
  readonly capped: Signed;
  readonly bySpec: Signed;
  readonly failed: Signed;
  readonly corrected: Signed;
  readonly poorQuality: Signed;
  readonly tooDear: Signed;
  readonly objected: Signed;
}

async function makeContracts(system: System, tell: Narrator, cast: Cast, offers: Offers): Promise<Orders> {
  tell.chapter('下单、签约、自动生成云服务券 · Orders, contracts, vouchers');
  const compute = { provider: cast.cloud, offeringId: offers.compute, kind: 'computing' } as const;
  // The same kind for the same days is subsidised once (五-(三)): a second contract of one enterprise is of another kind.
  const storage = { provider: cast.cloud, offeringId: offers.storage, kind: 'storage' } as const;
  const mes = { provider: cast.data, offeringId: offers.mes, kind: 'production-control' } as const;
  const database = { provider: cast.data, offeringId: offers.database, kind: 'database' } as const;
  const show = (what: string, { enterprise, voucher, order }: Signed) =>
    tell.line(
      `${enterprise.name}：费用 ${order.contract.fee}，云服务券 ${voucher.number} ${voucher.face} 元（${what}）`,
    );

  const full = await sign(system, {
    ...compute,
    enterprise: cast.mine,
    quantity: 12,
    contractNumber: 'CY-001',
    listPrice: '12000.00',
    discount: '666.66',
  });
  show('完整流程 · the full path', full);
  const capped = await sign(system, {
    ...mes,
    enterprise: cast.mill,
    quantity: 2,
    contractNumber: 'SJ-001',
    listPrice: '120000.00',
  });
  show('达年度限额 · limited by the yearly cap', capped);
  const bySpec = await sign(system, {
    ...database,
    enterprise: cast.machines,
    quantity: 2,
    contractNumber: 'SJ-002',
    listPrice: '80000.00',
  });
  show('达规格金额 · limited by its spec', bySpec);
  const failed = await sign(system, {
    ...compute,
    enterprise: cast.machines,
    quantity: 6,
    contractNumber: 'CY-002',
    listPrice: '6000.00',
  });
  show('后未履行 · not performed later', failed);
  const corrected = await sign(system, {
    ...compute,
    enterprise: cast.dairy,
    quantity: 20,
    contractNumber: 'CY-003',
    listPrice: '20000.00',
    choice: { use: 'amount', amount: '2500.00' },
  });
  show('只用一部分额度 · asked for less', corrected);
  const poorQuality = await sign(system, {
    ...storage,
    enterprise: cast.mine,
    quantity: 10,
    contractNumber: 'CY-004',
    listPrice: '10000.00',
  });
  show('后有质量问题 · quality problem later', poorQuality);
  const tooDear = await sign(system, {
    ...mes,
    enterprise: cast.dairy,
    quantity: 1,
    contractNumber: 'SJ-003',
    listPrice: '60000.00',
  });
  show('后查明高于市场价 · above the market price, as it turns out', tooDear);
  const objected = await sign(system, {
    ...mes,
    enterprise: cast.mine,
    quantity: 1,
    contractNumber: 'SJ-004',
    listPrice: '60000.00',
  });
  show('后有异议 · objected to later', objected);
  return { full, capped, bySpec, failed, corrected, poorQuality, tooDear, objected };
}

async function deliverServices(system: System, tell: Narrator, { failed, ...delivered }: Orders): Promise<void> {
  tell.chapter('服务交付；一份合同未履行 · Delivery; one contract is not performed');
  await system.clock.advanceBy(86_400_000);
  for (const order of Object.values(delivered)) await deliver(order);
  await deliver(failed, { outcome: 'not-performed', reason: '云服务商未按期开通服务' });
  const voucher = await failed.enterprise.person.do(ordersRoutes.readVoucher, {
    params: { voucherId: failed.voucher.id },
  });
  tell.line(`${failed.voucher.number} 终止（${voucher.status}），资金、规格、限额全部退回`);
}

interface Claims {
  readonly cloud: string;
  readonly data: string;
}

async function claimAndAudit(system: System, tell: Narrator, cast: Cast, orders: Orders): Promise<Claims> {
  tell.chapter('统一兑现申请与第三方审核 · Yearly claims and the audit');
  const cloud = await fileClaim(system, cast.cloud, [orders.full, orders.corrected, orders.poorQuality]);
  const data = await fileClaim(system, cast.data, [orders.capped, orders.bySpec, orders.tooDear, orders.objected]);
  const auditor = system.person('auditor');
  await auditor.do(claimsRoutes.declareConflicts, {
    body: { organisationIds: [], statement: '与本年度申报单位无利害关系。' },
  });
  await audit(system, cast.cloud, cloud, (item) =>
    item.voucherId === orders.poorQuality.voucher.id
      ? { outcome: 'reduce', reasonCode: 'quality-problem', severity: 'minor', note: '可用性未达协议标准' }
      : { outcome: 'approve' },
  );
  tell.line(`${orders.poorQuality.voucher.number} 因一般质量问题扣减 10 %，服务商已陈述意见`);
  await audit(system, cast.data, data, (item) =>
    item.voucherId === orders.tooDear.voucher.id
      ? { outcome: 'reject', reasonCode: 'price-above-market', note: '同期公开报价更低' }
      : { outcome: 'approve' },
  );
  tell.line(`${orders.tooDear.voucher.number} 因高于市场价不予兑现`);
  return { cloud, data };
}

async function publicise(system: System, tell: Narrator, claims: Claims, orders: Orders): Promise<void> {
  tell.chapter('公示不少于五个工作日；一项异议成立 · Publicity of five working days; one objection is upheld');
  const visitor = system.person('inspector');
  const year = yearOf(businessDateOf(system.clock.now()));
  const noticesOf = async () => (await visitor.do(publicityRoutes.listNotices, { query: { year, limit: 100 } })).items;
  const notices = await until('both notices', async () => {
    const items = await noticesOf();
    return items.length >= Object.keys(claims).length ? items : undefined;
  });
  for (const notice of notices)
    tell.line(
      `${notice.providerName} 公示 ${notice.publishedOn}，至 ${notice.lastDay} 24:00，共 ${notice.lineCount} 项 ${notice.approvedTotal} 元`,
    );

  const lineOf = async (signed: Signed) => {
    for (const notice of notices) {
      const { items } = await visitor.do(publicityRoutes.readNoticeLines, { params: { noticeId: notice.id } });
      const line = items.find((l: { voucherNumber: string }) => l.voucherNumber === signed.voucher.number);
      if (line) return { notice, line };
    }
    throw new Error(`no notice has ${signed.voucher.number}`);
  };
  const { notice, line } = await lineOf(orders.objected);
  const objection = await visitor.do(publicityRoutes.lodgePublicObjection, {
    params: { noticeId: notice.id },
    body: {
      claimItemId: line.claimItemId,
      name: '苏日娜',
      phone: '13947100000',
      grounds: '该企业 11 月仅开通部分模块，兑现金额应相应减少。',
      documentIds: [],
    },
  });
  tell.line(`公众对 ${orders.objected.voucher.number} 提出异议：只暂停该项 · only that item is suspended`);
  await decide(
    system.person('officer'),
    objection.id,
    { outcome: 'uphold', reasonCode: 'objection-founded', note: '经核查仅交付八成模块', corrected: '4000.00' },
    'objection',
  );
  const again = await until('the corrected notice', async () =>
    (await noticesOf()).find((n: { edition: number }) => n.edition > 1),
  );
  tell.line(`异议成立，更正为 4,000.00 元，重新公示至 ${again.lastDay} · publicised anew with a full window`);

  await system.clock.advanceTo(Date.parse(again.endsAt) + 60_000);
  for (const claimId of Object.values(claims)) {
    await until(`claim ${claimId} is final`, async () => {
      const { status } = await visitor.do(claimsRoutes.readClaim, { params: { claimId } });
      return status === 'final' || undefined;
    });
  }
  tell.line(`时钟走过公示期：${again.lastDay} · the clock went over the window`);
}

async function pay(system: System, tell: Narrator, year: number, { data }: Cast): Promise<Figures> {
  tell.chapter('两部门审批、银行拨付；一笔退回后更正重发 · Two approvals, the bank, a failed transfer sent again');
  const payoutId = await orderPayout(system, year);
  await approvePayout(system, payoutId);
  const failing = await answerBank(system, payoutId, (line) =>
    line.providerId === data.organisationId ? { outcome: 'failed', reason: '收款账号不存在' } : { outcome: 'paid' },
  );
  tell.line(`银行退回 ${failing.length} 笔：收款账号不存在`);
  for (const line of failing) await correctLine(system, data, payoutId, line);
  await answerBank(system, payoutId, () => ({ outcome: 'paid' }));
  const payout = await payoutWhen(system, payoutId, 'settled');
  tell.line(`更正后重发成功，共拨付 ${payout.paid} 元，云服务券兑现 · sent again; paid in full`);
  return readFigures(system, year);
}
