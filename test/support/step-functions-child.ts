import { createClock } from '../../local/clock/clock.ts';
import { startStepFunctions } from '../../local/stepfunctions/service.ts';

/** A Step Functions service in a process of its own, to be killed. Takes its folder and machines, prints its endpoint. */
const [dataDir = '', machines = '[]', region = '', accountId = ''] = process.argv.slice(2);

const { endpoint } = await startStepFunctions({
  clock: createClock({ onError: console.error }),
  dataDir,
  port: 0,
  region,
  accountId,
  stateMachines: JSON.parse(machines),
  invoke: async () => null,
  log: console.error,
});
console.log(endpoint);
