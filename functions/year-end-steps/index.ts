import { container } from '../_runtime/container.ts';
import { createSteps } from '../_runtime/steps.ts';
import { scheduledSteps, yearEndSteps } from './steps.ts';

const { store, ports, now } = container();

/** Called by the state machine, and by a schedule on 1 January at 00:05, Asia/Shanghai. */
export const handler = createSteps('year-end', {
  store,
  now,
  steps: { ...yearEndSteps(ports), ...scheduledSteps(ports) },
});
