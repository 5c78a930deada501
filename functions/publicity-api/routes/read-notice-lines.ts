import { publicityRoutes } from '../../../contracts/publicity.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { readNoticeLines } from '../../../core/usecases/publicity/read-notices.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toLinesAnswer } from '../answers.ts';

export const readNoticeLinesRoute = ({ reads }: Ports): Route =>
  readRoute(
    publicityRoutes.readNoticeLines,
    ({ params, query }) => readNoticeLines(reads, params.noticeId, query.page),
    toLinesAnswer,
  );
