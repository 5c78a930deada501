import { createApi } from '../_runtime/api.ts';
import { container } from '../_runtime/container.ts';
import { inspect } from './inspection.ts';
import { bucketsOf, createObjects, objectsClient } from './objects.ts';
import { documentsApi } from './routes/index.ts';

const { store, ports, now } = container();
const objects = createObjects(objectsClient(), bucketsOf(process.env), now);

export const handler = createApi({ store, now, routes: documentsApi({ reads: ports.reads, objects, inspect }) });
