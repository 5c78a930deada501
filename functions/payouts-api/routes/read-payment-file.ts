import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { makeReadPaymentFile } from '../../../core/usecases/payouts/read-payment-file.ts';
import type { Store } from '../../../storage/store.ts';
import { decideAndCommit } from '../../_runtime/commit.ts';
import { idsOf, sha256 } from '../../_runtime/ids.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toPaymentFileAnswer } from '../answers.ts';

/**
 * A read that writes: the reading goes into the trail before the file goes out. It is no command, because a command's
 * answer is stored for repetition and account numbers must not be.
 */
export const readPaymentFileRoute = (ports: Ports, store: Store): Route =>
  readRoute(
    payoutsRoutes.readPaymentFile,
    async ({ params, actor, at }) => {
      const requestId = sha256(`${actor.sub}|${params.payoutId}|${at}`).slice(0, 32);
      const committed = await decideAndCommit(store, { actor, at, requestId }, () =>
        makeReadPaymentFile(ports)(params, { actor, at, newId: idsOf(requestId) }),
      );
      if (!committed.ok) return committed;
      if ('answered' in committed.value) throw new Error('a reading has no stored answer');
      return ok(committed.value.result);
    },
    toPaymentFileAnswer,
  );
