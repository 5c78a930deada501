import { container } from '../_runtime/container.ts';
import { createSteps } from '../_runtime/steps.ts';
import { certificationSteps } from './steps.ts';

const { store, ports, now } = container();

export const handler = createSteps('certification-review', { store, now, steps: certificationSteps(ports) });
