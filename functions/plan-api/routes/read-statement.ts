import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadStatement } from '../../../core/usecases/plan/read-statement.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toStatementAnswer } from '../answers.ts';

export const readStatementRoute = (ports: Ports): Route =>
  readRoute(
    planRoutes.readStatement,
    ({ params, query: { upTo }, actor }) =>
      makeReadStatement(ports)({ ...params, ...(upTo === undefined ? {} : { upTo }) }, actor),
    toStatementAnswer,
  );
