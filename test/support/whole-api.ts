import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { AnyRouteContract, ContextName } from '../../contracts/route.ts';
import type { Ports } from '../../core/ports/context.ts';
import type { DocumentPorts } from '../../core/ports/objects.ts';
import type { Executions } from '../../core/usecases/inbox/decide-task.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import type { Route } from '../../functions/_runtime/route.ts';
import { catalogueApi } from '../../functions/catalogue-api/routes/index.ts';
import { claimsApi } from '../../functions/claims-api/routes/index.ts';
import { inspect } from '../../functions/documents-api/inspection.ts';
import { createObjects } from '../../functions/documents-api/objects.ts';
import { documentsApi } from '../../functions/documents-api/routes/index.ts';
import { inboxApi } from '../../functions/inbox-api/routes/tasks.ts';
import { ordersApi } from '../../functions/orders-api/routes/index.ts';
import { payoutsApi } from '../../functions/payouts-api/routes/index.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import { publicApi } from '../../functions/public-api/routes/index.ts';
import { publicityApi } from '../../functions/publicity-api/routes/index.ts';
import { recoveriesApi } from '../../functions/recoveries-api/routes/index.ts';
import { registryApi } from '../../functions/registry-api/routes/index.ts';
import { simulationsApi } from '../../functions/simulations-api/routes/index.ts';
import type { Store } from '../../storage/store.ts';
import type { Engine } from './engine.ts';
import { type Answered, type Call, type Caller, call } from './http-event.ts';
import { startObjects } from './objects.ts';

/** Names of the parameters in a route's path. */
export const paramNames = ({ path }: Pick<AnyRouteContract, 'path'>): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** What the functions of all contexts are built from. */
export interface WholePorts {
  readonly ports: Ports;
  readonly store: Store;
  readonly objects: DocumentPorts['objects'];
  readonly executions: Executions;
}

/** The routes that each function serves. A context without its function does not compile. */
export const routesByContext = ({
  ports,
  store,
  objects,
  executions,
}: WholePorts): Record<ContextName, readonly Route[]> => ({
  'registry-api': registryApi(ports),
  'documents-api': documentsApi({ reads: ports.reads, objects, inspect }),
  'catalogue-api': catalogueApi(ports),
  'plan-api': planApi(ports),
  'orders-api': ordersApi(ports),
  'claims-api': claimsApi(ports),
  'publicity-api': publicityApi(ports),
  'payouts-api': payoutsApi(ports, store),
  'recoveries-api': recoveriesApi(ports),
  'inbox-api': inboxApi(ports, executions),
  'simulations-api': simulationsApi(ports),
  'public-api': publicApi(),
});

/**
 * Every function of the API on one engine and one object store. The only double stands for the workflow service:
 * every execution that a task waits in is said to run.
 */
export async function wholeApi({ store }: Engine, now: () => number) {
  const objectStore = await startObjects();
  const served = routesByContext({
    store,
    ports: { reads: store, calendar: () => storedCalendar(store, now()) },
    objects: createObjects(objectStore.client, objectStore.buckets, Date.now),
    executions: { isRunning: async () => true },
  });
  const handlers = new Map(
    Object.entries(served).map(([context, routes]) => [context, createApi({ store, now, routes })]),
  );
  return {
    served,
    /** Calls the function that the gateway would call for this route. */
    send: (contract: AnyRouteContract, caller: Caller | undefined, what: Call = {}): Promise<Answered> =>
      call(handlers.get(contract.context), contract, caller, {
        ...what,
        // Of many ids those that the path names.
        params: Object.fromEntries(paramNames(contract).map((name) => [name, what.params?.[name] ?? ''])),
      }),
    /** Calls the function of this name with an event of the gateway. */
    async invoke(context: string, event: APIGatewayProxyEventV2) {
      const handler = handlers.get(context);
      if (!handler) throw new Error(`no function ${context}`);
      return handler(event, { awsRequestId: 'test' } as Context);
    },
    stop: objectStore.stop,
  };
}
export type WholeApi = Awaited<ReturnType<typeof wholeApi>>;
