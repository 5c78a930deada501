import type { DynamoDBStreamEvent } from 'aws-lambda';
import { container } from '../_runtime/container.ts';
import { createServing, yearsOf } from './serving.ts';

const serve = createServing(container());

/**
 * The table's stream tells of money that came free and of changes of a waiting list; a schedule calls each day, for
 * whatever no event told. Whole batches are repeated when they fail: serving again gives nothing twice.
 */
export const handler = (
  event: Partial<DynamoDBStreamEvent>,
  { awsRequestId }: { awsRequestId: string },
): Promise<number> => serve(yearsOf(event), awsRequestId);
