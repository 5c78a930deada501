import { simulationRoutes } from '../../../contracts/simulation.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeSimulatePolicy } from '../../../core/usecases/plan/simulate-policy.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toSimulationAnswer } from '../answers.ts';
import { toScenario } from '../scenario.ts';

/** What another policy would have made of a year. */
export const simulationsApi = (ports: Pick<Ports, 'reads'>): readonly Route[] => [
  readRoute(
    simulationRoutes.simulatePolicy,
    ({ params, query, actor }) => makeSimulatePolicy(ports)({ ...params, scenario: toScenario(query) }, actor),
    toSimulationAnswer,
  ),
];
