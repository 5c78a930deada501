import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeAnnounceCalendar } from '../../../core/usecases/plan/announce-calendar.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toCalendarAnswer } from '../answers.ts';

export const announceCalendarRoute = (ports: Ports): Route =>
  commandRoute(
    planRoutes.announceCalendar,
    ({ params, body, command }) => makeAnnounceCalendar(ports)({ ...params, ...body }, command),
    toCalendarAnswer,
  );
