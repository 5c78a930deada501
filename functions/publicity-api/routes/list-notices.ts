import { publicityRoutes } from '../../../contracts/publicity.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { listNotices } from '../../../core/usecases/publicity/read-notices.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toNoticeAnswer } from '../answers.ts';

export const listNoticesRoute = ({ reads }: Ports): Route =>
  readRoute(
    publicityRoutes.listNotices,
    async ({ query }) => ok(await listNotices(reads, { year: query.year, page: pageArguments(query) })),
    toPage(toNoticeAnswer),
  );
