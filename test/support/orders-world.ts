import { randomBytes } from 'node:crypto';
import { ordersRoutes } from '../../contracts/orders.ts';
import { businessDate, startOfDay } from '../../core/calendar/business-date.ts';
import { categoryOf, type Kind } from '../../core/catalogue/kinds.ts';
import type { Document, DocumentPurpose } from '../../core/documents/document.ts';
import { composeUscc } from '../../core/identity/uscc.ts';
import { move } from '../../core/ledger/posting.ts';
import { born } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import { defaultParameters } from '../../core/policy/default-parameters.ts';
import type { Plan, PlanParameters } from '../../core/policy/plan.ts';
import { quotaLines } from '../../core/policy/quotas.ts';
import type { Ports } from '../../core/ports/context.ts';
import type { Change } from '../../core/ports/store.ts';
import type { Organisation } from '../../core/registry/organisation.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { createSweep } from '../../functions/deadlines/sweep.ts';
import { ordersApi } from '../../functions/orders-api/routes/index.ts';
import type { Engine } from './engine.ts';
import { type Answered, type Call, type Caller, call } from './http-event.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const newId = (prefix: string): string =>
  `${prefix}_${Array.from(randomBytes(26), (byte) => ALPHABET[byte % 32]).join('')}`;

/** Noon of a day in Shanghai. */
export const noon = (date: string): number => startOfDay(businessDate(date)) + 12 * 3_600_000;

export const inspector: Caller = { sub: 'inspector-1', roles: ['inspector'] };

export interface PlanOptions {
  readonly fund?: number;
  readonly specAmount?: number;
  readonly specCount?: number;
  readonly parameters?: Partial<PlanParameters>;
}

/** One offering of a provider, as the catalogue publishes it. */
export interface Offer {
  readonly offeringId: string;
  readonly provider: Organisation;
  readonly kind: Kind;
}

/**
 * Orders and vouchers on a real engine: what registry, catalogue and plan leave behind is seeded, everything else goes
 * through the routes. Each world has a year of its own, so that worlds share a table.
 */
export async function ordersWorld({ store }: Engine, year: number, options: PlanOptions = {}) {
  const clock = { at: noon(`${year}-03-02`) };
  const now = () => clock.at;
  const ports: Ports = { reads: store, calendar: () => storedCalendar(store, now()) };
  const api = createApi({ store, now, routes: ordersApi(ports) });
  const sweep = createSweep({ store, ports, now });

  const seed = async (...changes: Change[]) => {
    const committed = await store.commit(changes, {
      actor: { sub: 'seed', role: 'system' },
      at: clock.at,
      requestId: newId('req'),
    });
    if (!committed.ok) throw new Error(JSON.stringify(committed));
  };

  const fund = options.fund ?? 100_000_000;
  const spec = { amount: fen(options.specAmount ?? 30_000_000), count: options.specCount ?? 100 };
  const plan: Plan = {
    year,
    ...born(clock.at),
    status: 'open',
    policyVersion: 1,
    title: String(year),
    appropriation: fen(fund),
    parameters: { ...defaultParameters, ...options.parameters },
    specs: [
      { id: 'inf', category: 'infrastructure', ratio: '0.15', ...spec },
      { id: 'app', category: 'business-application', ratio: '0.20', ...spec },
      { id: 'plt', category: 'platform-system', ratio: '0.25', ...spec },
    ],
    signatures: [],
    draftedBy: 'seed',
  };
  await seed(
    { do: 'create', entity: 'plan', value: plan },
    ...plan.specs.map(
      (line): Change => ({ do: 'open-spec', year, specId: line.id, amount: line.amount, count: line.count }),
    ),
    ...quotaLines(plan.parameters).map(
      ({ id, amount, count }): Change => ({ do: 'open-spec', year, specId: id, amount, count }),
    ),
    {
      do: 'post',
      posting: {
        id: `led_open_${year}`,
        year,
        at: clock.at,
        reason: 'appropriate',
        reference: { entity: 'plan', id: String(year) },
        actor: 'seed',
        entries: move('appropriation', 'available', fund),
        specs: [],
      },
    },
  );

  let serial = year * 1000;
  const organisation = async (kind: Organisation['kind'], more: Partial<Organisation> = {}): Promise<Organisation> => {
    serial += 1;
    const value: Organisation = {
      id: newId('org'),
      ...born(clock.at),
      kind,
      uscc: composeUscc('150100', serial),
      name: `${kind === 'enterprise' ? '草原工业' : '云帆科技'}${serial}有限公司`,
      jurisdiction: '150100',
      status: 'certified',
      industrySection: kind === 'enterprise' ? 'C' : 'I',
      address: '呼和浩特市新城区',
      ...more,
    };
    const { id: organisationId } = value;
    const member = {
      organisationId,
      organisationKind: kind,
      sub: `user-${organisationId}`,
      name: '张三',
      role: 'owner' as const,
      ...born(clock.at),
    };
    await seed({ do: 'create', entity: 'organisation', value }, { do: 'create', entity: 'member', value: member });
    return value;
  };

  const document = async (
    owner: Organisation,
    purpose: DocumentPurpose,
    more: Partial<Document> = {},
  ): Promise<string> => {
    const id = newId('doc');
    const value: Document = {
      id,
      ...born(clock.at),
      organisationId: owner.id,
      uploadedBy: 'seed',
      purpose,
      fileName: 'scan.pdf',
      contentType: 'application/pdf',
      size: 1000,
      sha256: randomBytes(32).toString('hex'),
      objectKey: id,
      status: 'accepted',
      ...more,
    };
    await seed({ do: 'create', entity: 'document', value });
    return id;
  };

  /** A published offering. Price in fen. */
  const offer = async (
    provider: Organisation,
    kind: Kind,
    price: number,
    more: { voucherSupported?: boolean; status?: 'published' | 'withdrawn' } = {},
  ): Promise<Offer> => {
    const offeringId = newId('off');
    const status = more.status ?? 'published';
    await seed(
      {
        do: 'create',
        entity: 'offering',
        value: {
          id: offeringId,
          ...born(clock.at),
          providerId: provider.id,
          providerName: provider.name,
          status,
          publishedNumber: 1,
          latestNumber: 1,
        },
      },
      {
        do: 'create',
        entity: 'offeringVersion',
        value: {
          offeringId,
          number: 1,
          ...born(clock.at),
          providerId: provider.id,
          status,
          name: '云服务',
          description: '云服务',
          kind,
          category: categoryOf(kind),
          price: fen(price),
          priceUnit: 'year',
          voucherSupported: more.voucherSupported ?? true,
          marketPrice: { price: fen(price), source: '公开报价', observedOn: `${year}-01-01`, documentId: newId('doc') },
          findings: [],
          reasons: [],
        },
      },
    );
    return { offeringId, provider, kind };
  };

  const memberOf = ({ id }: Organisation): Caller => ({ sub: `user-${id}` });
  const send = (route: keyof typeof ordersRoutes, caller: Caller | undefined, what: Call = {}) =>
    call(api, ordersRoutes[route], caller, what);

  const place = (
    enterprise: Organisation,
    { offeringId }: Offer,
    choice: object = { use: 'maximum' },
    what: Call = {},
    more: object = {},
  ) =>
    send('placeOrder', memberOf(enterprise), {
      ...what,
      body: {
        offeringId,
        offeringNumber: 1,
        quantity: 1,
        wantedFrom: `${year}-04-01`,
        wantedTo: `${year}-12-31`,
        choice,
        ...more,
      },
    });

  let contracts = 0;
  /** The provider's answer with a contract of one line; fees in yuan. */
  const answer = async (order: Answered['body'], from: Offer, fee: string, more: object = {}, what: Call = {}) => {
    contracts += 1;
    return send('answerOrder', memberOf(from.provider), {
      params: { orderId: order.id },
      version: order.version,
      ...what,
      body: {
        contractNumber: `HT-${year}-${contracts}`,
        lines: [{ kind: from.kind, description: '云服务', listPrice: fee, discount: '0' }],
        startsOn: `${year}-04-01`,
        endsOn: `${year}-12-31`,
        documentId: await document(from.provider, 'contract'),
        ...more,
      },
    });
  };

  const sign = (enterprise: Organisation, order: Answered['body'], what: Call = {}) =>
    send('signOrder', memberOf(enterprise), {
      params: { orderId: order.id },
      version: order.version,
      body: {},
      ...what,
    });

  /** Places, answers and signs; every step must succeed. */
  const signedOrder = async (
    enterprise: Organisation,
    from: Offer,
    fee: string,
    choice: object = { use: 'maximum' },
    contract: object = {},
  ) => {
    const placed = accepted(await place(enterprise, from, choice));
    const answered = accepted(await answer(placed, from, fee, contract));
    return accepted(await sign(enterprise, answered));
  };

  const deliver = (enterprise: Organisation, order: Answered['body'], body: object, what: Call = {}) =>
    send('confirmDelivery', memberOf(enterprise), {
      params: { orderId: order.id },
      version: order.version,
      body,
      ...what,
    });

  return {
    year,
    clock,
    store,
    seed,
    plan,
    organisation,
    document,
    offer,
    memberOf,
    send,
    place,
    answer,
    sign,
    signedOrder,
    deliver,
    sweep,
  };
}
export type OrdersWorld = Awaited<ReturnType<typeof ordersWorld>>;

/** The body of an answer that must be a success. */
export function accepted({ status, body }: Answered): Answered['body'] {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}
