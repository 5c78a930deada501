import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeListOrderPostings, makeReadJournal } from '../../../core/usecases/plan/read-journal.ts';
import { toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toJournalEntry } from '../answers.ts';

export const readJournalRoute = (ports: Ports): Route =>
  readRoute(
    planRoutes.readJournal,
    ({ params, query, actor }) => makeReadJournal(ports)({ ...params, ...query }, actor),
    toPage(toJournalEntry),
  );

export const listOrderPostingsRoute = (ports: Ports): Route =>
  readRoute(
    planRoutes.listOrderPostings,
    ({ params, query, actor }) => makeListOrderPostings(ports)({ ...params, ...query }, actor),
    toPage((posting) => ({ ...toJournalEntry(posting), year: posting.year })),
  );
