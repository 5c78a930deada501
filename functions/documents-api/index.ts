import { createApi } from '../_runtime/api.ts';
import { container } from '../_runtime/container.ts';
import { bucketsOf } from './buckets.ts';
import { documentsApi } from './routes/index.ts';
import { inspectWhenNeeded, objectsWhenNeeded } from './when-needed.ts';

const { store, ports, now } = container();
const objects = objectsWhenNeeded(bucketsOf(process.env), now);

export const handler = createApi({
  store,
  now,
  routes: documentsApi({ reads: ports.reads, objects, inspect: inspectWhenNeeded }),
});
