import { publicityRoutes } from '../../../contracts/publicity.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeLodgeObjection } from '../../../core/usecases/publicity/lodge-objection.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toObjectionReceipt } from '../answers.ts';

/** For signed-in people, whose organisation is recorded with the objection. */
export const lodgeObjectionRoute = (ports: Ports): Route =>
  commandRoute(
    publicityRoutes.lodgeObjection,
    ({ params, body, command }) => makeLodgeObjection(ports)({ ...params, ...body }, command),
    toObjectionReceipt,
  );

/** For everybody, without a token. */
export const lodgePublicObjectionRoute = (ports: Ports): Route =>
  commandRoute(
    publicityRoutes.lodgePublicObjection,
    ({ params, body, command }) => makeLodgeObjection(ports)({ ...params, ...body }, command),
    toObjectionReceipt,
  );
