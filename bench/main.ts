import { measureBudget } from './budget.ts';
import { measureFunctions } from './functions.ts';
import { measureIssue } from './issue.ts';
import { measureRoute } from './route.ts';
import { measureStart } from './start.ts';
import { measureYearEnd } from './year-end.ts';

/** `npm run bench`: every measure beside its floor; `npm run bench -- issue` one of them. Nothing here passes or fails. */
const measures: Readonly<Record<string, () => Promise<void>>> = {
  functions: measureFunctions,
  start: measureStart,
  route: measureRoute,
  issue: () => measureIssue(),
  budget: measureBudget,
  'year-end': measureYearEnd,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in measures));
if (unknown.length > 0) {
  console.error(`no measure ${unknown.join(', ')}: there are ${Object.keys(measures).join(', ')}`);
  process.exit(1);
}
// Interrupted, it still ends the engines it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

for (const [name, measure] of Object.entries(measures)) {
  if (chosen.length === 0 || chosen.includes(name)) await measure();
}
