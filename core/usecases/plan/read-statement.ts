import type { BusinessDate } from '../../calendar/business-date.ts';
import { type Statement, statementOf } from '../../ledger/statement.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import { ok } from '../../result.ts';
import { wholeJournal } from './trial-balance.ts';

export interface StatementRequest {
  readonly year: number;
  /** Last business date that counts; everything posted so far without it. */
  readonly upTo?: BusinessDate;
}

export type YearStatement = StatementRequest & Statement;

/** The statement of a year's fund, or how it stood on a day, replayed from the journal (clause 一-(二)). */
export const makeReadStatement =
  ({ reads }: Pick<Ports, 'reads'>): QueryUseCase<StatementRequest, YearStatement> =>
  async (request) =>
    ok({ ...request, ...statementOf(await wholeJournal(reads, request.year), request.upTo) });
