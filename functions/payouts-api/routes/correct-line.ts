import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeCorrectLine } from '../../../core/usecases/payouts/correct-line.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toLineAnswer } from '../answers.ts';

export const correctLineRoute = (ports: Ports): Route =>
  commandRoute(
    payoutsRoutes.correctLine,
    ({ params, body, command }) => makeCorrectLine(ports)({ ...params, ...body }, command),
    toLineAnswer,
  );
