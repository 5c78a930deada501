import type { SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ContextName } from '../../contracts/route.ts';
import type { Ports } from '../../core/ports/context.ts';
import type { WorkflowName } from '../../core/ports/events.ts';
import type { Objects } from '../../core/ports/objects.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { createSteps } from '../../functions/_runtime/steps.ts';
import { createSweep } from '../../functions/deadlines/sweep.ts';
import { createProgressCounting } from '../../functions/follow-up/counting.ts';
import { createFollowing } from '../../functions/follow-up/following.ts';
import { createServing } from '../../functions/follow-up/serving.ts';
import { executionsOf } from '../../functions/inbox-api/executions.ts';
import { createCarrying } from '../../functions/outbox-relay/carrying.ts';
import { outboxOf, workflowsOf } from '../../functions/outbox-relay/effects.ts';
import { scheduledSteps } from '../../functions/year-end-steps/steps.ts';
import { createCounting } from '../../storage/progress.ts';
import { createStore } from '../../storage/store.ts';
import { routesByContext } from '../support/whole-api.ts';
import { stepsOf } from '../support/workflow-bench.ts';
import { workflowArns } from './workflows.ts';

/** What one process reaches outside by. */
export interface Outside {
  readonly table: string;
  readonly client: DynamoDBDocumentClient;
  readonly sfn: SFNClient;
  readonly objects: Objects;
  readonly now: () => number;
  readonly shards: number;
  readonly pause: () => Promise<void>;
}

/** Every function of the system as one process holds it, made when it is first called. */
export function functionsOf({ table, client, sfn, objects, now, shards, pause }: Outside) {
  const store = createStore(client, table, { shards, pause });
  const ports: Ports = { reads: store, calendar: () => storedCalendar(store, now()) };
  const routes = routesByContext({ store, ports, objects, executions: executionsOf(sfn, workflowArns) });
  const apis = new Map<ContextName, ReturnType<typeof createApi>>();
  const steps = new Map<WorkflowName, ReturnType<typeof createSteps>>();
  return {
    api(context: ContextName) {
      const known = apis.get(context) ?? createApi({ store, now, routes: routes[context] });
      apis.set(context, known);
      return known;
    },
    steps(workflow: WorkflowName) {
      const served = { ...stepsOf[workflow](ports), ...(workflow === 'year-end' ? scheduledSteps(ports) : {}) };
      const known = steps.get(workflow) ?? createSteps(workflow, { store, now, steps: served });
      steps.set(workflow, known);
      return known;
    },
    carry: createCarrying(workflowsOf(sfn, workflowArns), outboxOf(client, table)),
    follow: createFollowing({
      serve: createServing({ store, ports, now }),
      count: createProgressCounting(store, createCounting(client, table, pause), pause),
    }),
    sweep: createSweep({ store, ports, now }),
  };
}
export type Functions = ReturnType<typeof functionsOf>;
