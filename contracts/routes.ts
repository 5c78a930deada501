import { catalogueRoutes } from './catalogue.ts';
import { claimsRoutes } from './claims.ts';
import { correctionRoutes } from './corrections.ts';
import { documentsRoutes } from './documents.ts';
import { inboxRoutes } from './inbox.ts';
import { ordersRoutes } from './orders.ts';
import { payoutsRoutes } from './payouts.ts';
import { planRoutes } from './plan.ts';
import { planVersionRoutes } from './plan-versions.ts';
import { progressRoutes } from './progress.ts';
import { publicRoutes } from './public.ts';
import { publicityRoutes } from './publicity.ts';
import { recoveriesRoutes } from './recoveries.ts';
import { registryRoutes } from './registry.ts';
import type { RouteContract } from './route.ts';
import { simulationRoutes } from './simulation.ts';
import { topUpsRoutes } from './topups.ts';
import { yearEndRoutes } from './year-end.ts';

/** Every route of the system: what the gateway declares and the OpenAPI document describes. */
export const routes: readonly RouteContract[] = [
  registryRoutes,
  catalogueRoutes,
  planRoutes,
  planVersionRoutes,
  progressRoutes,
  yearEndRoutes,
  correctionRoutes,
  topUpsRoutes,
  simulationRoutes,
  ordersRoutes,
  claimsRoutes,
  publicityRoutes,
  documentsRoutes,
  payoutsRoutes,
  recoveriesRoutes,
  inboxRoutes,
  publicRoutes,
].flatMap((group) => Object.values<RouteContract>(group));
