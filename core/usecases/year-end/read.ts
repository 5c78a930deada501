import type { YearEnd } from '../../ledger/year-end-record.ts';
import type { Ports } from '../../ports/context.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** The close of a year as the departments and inspectors see it, from its dry run on. */
export const makeReadYearEndReport =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async ({ year }: { readonly year: number }): Promise<Result<YearEnd>> => {
    const stored = await reads.get('yearEnd', { year });
    return stored ? ok(stored) : refuse('not-found');
  };

/** The close of a year as the public sees it: once it is done, in totals (clause 一-(二), open). */
export const makeReadYearEnd =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async ({ year }: { readonly year: number }): Promise<Result<YearEnd>> => {
    const stored = await reads.get('yearEnd', { year });
    return stored?.status === 'closed' ? ok(stored) : refuse('not-found');
  };
