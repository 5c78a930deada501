import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ordersRoutes } from '../contracts/orders.ts';
import type { AnyRouteContract } from '../contracts/route.ts';
import { addDays, businessDateOf, yearOf } from '../core/calendar/business-date.ts';
import { composeUscc } from '../core/identity/uscc.ts';
import { openPlan, publish } from '../demo/business.ts';
import { certify, type Member, register } from '../demo/cast.ts';
import type { EmbeddedSystem } from '../demo/system.ts';
import { sampleFor, uploadDocument } from '../demo/uploads.ts';
import { createStore } from '../storage/store.ts';
import { type WireRequest, wireRequest } from './sockets.ts';
import { enterpriseNames, signIn } from './system.ts';

/** As many orders as an enterprise may well have in a year: the rule on the same service reads all of them. */
const ORDERS_EACH = 4;
const DAYS_EACH = 90;

/** Where the orders of the bench come from: many enterprises, one provider, one offering. */
export interface World {
  readonly enterprises: readonly string[];
  readonly provider: string;
  readonly offeringId: string;
  /** Accepted contract files, one for each order. */
  readonly documents: readonly string[];
  readonly orders: number;
}

/** For the SDK's clients of the bench. */
export const clientOptions = (endpoint: string) => ({
  endpoint,
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/**
 * Makes one of each over HTTP and stores the others as copies, because certifying hundreds of enterprises would take
 * minutes and none of it is measured.
 */
export async function makeWorld(system: EmbeddedSystem, orders: number): Promise<World> {
  const year = yearOf(businessDateOf(system.clock.now()));
  await openPlan(system, {
    year,
    appropriation: '100000000.00',
    specs: [{ category: 'infrastructure', amount: '90000000.00', count: 90_000 }],
  });
  const member = (username: string, kind: 'enterprise' | 'provider', serial: number): Promise<Member> =>
    register(system, { username, kind, name: `基准 ${serial}`, jurisdiction: '150100', section: 'C', serial });
  const provider = await member('provider1', 'provider', 9001);
  await certify(system, provider);
  const service = { name: '弹性计算', kind: 'computing', price: '1200.00', priceUnit: 'month' } as const;
  const offeringId = await publish(system, provider, service);
  const enterprises = enterpriseNames(Math.ceil(orders / ORDERS_EACH));
  const first = await member(enterprises[0] ?? '', 'enterprise', 1000);
  await certify(system, first);
  const documentId = await uploadDocument(provider.person, sampleFor('contract', '合同'));
  await system.settled();

  const table = system.model.tables[0]?.name ?? '';
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(system.endpoints.dynamodb)), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const store = createStore(client, table);
  const organisation = await store.get('organisation', { id: first.organisationId });
  const document = await store.get('document', { id: documentId });
  if (!organisation || !document) throw new Error('the first enterprise and contract are not stored');
  const at = system.clock.now();
  const origin = { actor: { sub: 'bench', role: 'system' as const }, at, requestId: 'bench' };
  for (const [i, username] of enterprises.entries()) {
    if (i === 0) continue;
    const id = `${organisation.id.slice(0, -4)}${String(i).padStart(4, '0')}`;
    const uscc = composeUscc('150100', 1000 + i);
    const membership = { organisationId: id, organisationKind: 'enterprise' as const, sub: username, name: username };
    await store.commit(
      [
        { do: 'create', entity: 'organisation', value: { ...organisation, id, uscc, name: `基准 ${1000 + i}` } },
        {
          do: 'create',
          entity: 'member',
          value: { ...membership, role: 'owner', version: 1, createdAt: at, updatedAt: at },
        },
      ],
      { ...origin, requestId: `bench-${i}` },
    );
  }
  const documents = Array.from({ length: orders }, (_, i) => `${documentId.slice(0, -5)}${String(i).padStart(5, '0')}`);
  for (const id of documents) {
    await store.commit([{ do: 'create', entity: 'document', value: { ...document, id } }], {
      ...origin,
      requestId: `bench-${id}`,
    });
  }
  client.destroy();
  return { enterprises, provider: 'provider1', offeringId, documents, orders };
}

/** An order as its placement answered. */
export interface PlacedOrder {
  readonly id: string;
  readonly version: number;
}

/** Requests of the three steps, with tokens of the running system. Their keys are the same in every run. */
export async function requestsOf(system: EmbeddedSystem, world: World) {
  const tokens = new Map<string, string>();
  for (const name of [...world.enterprises, world.provider]) tokens.set(name, await signIn(system, name));
  const enterpriseOf = (order: number) => world.enterprises[order % world.enterprises.length] ?? '';
  const today = businessDateOf(system.clock.now());
  // The orders of an enterprise follow one another: the days of a service are subsidised once.
  const periodOf = (order: number) => {
    const from = addDays(today, Math.floor(order / world.enterprises.length) * DAYS_EACH);
    return { from, to: addDays(from, DAYS_EACH - 1) };
  };
  const command = (
    username: string,
    contract: AnyRouteContract,
    key: string,
    body: unknown,
    order?: PlacedOrder,
  ): WireRequest =>
    wireRequest({
      method: contract.method,
      path: contract.path.replace('{orderId}', order?.id ?? ''),
      headers: {
        authorization: `Bearer ${tokens.get(username)}`,
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(order ? { 'if-match': `"${order.version}"` } : {}),
      },
      body: JSON.stringify(body),
    });
  return {
    place: (): WireRequest[] =>
      world.documents.map((_, i) =>
        command(enterpriseOf(i), ordersRoutes.placeOrder, `bench-place-${i}`, {
          offeringId: world.offeringId,
          offeringNumber: 1,
          quantity: 12,
          wantedFrom: periodOf(i).from,
          wantedTo: periodOf(i).to,
          choice: { use: 'maximum' },
        }),
      ),
    answer: (placed: readonly PlacedOrder[]): WireRequest[] =>
      placed.map((order, i) =>
        command(
          world.provider,
          ordersRoutes.answerOrder,
          `bench-answer-${i}`,
          {
            contractNumber: `BENCH-${i}`,
            lines: [{ kind: 'computing', description: '云服务费', listPrice: '14400.00', discount: '0.00' }],
            startsOn: periodOf(i).from,
            endsOn: periodOf(i).to,
            documentId: world.documents[i],
          },
          order,
        ),
      ),
    sign: (answered: readonly PlacedOrder[]): WireRequest[] =>
      answered.map((order, i) => command(enterpriseOf(i), ordersRoutes.signOrder, `bench-sign-${i}`, {}, order)),
    /** Something harmless of the same function, for a start that is not cold. */
    read: (placed: readonly PlacedOrder[]): WireRequest[] =>
      placed.map((order, i) =>
        wireRequest({
          method: 'GET',
          path: ordersRoutes.readOrder.path.replace('{orderId}', order.id),
          headers: { authorization: `Bearer ${tokens.get(enterpriseOf(i))}` },
        }),
      ),
  };
}
