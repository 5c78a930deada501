import type { Ports } from '../../../core/ports/context.ts';
import type { Store } from '../../../storage/store.ts';
import type { Route } from '../../_runtime/route.ts';
import { decideBankReturnRoute, listReturnsToConfirmRoute, recordBankReturnRoute } from './bank-return.ts';
import { correctLineRoute } from './correct-line.ts';
import { listPaymentsRoute } from './list-payments.ts';
import { orderPayoutRoute } from './order-payout.ts';
import { readDeferralsRoute } from './read-deferrals.ts';
import { readPaymentFileRoute } from './read-payment-file.ts';
import {
  listPayoutLinesRoute,
  listPayoutsRoute,
  readControlTotalsRoute,
  readPayoutRoute,
  readPayoutTrailRoute,
} from './read-payouts.ts';
import { recordBankAnswersRoute } from './record-bank-answers.ts';

/** Every route of payouts. The store itself is for the payment file alone, whose reading is a write. */
export const payoutsApi = (ports: Ports, store: Store): readonly Route[] => [
  orderPayoutRoute(ports),
  listPayoutsRoute(ports),
  readPayoutRoute(ports),
  listPayoutLinesRoute(ports),
  readControlTotalsRoute(ports),
  readPayoutTrailRoute(ports),
  readPaymentFileRoute(ports, store),
  recordBankAnswersRoute(ports),
  correctLineRoute(ports),
  recordBankReturnRoute(ports),
  listReturnsToConfirmRoute(ports),
  decideBankReturnRoute(ports),
  listPaymentsRoute(ports),
  readDeferralsRoute(ports),
];
