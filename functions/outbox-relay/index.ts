import { SFNClient } from '@aws-sdk/client-sfn';
import { workflowArns } from '../../statemachines/arns.ts';
import { documentClient } from '../../storage/client.ts';
import { createCarrying } from './carrying.ts';
import { outboxOf, workflowsOf } from './effects.ts';

export const handler = createCarrying(
  workflowsOf(new SFNClient({}), workflowArns(process.env)),
  outboxOf(documentClient(), process.env.TABLE_NAME ?? ''),
);
