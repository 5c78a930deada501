import { publicityRoutes } from '../../../contracts/publicity.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { readNotice } from '../../../core/usecases/publicity/read-notices.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toNoticeAnswer } from '../answers.ts';

export const readNoticeRoute = ({ reads }: Ports): Route =>
  readRoute(publicityRoutes.readNotice, ({ params }) => readNotice(reads, params.noticeId), toNoticeAnswer);
