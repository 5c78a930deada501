import { yearEndRoutes } from '../../../contracts/year-end.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadYearEnd, makeReadYearEndReport } from '../../../core/usecases/year-end/read.ts';
import { makeRequestRun, makeRequestSurvey } from '../../../core/usecases/year-end/request.ts';
import { commandRoute, type Route, readRoute } from '../../_runtime/route.ts';
import { toYearEndAnswer, toYearEndReportAnswer } from '../year-end-answers.ts';

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
  readRoute(yearEndRoutes.readReport, ({ params }) => makeReadYearEndReport(ports)(params), toYearEndReportAnswer),
  readRoute(yearEndRoutes.readYearEnd, ({ params }) => makeReadYearEnd(ports)(params), toYearEndAnswer),
];
