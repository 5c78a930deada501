import { progressRoutes } from '../../../contracts/progress.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { makeReadOpenWork, makeReadProgress, makeReadYearFigures } from '../../../core/usecases/plan/read-progress.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toProgressAnswer, toYearFiguresAnswer } from '../progress-answers.ts';

/** How a year goes, in public and for the departments. */
export const progressApi = (ports: Ports): readonly Route[] => [
  readRoute(
    progressRoutes.readProgress,
    ({ params, query }) => makeReadProgress(ports)({ ...params, ...query }),
    toProgressAnswer,
  ),
  readRoute(
    progressRoutes.readYearFigures,
    ({ params, query, at }) => makeReadYearFigures(ports)({ ...params, ...query, at }),
    toYearFiguresAnswer,
  ),
  readRoute(
    progressRoutes.readOpenWork,
    async ({ at }) => ok(await makeReadOpenWork(ports)(at)),
    ({ offices, ...all }) => ({ ...all, offices: [...offices] }),
  ),
];
