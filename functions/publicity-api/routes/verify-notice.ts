import { publicityRoutes } from '../../../contracts/publicity.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { verifyNotice } from '../../../core/usecases/publicity/read-notices.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toVerificationAnswer } from '../answers.ts';

export const verifyNoticeRoute = ({ reads }: Ports): Route =>
  readRoute(publicityRoutes.verifyNotice, ({ params }) => verifyNotice(reads, params.noticeId), toVerificationAnswer);
