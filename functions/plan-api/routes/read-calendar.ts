import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadCalendar } from '../../../core/usecases/plan/announce-calendar.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toCalendarAnswer } from '../answers.ts';

export const readCalendarRoute = (ports: Ports): Route =>
  readRoute(planRoutes.readCalendar, ({ params }) => makeReadCalendar(ports)(params), toCalendarAnswer);
