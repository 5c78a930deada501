import { imbalance } from '../core/ledger/posting.ts';
import type { Change } from '../core/ports/store.ts';
import type { Failure } from '../core/result.ts';
import {
  combineLocal,
  emptyLocalBalances,
  type LocalBalances,
  type LocalPosting,
  localAccounts,
  localHoldingAccounts,
  localPostingSchema,
} from '../core/topups/local-ledger.ts';
import { counterWrites } from './counters.ts';
import { localEntryKey, localFundKey, localUsedKey } from './keys.ts';
import { actedAs, type Origin, type Write } from './transaction.ts';

/** Whichever of its limits: the top-ups are decided again on what is left. */
const short: Failure = { rule: 'local-fund-short' };

/** The balances of a local fund as stored; all zero where there is none. */
export const localBalancesOf = (item: Readonly<Record<string, unknown>> | undefined): LocalBalances => ({
  ...emptyLocalBalances,
  ...Object.fromEntries(localAccounts.map((account) => [account, Number(item?.[account] ?? 0)])),
});

/**
 * The writes of movements of local funds: each movement once, each balance and each enterprise's counter once, however
 * many movements touch it, under the condition that none falls below zero and no enterprise has more than it may
 * (clause 一-(三)). Without a movement: none.
 */
export function localWrites(table: string, changes: readonly Change[], origin: Pick<Origin, 'actor'>): Write[] {
  const postings = changes.flatMap((change) => (change.do === 'post-local' ? [change.posting] : []));
  const byPolicy = [...Map.groupBy(postings, ({ policyId }) => policyId)];
  return [
    ...postings.map((posting) => entryWrite(table, posting, origin)),
    ...byPolicy.flatMap(([policyId, moved]) => [
      ...balanceWrite(table, policyId, combineLocal(...moved.map(({ entries }) => entries))),
      ...counterWrites(
        table,
        moved.flatMap(({ enterprise }) => (enterprise ? [{ owner: enterprise.uscc, ...enterprise }] : [])),
        (uscc) => ({ key: localUsedKey(policyId, uscc), type: 'local-used', reached: () => short }),
      ),
    ]),
  ];
}

function entryWrite(table: string, posting: LocalPosting, { actor }: Pick<Origin, 'actor'>): Write {
  const { policyId, at, id, entries } = posting;
  if (imbalance(entries) !== 0) throw new RangeError(`local movement ${id} does not sum to zero`);
  return {
    item: {
      Put: {
        TableName: table,
        Item: {
          ...localEntryKey(policyId, at, id),
          type: 'local-posting',
          posting: localPostingSchema.parse({ ...posting, by: actedAs(actor) }),
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    refusal: { rule: 'try-again' },
  };
}

function balanceWrite(table: string, policyId: string, entries: LocalPosting['entries']): Write[] {
  const moved = localAccounts.filter((account) => entries[account] !== undefined);
  if (moved.length === 0) return [];
  const giving = localHoldingAccounts.filter((account) => (entries[account] ?? 0) < 0);
  return [
    {
      item: {
        Update: {
          TableName: table,
          Key: localFundKey(policyId),
          UpdateExpression: `ADD ${moved.map((account) => `#${account} :${account}`).join(', ')} SET #type = :type`,
          // The first movement brings the money, once; every other one finds what it takes.
          ConditionExpression:
            giving.length === 0
              ? 'attribute_not_exists(pk)'
              : giving.map((account) => `#${account} >= :less_${account}`).join(' AND '),
          ExpressionAttributeNames: {
            '#type': 'type',
            ...Object.fromEntries(moved.map((account) => [`#${account}`, account])),
          },
          ExpressionAttributeValues: {
            ':type': 'local-fund',
            ...Object.fromEntries(moved.map((account) => [`:${account}`, entries[account]])),
            ...Object.fromEntries(giving.map((account) => [`:less_${account}`, -(entries[account] ?? 0)])),
          },
        },
      },
      refusal: short,
    },
  ];
}
