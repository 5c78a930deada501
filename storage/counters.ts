import { fen, formatYuan } from '../core/money/money.ts';
import type { Change } from '../core/ports/store.ts';
import type { Failure } from '../core/result.ts';
import { capKey, type Key, providerQuotaKey } from './keys.ts';
import type { Write } from './transaction.ts';

/** The yearly caps (clause 五-(三)) and quotas of providers that postings move, in the same write as the journal. */
export function capWrites(table: string, changes: readonly Change[]): Write[] {
  const postings = changes.flatMap((change) => (change.do === 'post' ? [change.posting] : []));
  return [...Map.groupBy(postings, ({ year }) => year)].flatMap(([year, ofYear]) => [
    ...counterWrites(
      table,
      ofYear.flatMap(({ cap }) => (cap ? [{ owner: cap.uscc, amount: cap.amount, most: cap.cap }] : [])),
      (owner, most) => ({
        key: capKey(year, owner),
        type: 'cap',
        reached: (used) => refusalOf('yearly-cap-reached', year, most, used),
      }),
    ),
    ...counterWrites(
      table,
      ofYear.flatMap(({ provider }) =>
        provider ? [{ owner: provider.id, amount: provider.amount, most: provider.quota }] : [],
      ),
      (owner, most) => ({
        key: providerQuotaKey(year, owner),
        type: 'provider-quota',
        reached: (used) => refusalOf('provider-quota-exhausted', year, most, used),
      }),
    ),
  ]);
}

const refusalOf = (
  rule: 'yearly-cap-reached' | 'provider-quota-exhausted',
  year: number,
  most: number,
  used: number,
): Failure => ({
  rule,
  values: { year, cap: formatYuan(fen(most)), left: formatYuan(fen(Math.max(0, most - used))) },
});

/** What of a limit its owner takes (negative: gives back), and how much there may be in all. */
export interface CounterMovement {
  readonly owner: string;
  readonly amount: number;
  readonly most: number;
}

/** Where an owner's use of a limit is counted, and what it means that the limit is reached. */
export interface Counter {
  readonly key: Key;
  readonly type: string;
  reached(used: number): Failure;
}

/**
 * The writes of counters that never pass a limit. A counter is written once, however many movements it has: a transaction
 * may touch an item once.
 */
export const counterWrites = (
  table: string,
  movements: readonly CounterMovement[],
  counterOf: (owner: string, most: number) => Counter,
): Write[] =>
  [...Map.groupBy(movements, ({ owner }) => owner)].flatMap(([owner, own]) => {
    const amount = own.reduce((sum, movement) => sum + movement.amount, 0);
    const most = Math.min(...own.map((movement) => movement.most));
    return amount === 0 ? [] : [counterWrite(table, counterOf(owner, most), amount, most)];
  });

function counterWrite(table: string, { key, type, reached }: Counter, amount: number, most: number): Write {
  const taking = amount > 0;
  return {
    item: {
      Update: {
        TableName: table,
        Key: key,
        UpdateExpression: 'ADD used :amount SET #type = :type',
        ConditionExpression: !taking
          ? 'used >= :given'
          : // Nothing used yet: any amount up to the whole limit fits, and not a fen more.
            amount <= most
            ? 'attribute_not_exists(pk) OR used <= :room'
            : 'used <= :room',
        ExpressionAttributeNames: { '#type': 'type' },
        ExpressionAttributeValues: {
          ':amount': amount,
          ':type': type,
          ...(taking ? { ':room': most - amount } : { ':given': -amount }),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: reached(0),
    explain: ({ used }) => reached(Number(used)),
  };
}
