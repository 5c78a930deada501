import { documentClient } from '../../storage/client.ts';
import { createCounting } from '../../storage/progress.ts';
import { container } from '../_runtime/container.ts';
import { createProgressCounting, type Given } from './counting.ts';
import { createFollowing } from './following.ts';
import { createServing } from './serving.ts';

const made = container();
const { store } = made;
const follow = createFollowing({
  serve: createServing(made),
  count: createProgressCounting(store, createCounting(documentClient(), process.env.TABLE_NAME ?? ''), store.pause),
});

/**
 * The table's stream tells of money that came free, of changes of a waiting list, and of everything that progress counts; a
 * schedule calls each day, for whatever no event told. Whole batches are repeated when they fail: serving again gives nothing
 * twice, and counting again counts nothing twice.
 */
export const handler = (event: Given, { awsRequestId }: { awsRequestId: string }): Promise<void> =>
  follow(event, awsRequestId);
