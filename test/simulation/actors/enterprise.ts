import { ordersRoutes } from '../../../contracts/orders.ts';
import { addDays, businessDate, businessDateOf, startOfDay } from '../../../core/calendar/business-date.ts';
import { fen, formatYuan } from '../../../core/money/money.ts';
import { live, type Person, type Surroundings } from '../person.ts';
import type { Offer, Party } from '../prepared.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Orders are placed in the first month, so that their service is over when claims are filed. */
const BUYING_DAYS = 30;
const MOST_ORDERS = 2;

/**
 * A member of an enterprise: places orders with all, some or no voucher, signs what the provider answered, cancels now and
 * then, and confirms what was delivered. A colleague acts for the same enterprise without asking.
 */
export function enterpriseMember(world: Surroundings, party: Party, member: 0 | 1, offers: readonly Offer[]): void {
  const { organisation, members } = party;
  const caller = members[member];
  const start = world.clock.now();
  const concerns = (item: Readonly<Record<string, unknown>>) => {
    const { enterpriseId, status = '' } = item.data as { enterpriseId?: string; status?: string };
    if (item.type !== 'order' || enterpriseId !== organisation.id) return false;
    return status === 'answered' || (status === 'signed' && member === 0);
  };
  let placed = 0;
  /** When the service of a signed order is over, as it was read in the contract. */
  const ends = new Map<string, number>();
  const endOf = async (me: Person, orderId: string): Promise<number | undefined> => {
    const order = await me.read(ordersRoutes.readOrder, { params: { orderId } });
    return order?.contract && startOfDay(addDays(businessDate(order.contract.endsOn), 1));
  };

  const place = (me: Person) =>
    me.deed('place an order', async () => {
      placed += 1;
      const { random } = me;
      const offer = random.pick(offers);
      const today = businessDateOf(me.now());
      await me.do(ordersRoutes.placeOrder, {
        body: {
          offeringId: offer.offeringId,
          offeringNumber: random.chance(0.05) ? 2 : 1,
          quantity: random.int(2, 9),
          wantedFrom: today,
          wantedTo: addDays(today, random.chance(0.03) ? -1 : 20),
          choice: random.pick([
            { use: 'maximum' },
            { use: 'maximum' },
            { use: 'amount', amount: formatYuan(fen(random.int(1, 2_500_000))) },
            { use: 'none' },
          ]),
          whenShort: random.pick(['smaller', 'wait', 'wait', 'refuse']),
        },
      });
    });

  const conclude = (me: Person, orderId: string, version: number) =>
    me.deed('conclude an order', async () => {
      const { random } = me;
      const params = { orderId };
      if (random.chance(0.1)) {
        await me.do(ordersRoutes.cancelOrder, { params, version, body: { reason: '不再需要' } });
        return;
      }
      // Somebody who looked at it long ago.
      const seen = random.chance(0.1) ? Math.max(1, version - 1) : version;
      const told = await me.do(ordersRoutes.signOrder, { params, version: seen });
      if (told?.status !== 422) return;
      // What the rules don't allow will not be allowed tomorrow.
      await me.do(ordersRoutes.cancelOrder, { params, version, body: { reason: '不符合条件' } });
    });

  const confirm = (me: Person, orderId: string) =>
    me.deed('confirm a delivery', async () => {
      const { random } = me;
      const params = { orderId };
      const order = await me.read(ordersRoutes.readOrder, { params });
      if (order?.status !== 'signed') return;
      const { version } = order;
      const reason = '未全部交付';
      const body = random.pick([
        { outcome: 'full' },
        { outcome: 'full' },
        { outcome: 'full' },
        {
          outcome: 'part',
          reason,
          deliveredFees: order.contract.lines.map(({ fee }: { fee: string }) => (Number(fee) * 0.37).toFixed(2)),
        },
        { outcome: 'not-performed', reason },
      ]);
      await me.do(ordersRoutes.confirmDelivery, { params, version, body });
    });

  live(world, {
    name: `enterprise-${organisation.uscc.slice(-3)}-${member + 1}`,
    caller,
    cares: (item) => 'data' in item && concerns(item),
    appointments: Array.from(
      { length: MOST_ORDERS - member },
      (_, n) => start + (n * DAY * BUYING_DAYS) / MOST_ORDERS + HOUR,
    ),
    async look(me) {
      if (placed < MOST_ORDERS && me.now() < start + BUYING_DAYS * DAY && me.random.chance(0.7)) await place(me);
      const page = await me.read(ordersRoutes.listOrders, { query: { limit: '50' } });
      for (const { id, version, status } of page?.items ?? []) {
        if (status === 'answered' && me.random.chance(0.8)) await conclude(me, id, version);
        if (status !== 'signed' || member === 1) continue;
        const over = ends.get(id) ?? (await endOf(me, id));
        if (over === undefined) continue;
        if (me.now() >= over) await confirm(me, id);
        else if (!ends.has(id)) me.comeBack(over + me.random.int(1, 48) * HOUR);
        ends.set(id, over);
      }
    },
  });
}
