import type * as z from 'zod';
import { type correctionAnswer, correctionRoutes, type postingAnswer } from '../../../contracts/corrections.ts';
import { toShanghaiIso } from '../../../core/calendar/business-date.ts';
import type { Correction } from '../../../core/ledger/correction.ts';
import { formatYuan } from '../../../core/money/money.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { makeDecideCorrection, makeProposeCorrection } from '../../../core/usecases/ledger/correct-posting.ts';
import {
  listCorrections,
  type PostingAndCorrection,
  readPosting,
} from '../../../core/usecases/ledger/read-corrections.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { commandRoute, type Route, readRoute } from '../../_runtime/route.ts';
import { toJournalEntry } from '../answers.ts';

const toCorrectionAnswer = ({
  createdAt: _created,
  updatedAt: _updated,
  excluded: _excluded,
  ...correction
}: Correction): z.input<typeof correctionAnswer> => ({
  ...correction,
  moved: formatYuan(correction.moved),
  corrected: formatYuan(correction.corrected),
  amount: formatYuan(correction.amount),
  proposedAt: toShanghaiIso(correction.proposedAt),
  approvals: correction.approvals.map((approval) => ({ ...approval, at: toShanghaiIso(approval.at) })),
  names: correction.names,
});

const toPostingAnswer = ({ posting, correction }: PostingAndCorrection): z.input<typeof postingAnswer> => ({
  posting: toJournalEntry(posting),
  correction: correction && toCorrectionAnswer(correction),
});

/** Corrections of the journal by entry. */
export const correctionsApi = (ports: Ports): readonly Route[] => [
  readRoute(correctionRoutes.readPosting, ({ params }) => readPosting(ports.reads, params), toPostingAnswer),
  readRoute(
    correctionRoutes.listCorrections,
    async ({ params, query }) => ok(await listCorrections(ports.reads, { ...params, page: pageArguments(query) })),
    toPage(toCorrectionAnswer),
  ),
  commandRoute(
    correctionRoutes.proposeCorrection,
    ({ params, body, command }) => makeProposeCorrection(ports)({ ...params, ...body }, command),
    toCorrectionAnswer,
  ),
  commandRoute(
    correctionRoutes.decideCorrection,
    ({ params, body, command }) => makeDecideCorrection(ports)({ ...params, ...body }, command),
    toCorrectionAnswer,
  ),
];
