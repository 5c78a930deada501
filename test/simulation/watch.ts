import type { ClaimItem } from '../../core/claims/claim.ts';
import { imbalance, type Posting } from '../../core/ledger/posting.ts';
import type { Order } from '../../core/orders/order.ts';
import type { Voucher } from '../../core/orders/voucher.ts';
import type { Payout, PayoutLine } from '../../core/payouts/payout.ts';
import type { Plan } from '../../core/policy/plan.ts';
import type { Notice } from '../../core/publicity/notice.ts';
import { unpack } from '../../storage/packed.ts';
import type { Item, Written } from './history.ts';
import { afterWorkingDays } from './working-days.ts';

/** What a process's clock may be off, and a step may take, at most. */
const TOLERANCE = 180_000;
const FEWEST_WORKING_DAYS = 5;

/** Checks what must hold after every single write, from what was written and from nothing else. */
export interface Watch {
  /** Gives what the transaction broke, in words. */
  see(written: readonly Written[], now: number): readonly string[];
  /** The most fen that were taken of a quota at any moment of this time, by what was posted. */
  mostTaken(year: number, quota: string, from: number, to: number): number;
}

export function createWatch(): Watch {
  const latest = new Map<string, unknown>();
  const sums = new Map<string, number>();
  const add = (name: string, amount: number): number => {
    const sum = (sums.get(name) ?? 0) + amount;
    sums.set(name, sum);
    return sum;
  };
  const find = <T>(type: string, id: string): T | undefined => latest.get(`${type} ${id}`) as T | undefined;
  const planOf = (year: number) => find<Plan>('plan', String(year));

  /** Fen held by a thing, under whose quotas. */
  const holdings = new Map<string, Holding>();
  /** Quotas by the orders and vouchers themselves, whatever was posted for them (clause 五-(一)). */
  const hold = (name: string, holding: Holding | undefined): void => {
    const before = holdings.get(name);
    if (before) for (const key of quotaKeys(before)) add(key, -before.amount);
    if (holding) for (const key of quotaKeys(holding)) add(key, holding.amount);
    if (holding) holdings.set(name, holding);
    else holdings.delete(name);
  };
  const quotasOf = (name: string): string[] => {
    const holding = holdings.get(name);
    if (!holding) return [];
    const { jurisdictionQuotas = {}, providerQuota } = planOf(holding.year)?.parameters ?? {};
    const ofPlace = Object.entries(jurisdictionQuotas).find(([code]) => code === holding.jurisdiction)?.[1];
    return [ofPlace, providerQuota].flatMap((quota, at) => {
      const key = quotaKeys(holding)[at] ?? '';
      const used = sums.get(key) ?? 0;
      return quota !== undefined && used > quota ? [`${name} makes ${used} fen of ${key}, a quota of ${quota}`] : [];
    });
  };

  /** What was taken of each spec and quota, from each moment on. */
  const taken = new Map<string, { readonly at: number; readonly fen: number }[]>();
  const take = (name: string, amount: number, now: number): void => {
    const before = taken.get(name) ?? [{ at: 0, fen: 0 }];
    taken.set(name, [...before, { at: now, fen: (before.at(-1)?.fen ?? 0) + amount }]);
  };

  const posting = ({ id, year, entries, specs, cap, provider, reason }: Posting, now: number): string[] => {
    const broken: string[] = [];
    for (const { specId, amount } of specs) take(`${year} ${specId}`, amount, now);
    if (provider) take(`${year} ${provider.id}`, provider.amount, now);
    if (imbalance(entries) !== 0) broken.push(`posting ${id} does not sum to zero`);
    for (const [account, amount] of Object.entries(entries)) {
      const balance = add(`${year} ${account}`, amount);
      const taken = amount < 0 && reason !== 'cut';
      if (account === 'available' && taken && balance < 0)
        broken.push(`${id} overspends the fund of ${year} by ${-balance}`);
    }
    const plan = planOf(year);
    for (const { specId, amount, count } of specs) {
      const spec = plan?.specs.find((one) => one.id === specId);
      const used = { amount: add(`${year} ${specId} amount`, amount), count: add(`${year} ${specId} count`, count) };
      if (spec && used.amount > spec.amount)
        broken.push(`${id} overspends the spec ${specId} by ${used.amount - spec.amount}`);
      if (spec && used.count > spec.count)
        broken.push(`${id} makes ${used.count} vouchers of ${spec.count} of ${specId}`);
    }
    if (cap) {
      const used = add(`${year} cap ${cap.uscc}`, cap.amount);
      if (plan && used > plan.parameters.yearlyCap) {
        broken.push(`${id} gives an enterprise ${used} fen, above its yearly cap of ${plan.parameters.yearlyCap}`);
      }
    }
    return broken;
  };

  /** Ratio times fee, rounded down to the fen, line by line (clause 五-(二)). */
  const voucher = (value: Voucher): string[] =>
    value.parts.flatMap(({ ratio, fee, amount }) => {
      const most = Math.floor((fee * Math.round(Number(ratio) * 10_000)) / 10_000);
      return amount > most ? [`voucher ${value.number} has ${amount} fen where ${ratio} of ${fee} is ${most}`] : [];
    });

  /** At least five working days, the day of publication not counted (clause 七-(一)). */
  const endOf = (notice: Notice) => afterWorkingDays(notice.publishedAt, FEWEST_WORKING_DAYS);
  const notice = (value: Notice, now: number): string[] => {
    const broken: string[] = [];
    if (value.endsAt < endOf(value)) broken.push(`the window of ${value.id} is shorter than five working days`);
    if (value.status === 'closed' && now + TOLERANCE < endOf(value)) broken.push(`${value.id} was closed too early`);
    return broken;
  };
  const item = (value: ClaimItem, now: number): string[] => {
    if (value.status !== 'final') return [];
    const notices = [...latest.values()].filter((one): one is Notice => isNotice(one) && one.claimId === value.claimId);
    const over = notices.some((one) => now + TOLERANCE >= endOf(one));
    return over ? [] : [`item ${value.id} is final without a whole window`];
  };
  const isNotice = (value: unknown): value is Notice =>
    typeof value === 'object' && value !== null && 'publishedAt' in value;

  /** Nothing goes to the bank without audit and the approval of two departments' different people (invariant 8). */
  const line = (value: PayoutLine): string[] => {
    if (value.status !== 'sent') return [];
    const payout = find<Payout>('payout', value.payoutId);
    const people = new Set([payout?.proposedBy, ...(payout?.approvals ?? []).map(({ sub }) => sub)]);
    const departments = new Set((payout?.approvals ?? []).map(({ department }) => department));
    const broken: string[] = [];
    if (people.size < 3 || departments.size < 2) broken.push(`line ${value.id} is sent without two approvals`);
    for (const { claimItemId, amount } of value.items) {
      const paid = find<ClaimItem>('claimItem', claimItemId);
      if (!paid?.audit || paid.audit.approved < amount)
        broken.push(`item ${claimItemId} is sent to the bank unaudited`);
    }
    return broken;
  };

  const seeEntity = (type: string, id: string, value: unknown, now: number): readonly string[] => {
    switch (type) {
      case 'order':
        return quotasOf(`order ${id}`);
      case 'voucher':
        return [...quotasOf(`voucher ${id}`), ...voucher(value as Voucher)];
      case 'notice':
        return notice(value as Notice, now);
      case 'claimItem':
        return item(value as ClaimItem, now);
      case 'payoutLine':
        return line(value as PayoutLine);
      default:
        return [];
    }
  };

  return {
    mostTaken(year, quota, from, to) {
      const all = taken.get(`${year} ${quota}`) ?? [];
      const atFirst = all.findLast(({ at }) => at <= from)?.fen ?? 0;
      return Math.max(atFirst, ...all.flatMap(({ at, fen }) => (at > from && at <= to ? [fen] : [])));
    },
    see(written, now) {
      // First everything that one moment has made true, then what that means.
      const entities = written.flatMap(({ item: of }) => entityOf(of) ?? []);
      for (const { type, id, value } of entities) {
        latest.set(`${type} ${id}`, value);
        if (type === 'order') hold(`order ${id}`, heldByOrder(value as Order));
        if (type === 'voucher') hold(`voucher ${id}`, heldByVoucher(value as Voucher));
      }
      return [
        ...written.flatMap(({ item: of }) => (of.type === 'posting' ? posting(of.posting as Posting, now) : [])),
        ...entities.flatMap(({ type, id, value }) => seeEntity(type, id, value, now)),
      ];
    },
  };
}

interface Holding {
  readonly year: number;
  readonly jurisdiction: string;
  readonly providerId: string;
  readonly amount: number;
}

const quotaKeys = ({ year, jurisdiction, providerId }: Holding) => [
  `${year} held in ${jurisdiction}`,
  `${year} held of ${providerId}`,
];

/** What an order holds before it is signed. */
const heldByOrder = ({ status, planYear: year, jurisdiction, providerId, reservation }: Order): Holding | undefined =>
  reservation && (status === 'placed' || status === 'answered')
    ? { year, jurisdiction, providerId, amount: reservation.amount }
    : undefined;

/** What a voucher holds until it is approved: from then on less may count, which is not asked here. */
const heldByVoucher = ({ status, year, jurisdiction, providerId, face }: Voucher): Holding | undefined =>
  ['active', 'used', 'claimed'].includes(status) ? { year, jurisdiction, providerId, amount: face } : undefined;

function entityOf(item: Item): { type: string; id: string; value: unknown } | undefined {
  if (!('data' in item)) return undefined;
  const value = unpack(item) as { id?: string; year?: number };
  return { type: String(item.type), id: value.id ?? String(value.year ?? item.pk), value };
}
