import type { Strings } from '../zh-CN.ts';

/** Texts of charts, long tables, dashboards and the inspector's pages. */
export const insight: Strings['insight'] = {
  chart: { asTable: 'As a table', inTable: 'Its figures are in the table below.' },
  longTable: {
    loaded: (n) => `${n} loaded; scroll down for more`,
    all: (n) => (n === 1 ? 'One in all' : `${n} in all`),
  },
};
