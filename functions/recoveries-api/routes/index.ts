import type { Ports } from '../../../core/ports/context.ts';
import type { Route } from '../../_runtime/route.ts';
import { decideRecoveryRoute, proposeRecoveryRoute, recordRepaymentRoute } from './commands.ts';
import { listRecoveriesOfProviderRoute, listRecoveriesRoute, readReceivableRoute, readRecoveryRoute } from './reads.ts';

/** Every route of money taken back. */
export const recoveriesApi = (ports: Ports): readonly Route[] => [
  proposeRecoveryRoute(ports),
  listRecoveriesRoute(ports),
  listRecoveriesOfProviderRoute(ports),
  readRecoveryRoute(ports),
  readReceivableRoute(ports),
  decideRecoveryRoute(ports),
  recordRepaymentRoute(ports),
];
