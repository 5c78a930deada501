import { SFNClient } from '@aws-sdk/client-sfn';
import { workflowArns } from '../../statemachines/arns.ts';
import { createApi } from '../_runtime/api.ts';
import { container } from '../_runtime/container.ts';
import { executionsOf } from './executions.ts';
import { inboxApi } from './routes/tasks.ts';

const { store, ports, now } = container();

export const handler = createApi({
  store,
  now,
  routes: inboxApi(ports, executionsOf(new SFNClient({}), workflowArns(process.env))),
});
