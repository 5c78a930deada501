import { useQueries } from '@tanstack/react-query';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { planRoutes } from '../../../../contracts/plan.ts';
import { publicityRoutes } from '../../../../contracts/publicity.ts';
import { type Answer, call } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { useWholeList } from './whole-list.ts';

export type Order = Answer<typeof ordersRoutes.readOrder>;
export type Plan = Answer<typeof planRoutes.readPublishedPlan>;
export type Posting = Answer<typeof planRoutes.listOrderPostings>['items'][number];
export type TrailEntry = Answer<typeof ordersRoutes.readOrderTrail>['items'][number];
export type Claim = Answer<typeof claimsRoutes.readClaim>;
export type ClaimItem = Answer<typeof claimsRoutes.readClaimItem>;
export type Notice = Answer<typeof publicityRoutes.readNotice>;
export type Payout = Answer<typeof payoutsRoutes.readPayout>;
export type PayoutLine = Answer<typeof payoutsRoutes.listPayoutLines>['items'][number];

/** Everything that the way of an order's money goes through. */
export interface Matter {
  readonly order: Order;
  readonly plan: Plan;
  readonly postings: readonly Posting[];
  readonly orderTrail: readonly TrailEntry[];
  readonly voucherTrail: readonly TrailEntry[];
  readonly claim?: Claim;
  readonly item?: ClaimItem;
  readonly notice?: Notice;
  readonly payouts: readonly { readonly payout: Payout; readonly lines: readonly PayoutLine[] }[];
}

/** Reads all of it; each part once what names it is known. */
export function useMatter(orderId: string) {
  const order = useRead(ordersRoutes.readOrder, { params: { orderId } });
  const voucher = order.data?.voucher;
  const { claimId, claimItemId } = voucher ?? {};
  const plan = useRead(
    planRoutes.readPublishedPlan,
    { params: { year: String(order.data?.planYear) } },
    order.data !== undefined,
  );
  const postings = useWholeList(planRoutes.listOrderPostings, { params: { orderId } });
  const orderTrail = useWholeList(ordersRoutes.readOrderTrail, { params: { orderId } });
  const voucherTrail = useWholeList(
    ordersRoutes.readVoucherTrail,
    { params: { voucherId: voucher?.id ?? '' } },
    voucher !== undefined,
  );
  const claim = useRead(claimsRoutes.readClaim, { params: { claimId: claimId ?? '' } }, claimId !== undefined);
  const item = useRead(
    claimsRoutes.readClaimItem,
    { params: { claimId: claimId ?? '', itemId: claimItemId ?? '' } },
    claimId !== undefined && claimItemId !== undefined,
  );
  const noticeId = claim.data?.noticeId;
  const notice = useRead(publicityRoutes.readNotice, { params: { noticeId: noticeId ?? '' } }, noticeId !== undefined);
  const payouts = usePayouts(postings.data ?? [], voucher?.id);

  const parts = [
    { of: order, asked: true },
    { of: plan, asked: true },
    { of: postings, asked: true },
    { of: orderTrail, asked: true },
    { of: voucherTrail, asked: voucher !== undefined },
    { of: claim, asked: claimId !== undefined },
    { of: item, asked: claimItemId !== undefined },
    { of: notice, asked: noticeId !== undefined },
    { of: payouts, asked: true },
  ];
  const failed = parts.find(({ of, asked }) => asked && of.error);
  const isWhole = parts.every(({ of, asked }) => !asked || of.data !== undefined);
  const data: Matter | undefined =
    isWhole && order.data && plan.data && postings.data && orderTrail.data && payouts.data
      ? {
          order: order.data,
          plan: plan.data,
          postings: postings.data,
          orderTrail: orderTrail.data,
          voucherTrail: voucherTrail.data ?? [],
          payouts: payouts.data,
          ...(claim.data ? { claim: claim.data } : {}),
          ...(item.data ? { item: item.data } : {}),
          ...(notice.data ? { notice: notice.data } : {}),
        }
      : undefined;
  return { data, error: failed?.of.error, refetch: () => failed?.of.refetch() };
}

/** The payment orders that entries refer to, each with its lines that pay the voucher. */
function usePayouts(postings: readonly Posting[], voucherId: string | undefined) {
  const ids = [...new Set(postings.flatMap(({ reference }) => (reference.entity === 'payout' ? [reference.id] : [])))];
  const read = useQueries({
    queries: ids.map((payoutId) => ({
      queryKey: ['payout-of-voucher', payoutId, voucherId],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const params = { payoutId };
        const payout = await call(payoutsRoutes.readPayout, { params, signal });
        const lines: PayoutLine[] = [];
        let cursor: string | undefined;
        do {
          const page: Answer<typeof payoutsRoutes.listPayoutLines> = await call(payoutsRoutes.listPayoutLines, {
            params,
            query: { limit: 100 },
            ...(cursor === undefined ? {} : { cursor }),
            signal,
          });
          lines.push(...page.items.filter(({ items }) => items.some((item) => item.voucherId === voucherId)));
          cursor = page.next;
        } while (cursor !== undefined);
        return { payout, lines };
      },
    })),
  });
  return {
    data: read.every(({ data }) => data !== undefined) ? read.flatMap(({ data }) => (data ? [data] : [])) : undefined,
    error: read.find(({ error }) => error)?.error,
    refetch: () => {
      for (const one of read) if (one.error) one.refetch();
    },
  };
}
