import type { Ports } from '../../core/ports/context.ts';
import { documentClient } from '../../storage/client.ts';
import { DEFAULT_SHARDS, MOST_SHARDS } from '../../storage/shards.ts';
import { createStore, type Store } from '../../storage/store.ts';
import { storedCalendar } from './calendar.ts';
import { log } from './log.ts';

/** What every function is built from: made once, at cold start. The clock is read here and nowhere else. */
export function container(): { store: Store; ports: Ports; now: () => number } {
  const table = process.env.TABLE_NAME;
  if (!table) throw new Error('TABLE_NAME is not set');
  const shards = Number(process.env.POOL_SHARDS ?? DEFAULT_SHARDS);
  if (!(Number.isInteger(shards) && shards >= 1 && shards <= MOST_SHARDS)) {
    throw new Error(`POOL_SHARDS is not a number from 1 to ${MOST_SHARDS}`);
  }
  const store = createStore(documentClient(), table, {
    shards,
    observe: ({ kind, year }) => log('info', 'pool', { event: `${kind} ${year}` }),
  });
  const now = () => Date.now();
  return { store, now, ports: { reads: store, calendar: () => storedCalendar(store, now()) } };
}
