import { type Lot, mergeLots } from '../../ledger/carry-lots.ts';
import { revise } from '../../lifecycle/record.ts';
import type { PaidIn } from '../../payouts/paid-from.ts';
import type { Change, Reads } from '../../ports/store.ts';
import type { Home } from '../../recoveries/postings.ts';

type HomeReads = Pick<Reads, 'get'>;

/**
 * Where money goes that comes back to the fund of a year. A closed year passes it on as its close would have done: to
 * the year that is open, or to the treasury when money of that age lapses (clause 一-(二), carry-over).
 */
export async function homeOf(reads: HomeReads, year: number): Promise<Home> {
  for (let at = year; ; at++) {
    const plan = await reads.get('plan', { year: at });
    if (plan?.status !== 'closed') return at === year ? { stays: true } : { carriedTo: at };
    if (at + 1 - year > plan.parameters.carryOverYears) return { lapses: true };
  }
}

/**
 * What must hold, and be recorded, when money comes back: the year it goes to is not closed meanwhile, and what is
 * carried into it is on the record of the close before, by year of origin.
 */
export async function comingHome(
  reads: HomeReads,
  parts: readonly (PaidIn & { readonly home: Home })[],
  at: number,
): Promise<Change[]> {
  const carried = parts.flatMap(({ year, amount, home }) =>
    'carriedTo' in home ? [{ to: home.carriedTo, lot: { originYear: year, amount } satisfies Lot }] : [],
  );
  const stays = parts.flatMap(({ year, home }) => ('stays' in home ? [year] : []));
  const changes: Change[] = [];
  for (const year of new Set([...stays, ...carried.map(({ to }) => to)]))
    changes.push(...(await stillOpen(reads, year, at)));
  for (const [to, lots] of Map.groupBy(carried, (part) => part.to)) {
    const before = await reads.get('yearEnd', { year: to - 1 });
    if (!before?.carried) continue;
    const free = mergeLots(...before.carried.free, ...lots.map(({ lot }) => lot));
    changes.push({
      do: 'update',
      entity: 'yearEnd',
      value: revise(before, at, { carried: { ...before.carried, free } }),
      from: ['closed'],
      audit: { action: 'carry-recovered' },
    });
  }
  return changes;
}

/**
 * The year takes money only as it is seen now. A close that is moving it decides on what is free, so its record changes
 * with the money: whoever is second decides again.
 */
export async function stillOpen(reads: HomeReads, year: number, at: number, action = 'recover'): Promise<Change[]> {
  const plan = await reads.get('plan', { year });
  const close = await reads.get('yearEnd', { year });
  const closing = close?.status === 'moving' || close?.status === 'waiting';
  return [
    ...(plan ? [{ do: 'check', entity: 'plan', id: { year }, version: plan.version } as const] : []),
    ...(close && !closing ? [{ do: 'check', entity: 'yearEnd', id: { year }, version: close.version } as const] : []),
    ...(close && closing
      ? [
          {
            do: 'update',
            entity: 'yearEnd',
            value: revise(close, at, {}),
            from: ['moving', 'waiting'],
            audit: { action },
          } as const,
        ]
      : []),
  ];
}
