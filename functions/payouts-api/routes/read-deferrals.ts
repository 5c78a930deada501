import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { readDeferrals } from '../../../core/usecases/payouts/read-deferrals.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toDeferralsAnswer } from '../answers.ts';

export const readDeferralsRoute = ({ reads }: Ports): Route =>
  readRoute(payoutsRoutes.readDeferrals, ({ actor }) => readDeferrals(reads, actor), toDeferralsAnswer);
