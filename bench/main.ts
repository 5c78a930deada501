import { measureBudget } from './budget.ts';
import { measureFunctions } from './functions.ts';
import { measureIssue } from './issue.ts';
import { measureRoute } from './route.ts';
import { measureRuntime } from './runtime.ts';
import { measureStart } from './start.ts';
import { measureYearEnd } from './year-end.ts';

/** `npm run bench`: every measure beside its floor; `npm run bench -- issue` one of them. Nothing here passes or fails. */
const measures: Readonly<Record<string, () => Promise<void>>> = {
  functions: measureFunctions,
  runtime: measureRuntime,
  issue: () => measureIssue(),
  budget: measureBudget,
  'year-end': measureYearEnd,
};

/** Parts of `runtime`, to be measured by themselves. */
const parts: typeof measures = { start: measureStart, route: measureRoute };

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in measures || name in parts));
if (unknown.length > 0) {
  console.error(`no measure ${unknown.join(', ')}: there are ${Object.keys({ ...measures, ...parts }).join(', ')}`);
  process.exit(1);
}
// Interrupted, it still ends the engines it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

for (const [name, measure] of Object.entries(chosen.length === 0 ? measures : { ...measures, ...parts })) {
  if (chosen.length === 0 || chosen.includes(name)) await measure();
}
