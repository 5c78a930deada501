import { createApi } from '../_runtime/api.ts';
import { container } from '../_runtime/container.ts';
import { simulationsApi } from './routes/index.ts';

const { store, ports, now } = container();

export const handler = createApi({ store, now, routes: simulationsApi(ports) });
