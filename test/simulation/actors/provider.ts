import { claimsRoutes } from '../../../contracts/claims.ts';
import { ordersRoutes } from '../../../contracts/orders.ts';
import { addDays, businessDate, businessDateOf, startOfDay } from '../../../core/calendar/business-date.ts';
import { fen, formatYuan } from '../../../core/money/money.ts';
import type { Papers } from '../papers.ts';
import { live, type Person, type Surroundings } from '../person.ts';
import type { Party } from '../prepared.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Item = Readonly<Record<string, unknown>>;
const dataOf = (item: Item) => item.data as { readonly providerId?: string; readonly status?: string };

/** A member of a provider who answers orders with contracts, or declines, or promises to wait. */
export function seller(world: Surroundings, { organisation, members }: Party, papers: Papers): void {
  let contracts = 0;
  const answer = (me: Person, orderId: string) =>
    me.deed('answer an order', async () => {
      const { random } = me;
      const params = { orderId };
      const order = await me.read(ordersRoutes.readOrder, { params });
      if (order?.status !== 'placed') return;
      const { version } = order;
      if (random.chance(0.05)) {
        await me.do(ordersRoutes.declineOrder, { params, version, body: { reason: '无法提供' } });
        return;
      }
      const today = businessDateOf(me.now());
      contracts += 1;
      // Amounts that no ratio divides evenly.
      const listPrice = random.int(1_000_000, 12_000_000);
      await me.do(ordersRoutes.answerOrder, {
        params,
        version,
        body: {
          // Now and then a number that is taken.
          contractNumber: `HT-${random.chance(0.05) ? 1 : contracts}`,
          lines: [
            {
              kind: order.kind,
              description: '云服务',
              listPrice: formatYuan(fen(listPrice)),
              discount: formatYuan(fen(random.int(0, 300_000))),
            },
          ],
          startsOn: today,
          endsOn: addDays(today, random.int(5, 25)),
          documentId: await papers('contract'),
          ...(order.waiting ? { agreesToWait: random.chance(0.8) } : {}),
        },
      });
    });

  live(world, {
    name: `seller-${organisation.uscc.slice(-3)}`,
    caller: members[0],
    cares: (item) =>
      item.type === 'order' && dataOf(item).providerId === organisation.id && dataOf(item).status === 'placed',
    async look(me) {
      const page = await me.read(ordersRoutes.listOrders, { query: { limit: '50' } });
      for (const { id, status } of page?.items ?? []) if (status === 'placed') await answer(me, id);
    },
  });
}

/** A member of a provider who files its yearly claim, corrects what comes back and answers what is to be deducted. */
export function claimant(world: Surroundings, { organisation, members }: Party, papers: Papers, year: number): void {
  let brought = 0;
  let claimId: string | undefined;

  const evidenceOf = async (me: Person, voucherId: string, orderId: string) => {
    const order = await me.read(ordersRoutes.readOrder, { params: { orderId } });
    if (!order?.voucher || !order.contract) return undefined;
    const n = brought;
    brought += 1;
    const fee = order.deliveredFee ?? order.contract.fee;
    const own = (Number(fee) - Number(order.voucher.face)).toFixed(2);
    const { startsOn, endsOn } = order.contract;
    return {
      voucherId,
      invoices: [
        {
          code: '1500191130',
          number: `${organisation.uscc.slice(9, 16).replaceAll(/\D/g, '0')}${n}`.slice(-8).padStart(8, '0'),
          issuedOn: endsOn,
          amount: fee,
          buyerUscc: order.enterpriseUscc,
          sellerUscc: organisation.uscc,
          documentId: await papers('invoice'),
        },
      ],
      transfers: [
        {
          serial: `ICBC${organisation.uscc.slice(-4)}${n}00`,
          payerName: order.enterpriseName,
          payeeName: organisation.name,
          amount: own,
          paidOn: endsOn,
          documentId: await papers('transfer-proof'),
        },
      ],
      usage: {
        from: startsOn,
        to: endsOn,
        activeUsers: 35,
        summary: '稳定使用',
        documentId: await papers('usage-report'),
      },
    };
  };

  const file = (me: Person) =>
    me.deed('file the claim', async () => {
      const opened = await me.do(claimsRoutes.openClaim);
      if (opened?.status !== 201) return;
      claimId = opened.body.id;
      const params = { claimId: opened.body.id };
      const vouchers = await me.read(ordersRoutes.listVouchers, { query: { limit: '50' } });
      for (const { id, status, orderId } of vouchers?.items ?? []) {
        if (status !== 'used') continue;
        const body = await evidenceOf(me, id, orderId);
        if (body) await me.do(claimsRoutes.addClaimItem, { params, body });
      }
      const claim = await me.read(claimsRoutes.readClaim, { params });
      if (claim?.itemCount > 0) await me.do(claimsRoutes.fileClaim, { params, version: claim.version });
    });

  const putRight = (me: Person, id: string) =>
    me.deed('correct the claim', async () => {
      const params = { claimId: id };
      const page = await me.read(claimsRoutes.listClaimItems, { params, query: { limit: '50' } });
      for (const item of page?.items ?? []) {
        if (item.status !== 'returned' || item.correctedAt) continue;
        const { invoices, transfers, usage, contractDocumentId } = item;
        await me.do(claimsRoutes.changeClaimItem, {
          params: { claimId: id, itemId: item.id },
          version: item.version,
          body: { invoices, transfers, usage, contractDocumentId },
        });
      }
      const claim = await me.read(claimsRoutes.readClaim, { params });
      if (claim?.status === 'returned') await me.do(claimsRoutes.fileClaim, { params, version: claim.version });
    });

  const beHeard = (me: Person, id: string) =>
    me.deed('answer deductions', async () => {
      const page = await me.read(claimsRoutes.listClaimItems, { params: { claimId: id }, query: { limit: '50' } });
      for (const item of page?.items ?? []) {
        if (item.audit?.outcome !== 'reduce' || item.hearing || item.status !== 'approved') continue;
        await me.do(claimsRoutes.hearProvider, {
          params: { claimId: id, itemId: item.id },
          version: item.version,
          body: { statement: '情况属实' },
        });
      }
    });

  live(world, {
    name: `claimant-${organisation.uscc.slice(-3)}`,
    caller: members[1],
    cares: (item) =>
      (item.type === 'claim' && dataOf(item).providerId === organisation.id && dataOf(item).status === 'returned') ||
      (item.type === 'claimItem' && dataOf(item).providerId === organisation.id && dataOf(item).status === 'approved'),
    appointments: [
      startOfDay(businessDate(`${year}-11-01`)) + 10 * HOUR,
      startOfDay(businessDate(`${year}-11-01`)) + 6 * DAY,
    ],
    async look(me) {
      if (claimId === undefined) {
        await file(me);
        return;
      }
      const claim = await me.read(claimsRoutes.readClaim, { params: { claimId } });
      if (claim?.status === 'draft' && claim.itemCount > 0) {
        await me.do(claimsRoutes.fileClaim, { params: { claimId }, version: claim.version });
      } else if (claim?.status === 'returned') await putRight(me, claimId);
      else if (claim?.status === 'under-audit' && me.random.chance(0.7)) await beHeard(me, claimId);
    },
  });
}
