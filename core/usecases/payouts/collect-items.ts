import { type ClaimItem, claimItemTransitions } from '../../claims/claim.ts';
import { born, revise } from '../../lifecycle/record.ts';
import { type Fen, fen, sum, ZERO } from '../../money/money.ts';
import { lineId } from '../../payouts/line-id.ts';
import { checkGrounds } from '../../payouts/payable.ts';
import { MOST_ITEMS_PER_LINE, type Payout, type PayoutLine, payoutTransitions } from '../../payouts/payout.ts';
import { groundsOf } from '../../payouts/stored-payout.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import type { Organisation } from '../../registry/organisation.ts';
import { ok, type Result, refuse } from '../../result.ts';
import type { RuleName } from '../../rules/index.ts';
import { frozenAmong } from '../recoveries/frozen-providers.ts';

/** Items looked at in one transaction, each perhaps with a line, a provider and an enterprise of its own. */
export const CANDIDATES_PER_STEP = 12;

const MOST_SKIPPED = 200;

interface Progress {
  readonly payoutId: string;
  /** First what earlier orders deferred, then what is final. */
  readonly part?: 'deferred' | 'final' | undefined;
  readonly cursor?: string | undefined;
}

/**
 * Takes the next items into the payment order: first what was deferred, of this year and earlier ones, then the final
 * items of the year, each in the order in which their vouchers became active (clause 一-(二), first used, first
 * subsidised; what a year could not fund is paid first). The list only proposes: every item is read again, with the records
 * that justify its payment. Enterprise and provider are checked again (clause 二-(一)); what may not be paid now stays
 * where it is, and the order says why.
 */
export const makeCollectItems =
  ({ reads }: Ports) =>
  async (
    { payoutId, part = 'deferred', cursor }: Progress,
    command: StepCommand,
  ): Promise<Result<Decision<Progress & { readonly next: 'more' | 'done' }>>> => {
    const payout = await reads.get('payout', { id: payoutId });
    if (!payout) return refuse('not-found');
    const at = { limit: CANDIDATES_PER_STEP, ...(cursor ? { cursor } : {}) };
    const page = await (part === 'deferred'
      ? reads.list('deferredItems', {}, at)
      : reads.list('itemsToPay', { year: payout.year }, at));
    const { payable, skipped, organisations } = await sort(reads, page.items, payout.year);
    const lines = await linesFor(reads, payout, payable, command.at);
    const total = sum(payable.map(owedFor));
    const value = revise(payout, command.at, {
      lineCount: payout.lineCount + lines.filter(({ created }) => created).length,
      itemCount: payout.itemCount + payable.length,
      total: fen(payout.total + total),
      skipped: [...payout.skipped, ...skipped].slice(0, MOST_SKIPPED),
    });
    return ok({
      result: { payoutId, ...following(part, page.next) },
      changes: [
        ...payable.map((item): Change => {
          const collect = claimItemTransitions[item.status === 'deferred' ? 'collectDeferred' : 'collect'];
          return {
            do: 'update',
            entity: 'claimItem',
            value: revise(item, command.at, { status: collect.to, payoutId }),
            from: collect.from,
            audit: { action: collect.name },
          };
        }),
        ...lines.map(
          ({ line, created }): Change =>
            created
              ? { do: 'create', entity: 'payoutLine', value: line }
              : { do: 'update', entity: 'payoutLine', value: line, from: ['ready'], audit: { action: 'add-items' } },
        ),
        ...organisations.map(
          ({ id, version }): Change => ({ do: 'check', entity: 'organisation', id: { id }, version }),
        ),
        {
          do: 'update',
          entity: 'payout',
          value,
          from: payoutTransitions.propose.from,
          audit: { action: 'collect' },
        },
      ],
    });
  };

/** Fen that an item is owed: what was deferred of it, or all of it. */
const owedFor = ({ deferred, payable }: ClaimItem): Fen => fen(deferred ?? payable ?? 0);

function following(part: 'deferred' | 'final', cursor: string | undefined) {
  if (cursor) return { part, cursor, next: 'more' } as const;
  return part === 'deferred' ? ({ part: 'final', next: 'more' } as const) : ({ next: 'done' } as const);
}

interface Sorted {
  readonly payable: readonly ClaimItem[];
  readonly skipped: Payout['skipped'];
  /** Certified parties of the payable items; they must still be so when the transaction commits. */
  readonly organisations: readonly Organisation[];
}

async function sort(reads: Reads, candidates: readonly ClaimItem[], year: number): Promise<Sorted> {
  const stored = await reads.getMany(
    'claimItem',
    candidates.map(({ claimId, id }) => ({ claimId, id })),
  );
  const items = stored
    .filter(
      (item) => (item.status === 'final' && item.year === year) || (item.status === 'deferred' && item.year <= year),
    )
    .sort((a, b) => a.activeAt - b.activeAt || (a.id < b.id ? -1 : 1));
  const parties = [...new Set(items.flatMap(({ providerId, enterpriseId }) => [providerId, enterpriseId]))];
  const organisations = new Map(
    (
      await reads.getMany(
        'organisation',
        parties.map((id) => ({ id })),
      )
    ).map((organisation) => [organisation.id, organisation]),
  );
  const accounts = new Set(
    (
      await reads.getMany(
        'identityRecord',
        [...new Set(items.map(({ providerId }) => providerId))].map((organisationId) => ({ organisationId })),
      )
    ).flatMap(({ organisationId, bankAccount }) => (bankAccount ? [organisationId] : [])),
  );
  const frozen = await frozenAmong(reads, items);
  const payable: ClaimItem[] = [];
  const skipped: Payout['skipped'] = [];
  for (const grounds of await groundsOf(reads, items)) {
    const { item } = grounds;
    const justified = checkGrounds(grounds);
    const certified = [item.providerId, item.enterpriseId].every((id) => organisations.get(id)?.status === 'certified');
    const obstacle: RuleName | undefined = !justified.ok
      ? justified.failure.rule
      : !certified
        ? 'payee-not-certified'
        : !accounts.has(item.providerId)
          ? 'payee-account-missing'
          : frozen.has(item.providerId)
            ? 'recovery-undecided'
            : undefined;
    if (obstacle) skipped.push({ claimItemId: item.id, providerId: item.providerId, rule: obstacle });
    else payable.push(item);
  }
  const paid = new Set(payable.flatMap(({ providerId, enterpriseId }) => [providerId, enterpriseId]));
  return { payable, skipped, organisations: [...organisations.values()].filter(({ id }) => paid.has(id)) };
}

/** The payees' lines with these items added: a new line when the provider has none, or its last one is full. */
async function linesFor(
  reads: Pick<Reads, 'get' | 'getMany'>,
  payout: Payout,
  items: readonly ClaimItem[],
  at: number,
): Promise<{ line: PayoutLine; created: boolean }[]> {
  const result: { line: PayoutLine; created: boolean }[] = [];
  for (const [providerId, ofProvider] of Map.groupBy(items, (item) => item.providerId)) {
    let n = 1;
    let stored = await reads.get('payoutLine', { payoutId: payout.id, id: lineId(payout.id, providerId, n) });
    while (stored && stored.items.length + ofProvider.length > MOST_ITEMS_PER_LINE) {
      n += 1;
      stored = await reads.get('payoutLine', { payoutId: payout.id, id: lineId(payout.id, providerId, n) });
    }
    const line = stored ? revise(stored, at, {}) : await newLine(reads, payout, providerId, n, at);
    const added = ofProvider.map((item) => ({
      claimId: item.claimId,
      claimItemId: item.id,
      voucherId: item.voucherId,
      amount: owedFor(item),
      deferred: ZERO,
      deferredBefore: item.deferred !== undefined,
      activeAt: item.activeAt,
    }));
    const all = [...line.items, ...added];
    result.push({
      line: { ...line, items: all, amount: sum(all.map(({ amount }) => fen(amount))) },
      created: stored === undefined,
    });
  }
  return result;
}

async function newLine(
  reads: Pick<Reads, 'get'>,
  payout: Payout,
  providerId: string,
  n: number,
  at: number,
): Promise<PayoutLine> {
  const provider = await reads.get('organisation', { id: providerId });
  const identity = await reads.get('identityRecord', { organisationId: providerId });
  if (!provider || !identity) throw new Error(`payee ${providerId} without its records`);
  return {
    payoutId: payout.id,
    id: lineId(payout.id, providerId, n),
    ...born(at),
    status: 'ready',
    providerId,
    providerName: provider.name,
    amount: ZERO,
    items: [],
    sending: 0,
    answers: [],
    accountVersion: identity.accountVersion,
    processedItems: 0,
    settledItems: 0,
  };
}
