import type { QueryCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { type IndexName, indexes } from '../../storage/table.ts';

export type Item = Readonly<Record<string, unknown>>;

/** An item that was written, with what stood there before. */
export interface Written {
  readonly item: Item;
  readonly before: Item | undefined;
}

/** Every image that items of the table had, by the transactions that wrote them: how a lagging index can be known. */
export interface History {
  /** Takes in a transaction that was written. Gives the items it put there. */
  add(input: TransactWriteCommandInput): readonly Written[];
  /** What an index that is so many transactions behind answers; undefined where that cannot be told (pages). */
  lagging(input: QueryCommandInput, answered: readonly Item[], behind: number): Item[] | undefined;
}

const nameOf = ({ pk, sk }: Item) => `${pk}|${sk}`;

export function createHistory(): History {
  const images = new Map<string, { readonly at: number; readonly item: Item }[]>();
  const recent: string[] = [];
  let transactions = 0;

  /** An item as it was after so many transactions. */
  const asOf = (name: string, at: number): Item | undefined =>
    images.get(name)?.findLast((image) => image.at <= at)?.item;

  return {
    add(input) {
      transactions += 1;
      return (input.TransactItems ?? []).flatMap(({ Put }) => {
        const item = Put?.Item;
        if (!item) return [];
        const name = nameOf(item);
        const earlier = images.get(name) ?? [];
        const before = earlier.at(-1)?.item;
        images.set(name, [...earlier, { at: transactions, item }]);
        recent.push(name);
        return [{ item, before }];
      });
    },
    lagging(input, answered, behind) {
      const index = indexes[input.IndexName as IndexName];
      const { ':pk': pk, ':sk': sk } = input.ExpressionAttributeValues ?? {};
      if (input.ExclusiveStartKey || sk !== undefined) return undefined;
      const horizon = transactions - behind;
      const names = new Set([...answered.map(nameOf), ...recent.slice(-60)]);
      const items = [...names].flatMap((name) => {
        // What was there before the run began has no images: the index has had time.
        const item = images.has(name) ? asOf(name, horizon) : answered.find((one) => nameOf(one) === name);
        return item && item[index.partition] === pk ? [item] : [];
      });
      const sortOf = (item: Item) => String(item[index.sort]);
      items.sort((a, b) => (sortOf(a) < sortOf(b) ? -1 : sortOf(a) > sortOf(b) ? 1 : 0));
      if (input.ScanIndexForward === false) items.reverse();
      return items.slice(0, input.Limit);
    },
  };
}
