import { startUnthrottled } from './system.ts';

/** What the bench asks of the system that runs in this process. */
export type Wish = { readonly advanceTo: number } | { readonly stop: true };

/** Where the system answers, as soon as it does. */
export interface Addresses {
  readonly apiUrl: string;
  readonly issuerUrl: string;
  readonly dynamodb: string;
  readonly table: string;
}

// The whole system in a process of its own, so that it can be killed.
const [assembly, dataDir] = process.argv.slice(2);
if (!assembly || !dataDir) throw new Error('usage: year-end-process <assembly> <data folder>');
const system = await startUnthrottled(assembly, dataDir);

process.on('message', (wish: Wish) => {
  const done = 'advanceTo' in wish ? system.clock.advanceTo(wish.advanceTo) : system.stop();
  done.then(() => process.send?.({ done: true }, () => 'stop' in wish && process.exit(0)));
});
const table = system.model.tables[0]?.name ?? '';
process.send?.({
  apiUrl: system.apiUrl,
  issuerUrl: system.issuerUrl,
  dynamodb: system.endpoints.dynamodb,
  table,
} satisfies Addresses);
