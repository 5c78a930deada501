import type { Ports } from '../../core/ports/context.ts';
import { documentClient } from '../../storage/client.ts';
import { createStore, type Store } from '../../storage/store.ts';
import { storedCalendar } from './calendar.ts';

/** What every function is built from: made once, at cold start. The clock is read here and nowhere else. */
export function container(): { store: Store; ports: Ports; now: () => number } {
  const table = process.env.TABLE_NAME;
  if (!table) throw new Error('TABLE_NAME is not set');
  const store = createStore(documentClient(), table);
  const now = () => Date.now();
  return { store, now, ports: { reads: store, calendar: () => storedCalendar(store, now()) } };
}
