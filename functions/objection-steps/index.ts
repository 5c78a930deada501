import { container } from '../_runtime/container.ts';
import { createSteps } from '../_runtime/steps.ts';
import { objectionHandlingSteps } from './steps.ts';

const { store, ports, now } = container();

export const handler = createSteps('objection-handling', { store, now, steps: objectionHandlingSteps(ports) });
