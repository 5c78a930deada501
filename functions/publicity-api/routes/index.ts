import type { Ports } from '../../../core/ports/context.ts';
import type { Route } from '../../_runtime/route.ts';
import { listNoticesRoute } from './list-notices.ts';
import { lodgeObjectionRoute, lodgePublicObjectionRoute } from './lodge-objection.ts';
import { readNoticeRoute } from './read-notice.ts';
import { readNoticeLinesRoute } from './read-notice-lines.ts';
import { listObjectionsRoute, readObjectionRoute } from './read-objections.ts';
import { verifyNoticeRoute } from './verify-notice.ts';

/** Every route of publicity. */
export const publicityApi = (ports: Ports): readonly Route[] => [
  listNoticesRoute(ports),
  readNoticeRoute(ports),
  readNoticeLinesRoute(ports),
  verifyNoticeRoute(ports),
  lodgePublicObjectionRoute(ports),
  lodgeObjectionRoute(ports),
  listObjectionsRoute(ports),
  readObjectionRoute(ports),
];
