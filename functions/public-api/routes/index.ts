import type { Route } from '../../_runtime/route.ts';
import { listRules } from './list-rules.ts';
import { readOpenapi } from './read-openapi.ts';

/** The routes that tell about the system itself. */
export const publicApi = (): readonly Route[] => [readOpenapi(), listRules()];
