import type { ordersRoutes } from '../../../../contracts/orders.ts';
import type { Answer } from '../../api/client.ts';

/** An order as the API tells its provider. */
export type Order = Answer<typeof ordersRoutes.readOrder>;
