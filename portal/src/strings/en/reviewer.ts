import type { reviewer as shape } from '../zh-CN/reviewer.ts';

export const reviewer: typeof shape = {};
