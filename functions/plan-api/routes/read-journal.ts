import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadJournal } from '../../../core/usecases/plan/read-journal.ts';
import { toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toJournalEntry } from '../answers.ts';

export const readJournalRoute = (ports: Ports): Route =>
  readRoute(
    planRoutes.readJournal,
    ({ params, query, actor }) => makeReadJournal(ports)({ ...params, ...query }, actor),
    toPage(toJournalEntry),
  );
