import type { Strings } from '../zh-CN.ts';

/** Texts of a provider's own pages. */
export const provider: Strings['provider'] = {};
