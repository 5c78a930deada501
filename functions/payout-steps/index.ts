import { container } from '../_runtime/container.ts';
import { createSteps } from '../_runtime/steps.ts';
import { payoutSteps } from './steps.ts';

const { store, ports, now } = container();

export const handler = createSteps('payout', { store, now, steps: payoutSteps(ports) });
