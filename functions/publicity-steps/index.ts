import { container } from '../_runtime/container.ts';
import { createSteps } from '../_runtime/steps.ts';
import { publicityWindowSteps } from './steps.ts';

const { store, ports, now } = container();

export const handler = createSteps('publicity-window', { store, now, steps: publicityWindowSteps(ports) });
