import type { Ports } from '../../../core/ports/context.ts';
import type { Route } from '../../_runtime/route.ts';
import { announceCalendarRoute } from './announce-calendar.ts';
import { confirmAppropriationRoute, proposeAppropriationRoute } from './change-appropriation.ts';
import { correctionsApi } from './corrections.ts';
import { draftPlanRoute } from './draft-plan.ts';
import { listPlansRoute } from './list-plans.ts';
import { localPoliciesApi } from './local-policies.ts';
import { openPlanRoute } from './open-plan.ts';
import { progressApi } from './progress.ts';
import { readCalendarRoute } from './read-calendar.ts';
import { readFundRoute } from './read-fund.ts';
import { listOrderPostingsRoute, readJournalRoute } from './read-journal.ts';
import { readPlanDraftRoute } from './read-plan-draft.ts';
import { readPublishedPlanRoute } from './read-published-plan.ts';
import { readStatementRoute } from './read-statement.ts';
import { readPlanTrailRoute } from './read-trail.ts';
import { revisePlanRoute } from './revise-plan.ts';
import { signPlanRoute } from './sign-plan.ts';
import { trialBalanceRoute } from './trial-balance.ts';
import { planVersionsApi } from './versions.ts';
import { yearEndApi } from './year-end.ts';

/** Every route of the plan, its fund and the calendar. */
export const planApi = (ports: Ports): readonly Route[] => [
  draftPlanRoute(ports),
  revisePlanRoute(ports),
  signPlanRoute(ports),
  openPlanRoute(ports),
  proposeAppropriationRoute(ports),
  confirmAppropriationRoute(ports),
  listPlansRoute(ports),
  readPublishedPlanRoute(ports),
  readPlanDraftRoute(ports),
  readPlanTrailRoute(ports),
  readFundRoute(ports),
  readJournalRoute(ports),
  listOrderPostingsRoute(ports),
  trialBalanceRoute(ports),
  readStatementRoute(ports),
  announceCalendarRoute(ports),
  readCalendarRoute(ports),
  ...planVersionsApi(ports),
  ...correctionsApi(ports),
  ...yearEndApi(ports),
  ...localPoliciesApi(ports),
  ...progressApi(ports),
];
