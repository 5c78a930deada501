import { randomBytes } from 'node:crypto';
import { claimsRoutes } from '../../contracts/claims.ts';
import { businessDate, startOfDay } from '../../core/calendar/business-date.ts';
import type { OfferingVersion } from '../../core/catalogue/offering.ts';
import type { DocumentPurpose } from '../../core/documents/document.ts';
import { composeUscc } from '../../core/identity/uscc.ts';
import { born } from '../../core/lifecycle/record.ts';
import { fen, formatYuan } from '../../core/money/money.ts';
import type { Order } from '../../core/orders/order.ts';
import type { Voucher } from '../../core/orders/voucher.ts';
import { defaultParameters } from '../../core/policy/default-parameters.ts';
import type { Plan } from '../../core/policy/plan.ts';
import type { Ports } from '../../core/ports/context.ts';
import type { Change } from '../../core/ports/store.ts';
import type { Organisation } from '../../core/registry/organisation.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { createSteps } from '../../functions/_runtime/steps.ts';
import { claimAuditSteps } from '../../functions/claim-steps/steps.ts';
import { claimsApi } from '../../functions/claims-api/routes/index.ts';
import type { Engine } from './engine.ts';
import { type Call, type Caller, call } from './http-event.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const newId = (prefix: string): string =>
  `${prefix}_${Array.from(randomBytes(26), (byte) => ALPHABET[byte % 32]).join('')}`;

let serial = 0;
const nextSerial = () => {
  serial += 1;
  return serial;
};
const digits = (length: number) => String(nextSerial()).padStart(length, '0');

/** Noon of a day in Shanghai. */
export const noon = (date: string): number => startOfDay(businessDate(date)) + 12 * 3_600_000;

export const auditor: Caller = { sub: 'auditor-1', roles: ['auditor'] };
export const otherAuditor: Caller = { sub: 'auditor-2', roles: ['auditor'] };
export const inspector: Caller = { sub: 'inspector-1', roles: ['inspector'] };

/** What a subsidised purchase of 100,000 yuan at 20 % looks like, before anything is changed for a case. */
export const FEE = fen(10_000_000);
export const FACE = fen(2_000_000);

/** Claims on a real engine: records that other contexts leave behind, and the routes and steps under test. */
export async function claimsWorld({ store }: Engine) {
  const clock = { at: noon('2019-11-05') };
  const now = () => clock.at;
  const ports: Ports = { reads: store, calendar: () => storedCalendar(store, now()) };
  const api = createApi({ store, now, routes: claimsApi(ports) });
  const steps = createSteps('claim-audit', { store, now, steps: claimAuditSteps(ports) });

  const seed = async (...changes: Change[]) => {
    const committed = await store.commit(changes, {
      actor: { sub: 'seed', role: 'system' },
      at: clock.at,
      requestId: newId('req'),
    });
    if (!committed.ok) throw new Error(JSON.stringify(committed));
  };

  const plan: Plan = {
    year: 2019,
    ...born(clock.at),
    status: 'open',
    policyVersion: 1,
    title: '2019',
    appropriation: fen(100_000_000),
    parameters: defaultParameters,
    specs: [
      {
        id: 'spec-business',
        category: 'business-application',
        ratio: '0.2',
        amount: fen(50_000_000),
        count: 100,
      },
    ],
    signatures: [],
    draftedBy: 'seed',
  };

  const organisation = async (
    kind: 'enterprise' | 'provider',
    more: Partial<Organisation> = {},
  ): Promise<Organisation> => {
    const number = nextSerial();
    const value: Organisation = {
      id: newId('org'),
      ...born(clock.at),
      kind,
      uscc: composeUscc('150100', number),
      name: `${kind === 'enterprise' ? '草原工业' : '云帆科技'}${number}有限公司`,
      jurisdiction: '150100',
      status: 'certified',
      industrySection: kind === 'enterprise' ? 'C' : 'I',
      address: '呼和浩特市新城区',
      ...more,
    };
    await seed(
      { do: 'create', entity: 'organisation', value },
      {
        do: 'create',
        entity: 'member',
        value: {
          organisationId: value.id,
          organisationKind: kind,
          sub: `user-${value.id}`,
          name: '张三',
          role: 'owner',
          ...born(clock.at),
        },
      },
    );
    return value;
  };
  const memberOf = ({ id }: Organisation): Caller => ({ sub: `user-${id}` });

  const document = async (
    owner: Organisation,
    purpose: DocumentPurpose,
    sha256 = randomBytes(32).toString('hex'),
  ): Promise<string> => {
    const id = newId('doc');
    await seed({
      do: 'create',
      entity: 'document',
      value: {
        id,
        ...born(clock.at),
        organisationId: owner.id,
        uploadedBy: 'seed',
        purpose,
        fileName: 'scan.pdf',
        contentType: 'application/pdf',
        size: 1000,
        sha256,
        objectKey: id,
        status: 'accepted',
      },
    });
    return id;
  };

  const provider = await organisation('provider');
  const enterprise = await organisation('enterprise');
  await seed({ do: 'create', entity: 'plan', value: plan });
  await seed({ do: 'open-spec', year: 2019, specId: 'spec-business', amount: 5_000_000_000, count: 1000 });

  /** A delivered order with its used voucher and the money behind it. */
  const purchase = async (
    more: {
      order?: Partial<Order>;
      voucher?: Partial<Voucher>;
      marketPrice?: number;
      enterprise?: Organisation;
      provider?: Organisation;
    } = {},
  ) => {
    // Another enterprise each time: the same one would overlap with itself.
    const buyer = more.enterprise ?? (await organisation('enterprise'));
    const seller = more.provider ?? provider;
    const sha256 = randomBytes(32).toString('hex');
    const contractDocumentId = await document(seller, 'contract', sha256);
    const offeringId = newId('off');
    const version: OfferingVersion = {
      offeringId,
      number: 1,
      ...born(clock.at),
      providerId: seller.id,
      status: 'published',
      name: '云 ERP',
      description: '企业经营管理',
      kind: 'business-management',
      category: 'business-application',
      price: fen(1_000_000),
      priceUnit: 'month',
      voucherSupported: true,
      marketPrice: {
        price: fen(more.marketPrice ?? 1_000_000),
        source: '公开报价',
        observedOn: '2019-01-01',
        documentId: newId('doc'),
      },
      findings: [],
      reasons: [],
    };
    const ids = { order: newId('ord'), voucher: newId('vch') };
    const parts = [
      { specId: 'spec-business', category: 'business-application' as const, ratio: '0.2', fee: FEE, amount: FACE },
    ];
    const order: Order = {
      id: ids.order,
      ...born(clock.at),
      status: 'delivered',
      enterpriseId: buyer.id,
      enterpriseName: buyer.name,
      enterpriseUscc: buyer.uscc,
      jurisdiction: '150100',
      providerId: seller.id,
      providerName: seller.name,
      offeringId,
      offeringNumber: 1,
      offeringName: version.name,
      kind: 'business-management',
      category: 'business-application',
      quantity: 10,
      estimatedFee: FEE,
      wantedFrom: '2019-01-01',
      wantedTo: '2019-10-31',
      choice: { use: 'maximum' },
      planYear: 2019,
      policyVersion: 1,
      contract: {
        number: `HT-${digits(6)}`,
        lines: [{ kind: 'business-management', description: '云 ERP', listPrice: FEE, discount: fen(0), fee: FEE }],
        listPrice: FEE,
        discount: fen(0),
        fee: FEE,
        startsOn: '2019-01-01',
        endsOn: '2019-10-31',
        documentId: contractDocumentId,
        sha256,
        answeredAt: noon('2018-12-28'),
      },
      voucherId: ids.voucher,
      signedAt: noon('2018-12-29'),
      ...more.order,
    };
    const voucher: Voucher = {
      id: ids.voucher,
      ...born(clock.at),
      status: 'used',
      number: `YQ2019-${digits(6)}`,
      year: 2019,
      policyVersion: 1,
      enterpriseId: buyer.id,
      enterpriseName: buyer.name,
      enterpriseUscc: buyer.uscc,
      jurisdiction: '150100',
      providerId: seller.id,
      providerName: seller.name,
      orderId: ids.order,
      contractSha256: sha256,
      face: FACE,
      issuedFace: FACE,
      parts,
      activeAt: noon('2018-12-29'),
      expiresOn: '2019-12-30',
      receipt: [],
      ...more.voucher,
    };
    await seed(
      { do: 'create', entity: 'offeringVersion', value: version },
      { do: 'create', entity: 'order', value: order },
      { do: 'create', entity: 'voucher', value: voucher },
      {
        do: 'post',
        posting: {
          id: `led_issue_${voucher.id}`,
          year: 2019,
          at: clock.at,
          reason: 'issue',
          reference: { entity: 'voucher', id: voucher.id },
          orderId: order.id,
          actor: 'seed',
          entries: { appropriation: -FACE, active: FACE },
          specs: [{ specId: 'spec-business', amount: FACE, count: 1 }],
          cap: { uscc: buyer.uscc, amount: FACE, cap: 1_000_000_000 },
        },
      },
    );
    return { order, voucher, buyer, seller };
  };
  type Purchase = Awaited<ReturnType<typeof purchase>>;

  /** A request body with everything that clause 七-(一) asks for, and nothing wrong in it. */
  const evidence = async ({ order, voucher, buyer, seller }: Purchase) => ({
    voucherId: voucher.id,
    invoices: [
      {
        code: '1500191130',
        number: digits(8),
        issuedOn: '2019-10-31',
        amount: formatYuan(FEE),
        buyerUscc: buyer.uscc,
        sellerUscc: seller.uscc,
        documentId: await document(seller, 'invoice'),
      },
    ],
    transfers: [
      {
        serial: `ICBC${digits(10)}`,
        payerName: buyer.name,
        payeeName: seller.name,
        amount: formatYuan(fen(FEE - voucher.face)),
        paidOn: '2019-10-30',
        documentId: await document(seller, 'transfer-proof'),
      },
    ],
    usage: {
      from: order.contract?.startsOn ?? '',
      to: order.contract?.endsOn ?? '',
      activeUsers: 35,
      summary: '全年稳定使用',
      documentId: await document(seller, 'usage-report'),
    },
  });

  const send = (route: keyof typeof claimsRoutes, caller: Caller | undefined, what: Call = {}) =>
    // Every command has a body, if only an empty object.
    call(api, claimsRoutes[route], caller, claimsRoutes[route].method === 'GET' ? what : { body: {}, ...what });

  let visits = 0;
  /** Calls a step as the state machine would; a waiting one with a token. */
  const step = async (name: string, input: unknown, token?: string, { entered }: { entered?: string } = {}) => {
    visits += 1;
    return (await steps(
      {
        step: name,
        execution: `exe-${JSON.stringify(input)}`,
        state: name,
        entered: entered ?? `visit-${visits}`,
        ...(token ? { token } : {}),
        input,
      },
      { awsRequestId: `step-${visits}` },
    )) as Record<string, unknown>;
  };

  /** The steps before the auditors: items taken in, the task open. Gives what the execution knows then. */
  const openAudit = async (claimId: string, round = 1) => {
    let taken: Record<string, unknown>;
    do taken = await step('take-in-items', { claimId, round });
    while (taken.next === 'more');
    const { taskId } = await step('open-audit', { claimId, round }, 'token-1');
    return { claimId, round, decision: { taskId: String(taskId), outcome: 'completed' } };
  };

  return {
    clock,
    store,
    ports,
    seed,
    plan,
    provider,
    enterprise,
    organisation,
    memberOf,
    document,
    purchase,
    evidence,
    send,
    step,
    openAudit,
  };
}
export type ClaimsWorld = Awaited<ReturnType<typeof claimsWorld>>;
