import { yearEndRoutes } from '../../../contracts/year-end.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { makeReadYearEnd, makeReadYearEndReport } from '../../../core/usecases/year-end/read.ts';
import { makeRequestRun, makeRequestSurvey } from '../../../core/usecases/year-end/request.ts';
import { daysLeftUntil } from '../../_runtime/days-left.ts';
import { commandRoute, type Route, readRoute } from '../../_runtime/route.ts';
import { expectedOf, toYearEndAnswer, toYearEndReportAnswer } from '../year-end-answers.ts';

/** The close of a year: dry run, run, report, and what the public sees of it. */
export const yearEndApi = (ports: Ports): readonly Route[] => [
  commandRoute(
    yearEndRoutes.requestSurvey,
    ({ params, command }) => makeRequestSurvey(ports)(params, command),
    toYearEndReportAnswer,
  ),
  commandRoute(
    yearEndRoutes.requestRun,
    ({ params, command }) => makeRequestRun(ports)(params, command),
    toYearEndReportAnswer,
  ),
  readRoute(
    yearEndRoutes.readReport,
    async ({ params, at }) => {
      const yearEnd = await makeReadYearEndReport(ports)(params);
      if (!yearEnd.ok) return yearEnd;
      return ok({ yearEnd: yearEnd.value, daysLeft: await daysLeftUntil([expectedOf(yearEnd.value)], ports, at) });
    },
    ({ yearEnd, daysLeft }) => toYearEndReportAnswer(yearEnd, daysLeft),
  ),
  readRoute(yearEndRoutes.readYearEnd, ({ params }) => makeReadYearEnd(ports)(params), toYearEndAnswer),
];
