import { createApi } from '../_runtime/api.ts';
import { container } from '../_runtime/container.ts';
import { publicApi } from './routes/index.ts';

const { store, now } = container();

export const handler = createApi({ store, now, routes: publicApi() });
