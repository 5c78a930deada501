import { container } from '../_runtime/container.ts';
import { createSweep } from './sweep.ts';

/** Called by a schedule each day at 00:05, Asia/Shanghai. */
export const handler = createSweep(container());
