import type { ScenarioQuery } from '../../contracts/simulation.ts';
import type { Scenario } from '../../core/policy/replay-orders.ts';

/** The scenario of a query. */
export const toScenario = (query: ScenarioQuery): Scenario => ({
  ratios: {
    ...(query.infrastructureRatio === undefined ? {} : { infrastructure: query.infrastructureRatio }),
    ...(query.businessApplicationRatio === undefined ? {} : { 'business-application': query.businessApplicationRatio }),
    ...(query.platformSystemRatio === undefined ? {} : { 'platform-system': query.platformSystemRatio }),
  },
  ...(query.yearlyCap === undefined ? {} : { yearlyCap: query.yearlyCap }),
  ...(query.ownShareFloor === undefined ? {} : { ownShareFloor: query.ownShareFloor }),
  ...(query.fund === undefined ? {} : { fund: query.fund }),
  specs: {
    infrastructure: size(query.infrastructureAmount, query.infrastructureCount),
    'business-application': size(query.businessApplicationAmount, query.businessApplicationCount),
    'platform-system': size(query.platformSystemAmount, query.platformSystemCount),
  },
});

const size = (amount: ScenarioQuery['infrastructureAmount'], count: number | undefined) => ({
  ...(amount === undefined ? {} : { amount }),
  ...(count === undefined ? {} : { count }),
});
