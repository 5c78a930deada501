import { createApi } from '../_runtime/api.ts';
import { container } from '../_runtime/container.ts';
import { payoutsApi } from './routes/index.ts';

const { store, ports, now } = container();

export const handler = createApi({ store, now, routes: payoutsApi(ports, store) });
