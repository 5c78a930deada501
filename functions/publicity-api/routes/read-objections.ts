import { publicityRoutes } from '../../../contracts/publicity.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { listObjections, readObjection } from '../../../core/usecases/publicity/read-objections.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toObjectionAnswer } from '../answers.ts';

export const listObjectionsRoute = ({ reads }: Ports): Route =>
  readRoute(
    publicityRoutes.listObjections,
    ({ query }) => listObjections(reads, { noticeId: query.noticeId, page: pageArguments(query) }),
    toPage(toObjectionAnswer),
  );

export const readObjectionRoute = ({ reads }: Ports): Route =>
  readRoute(publicityRoutes.readObjection, ({ params }) => readObjection(reads, params.objectionId), toObjectionAnswer);
