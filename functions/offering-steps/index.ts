import { container } from '../_runtime/container.ts';
import { createSteps } from '../_runtime/steps.ts';
import { offeringSteps } from './steps.ts';

const { store, ports, now } = container();

export const handler = createSteps('offering-review', { store, now, steps: offeringSteps(ports) });
