import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import { holdingPosting } from '../../ledger/holding.ts';
import { revise } from '../../lifecycle/record.ts';
import { type Fen, fen, subtract } from '../../money/money.ts';
import type { Entitlement, Order } from '../../orders/order.ts';
import { reservedUntil } from '../../orders/reservation.ts';
import { type ListChange, missingOf, type WaitingList } from '../../orders/waiting-list.ts';
import { openPlan } from '../../policy/current-plan.ts';
import type { Plan } from '../../policy/plan.ts';
import { quotasOf } from '../../policy/quotas.ts';
import type { Command, Ports } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { bringPlaces } from './inherit-places.ts';
import { entitleWithin, usedBy } from './limits.ts';
import { changeList, firstPlaces } from './waiting.ts';

/** Places looked at in one step: whoever stands behind them is reached when they have been served or can't be. */
const PLACES = 100;

/** Whether a step did something: then there may be more to do. */
export type Served = 'served' | 'nothing';

/**
 * Serves the first place that can be given anything, in the order in which they were taken (clause 一-(二)): what fund,
 * spec and the enterprise's yearly cap have left, to the last fen. A place that lacks nothing any more leaves the list,
 * and its order has the plan's working days to be signed. Nobody behind a place is given money of a spec, or of the
 * fund, that this place still waits for. In a new year the places of the one before are brought first.
 */
export const makeServeWaiting =
  ({ reads, calendar }: Ports) =>
  async ({ year }: { readonly year: number }, command: Command): Promise<Result<Decision<Served>>> => {
    const nothing = ok({ result: 'nothing' as const, changes: [] });
    const today = businessDateOf(command.at);
    // A voucher counts in the year in which it becomes active: nothing can be given for a year that is over.
    if (yearOf(today) !== year) return nothing;
    const plan = await openPlan(reads, year, command.at);
    if (!plan.ok) return nothing;
    const [list, before] = await Promise.all([
      reads.get('waitingList', { year }),
      reads.get('waitingList', { year: year - 1 }),
    ]);
    if (list?.inherits || (before && before.places > 0)) {
      const changes = await bringPlaces(reads, plan.value, list, before, command);
      return changes ? ok({ result: 'served', changes }) : refuse('try-again');
    }
    if (!list || list.places === 0) return nothing;
    const { orders, whole } = await firstPlaces(reads, year, PLACES);
    // The index doesn't know all of them yet.
    if (whole && orders.length !== list.places) return refuse('try-again');
    const next = await nextToServe(reads, orders, list);
    if (!next) return nothing;
    const until = reservedUntil(today, plan.value, await calendar());
    return ok({ result: 'served', changes: serve(next, list, plan.value, until, command) });
  };

interface Serving {
  readonly order: Order;
  readonly entitlement: Entitlement;
  /** Fen that the place still waits for after this; 0: it lacks nothing that fund or spec could give. */
  readonly missing: Fen;
}

async function nextToServe(
  reads: Pick<Reads, 'pool' | 'capUsed' | 'providerUsed'>,
  orders: readonly Order[],
  { year }: WaitingList,
): Promise<Serving | undefined> {
  const pool = await reads.pool(year);
  const blocked = new Set<string>();
  for (const order of orders) {
    const { policy, waiting } = order;
    if (!policy || !waiting || blocked.has(waiting.specId)) continue;
    const quotas = quotasOf(policy.parameters, order);
    const used = await usedBy(reads, year, order.enterpriseUscc, quotas);
    const facts = {
      lines: [{ kind: order.kind, fee: order.estimatedFee }],
      choice: order.choice,
      held: order.reservation?.parts ?? [],
    };
    const { entitlement, unlimited } = entitleWithin(pool, { used, quotas }, policy, facts);
    const missing = subtract(unlimited.amount, entitlement.amount);
    if (entitlement.amount > (order.reservation?.amount ?? 0) || missing === 0) return { order, entitlement, missing };
    if (pool.balances.available <= 0) return undefined;
    blocked.add(waiting.specId);
  }
  return undefined;
}

function serve(
  { order, entitlement, missing }: Serving,
  list: WaitingList,
  plan: Plan,
  until: string,
  command: Command,
) {
  const { at, actor } = command;
  const { waiting, ...rest } = order;
  const given = subtract(entitlement.amount, order.reservation?.amount ?? fen(0));
  const filled = missing === 0;
  const value = revise<Order>(filled ? rest : order, at, {
    reservation: entitlement,
    ...(filled ? { reservedUntil: until } : {}),
    ...(waiting && !filled ? { waiting: { ...waiting, wanted: fen(entitlement.amount + missing) } } : {}),
  });
  const change: ListChange = {
    specId: waiting?.specId ?? '',
    places: filled ? -1 : 0,
    amount: missing - missingOf(order),
    served: given,
  };
  const posting = holdingPosting({
    id: `led_serve_${order.id}_${value.version}`,
    year: plan.year,
    at,
    reason: 'serve',
    reference: { entity: 'order', id: order.id },
    orderId: order.id,
    actor: actor.sub,
    before: { account: 'reserved', parts: order.reservation?.parts ?? [] },
    after: { account: 'reserved', parts: entitlement.parts },
    uscc: order.enterpriseUscc,
    quotas: order.policy && quotasOf(order.policy.parameters, order),
    cap: order.policy?.parameters.yearlyCap ?? plan.parameters.yearlyCap,
  });
  const changes: Change[] = [
    {
      do: 'update',
      entity: 'order',
      value,
      from: ['placed', 'answered'],
      audit: { action: filled ? 'serve' : 'serve-part' },
    },
    ...changeList(list, plan.year, [change], at),
  ];
  if (given > 0) changes.push({ do: 'post', posting, pastWaitingList: true });
  return changes;
}
