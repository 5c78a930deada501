import { documentClient } from '../../storage/client.ts';
import { createCounting } from '../../storage/progress.ts';
import { container } from '../_runtime/container.ts';
import { createProgressCounting, type Given } from './counting.ts';

const { store } = container();
const count = createProgressCounting(
  store,
  createCounting(documentClient(), process.env.TABLE_NAME ?? ''),
  store.pause,
);

/** The table's stream tells what changed. Whole batches are repeated when they fail: counting again counts nothing twice. */
export const handler = (event: Given, { awsRequestId }: { awsRequestId: string }): Promise<number> =>
  count(event, awsRequestId);
