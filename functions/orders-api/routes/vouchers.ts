import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeListVouchers, makeReadRegister, makeReadVoucher } from '../../../core/usecases/vouchers/read-vouchers.ts';
import { toPage } from '../../_runtime/page.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toRegisterEntry, toVoucherAnswer, toVoucherSummary } from '../answers.ts';

export const listVouchersRoute = (ports: Ports): Route =>
  readRoute(
    ordersRoutes.listVouchers,
    ({ query, actor }) => makeListVouchers(ports)(query, actor),
    toPage(toVoucherSummary),
  );

export const readVoucherRoute = (ports: Ports): Route =>
  readRoute(ordersRoutes.readVoucher, ({ params, actor }) => makeReadVoucher(ports)(params, actor), toVoucherAnswer);

export const readVoucherTrailRoute = (ports: Ports): Route =>
  readRoute(
    ordersRoutes.readVoucherTrail,
    async ({ params, query, actor }) => {
      const voucher = await makeReadVoucher(ports)(params, actor);
      return voucher.ok ? readTrail(ports.reads, 'voucher', { id: params.voucherId }, query, actor) : voucher;
    },
    (trail) => trail,
  );

/** Public: works without a token and names no person. */
export const readRegisterRoute = (ports: Ports): Route =>
  readRoute(
    ordersRoutes.readRegister,
    ({ query, at }) => makeReadRegister(ports)({ ...query, at }),
    toPage(toRegisterEntry),
  );
