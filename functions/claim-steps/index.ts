import { container } from '../_runtime/container.ts';
import { createSteps } from '../_runtime/steps.ts';
import { claimAuditSteps } from './steps.ts';

const { store, ports, now } = container();

export const handler = createSteps('claim-audit', { store, now, steps: claimAuditSteps(ports) });
