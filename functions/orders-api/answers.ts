import type * as z from 'zod';
import type {
  entitlementAnswer,
  orderAnswer,
  ordersRoutes,
  orderWithVoucher,
  placeAnswer,
  previewAnswer,
  signingAnswer,
  voucherAnswer,
  waitingListAnswer,
  yearlyCapAnswer,
} from '../../contracts/orders.ts';
import type { AnswerOf } from '../../contracts/route.ts';
import { findingAnswer, traceAnswer } from '../../contracts/sentences.ts';
import { businessDate, businessDateOf, toShanghaiIso } from '../../core/calendar/business-date.ts';
import { type Fen, formatYuan } from '../../core/money/money.ts';
import type { Contract, Entitlement, EntitlementPart, Order, VoucherChoice } from '../../core/orders/order.ts';
import { fundYearOf, type Voucher } from '../../core/orders/voucher.ts';
import { missingOf } from '../../core/orders/waiting-list.ts';
import { type FundingStack, fundingOf } from '../../core/subsidy/funding.ts';
import type { TopUp } from '../../core/topups/top-up.ts';
import type { Preview } from '../../core/usecases/orders/preview-entitlement.ts';
import type { SigningPreview } from '../../core/usecases/orders/read-orders.ts';
import type { ShownList, Standing } from '../../core/usecases/orders/read-waiting-list.ts';
import type { YearlyCap } from '../../core/usecases/orders/read-yearly-cap.ts';
import type { OrderWithVoucher } from '../../core/usecases/orders/stored-order.ts';

const optional = <T, A>(value: T | undefined, to: (value: T) => A): A | undefined =>
  value === undefined ? undefined : to(value);

const toPart = (part: EntitlementPart) => ({ ...part, fee: formatYuan(part.fee), amount: formatYuan(part.amount) });

export const toEntitlementAnswer = ({
  amount,
  limitedBy,
  parts,
  trace,
}: Entitlement): z.input<typeof entitlementAnswer> => ({
  amount: formatYuan(amount),
  limitedBy,
  parts: parts.map(toPart),
  derivation: trace.map(traceAnswer),
});

const toFundingAnswer = ({ listPrice, discount, voucher, localTopUps, ownShare }: FundingStack) => ({
  listPrice: formatYuan(listPrice),
  discount: formatYuan(discount),
  voucher: formatYuan(voucher),
  localTopUps: formatYuan(localTopUps),
  ownShare: formatYuan(ownShare),
});

/** Absent where the jurisdiction has no policy. */
const toTopUps = (topUps: readonly TopUp[] = []) =>
  topUps.length === 0
    ? undefined
    : topUps.map(({ policyId, name, amount, trace }) => ({
        policyId,
        name,
        amount: formatYuan(amount),
        derivation: trace.map(traceAnswer),
      }));

export const toPreviewAnswer = (preview: Preview): z.input<typeof previewAnswer> => ({
  offeringId: preview.offeringId,
  offeringNumber: preview.offeringNumber,
  estimatedFee: formatYuan(preview.fee),
  planYear: preview.plan.year,
  policyVersion: preview.policy.policyVersion,
  entitlement: toEntitlementAnswer(preview.entitlement),
  fullAmount: formatYuan(preview.unlimited.amount),
  waitingList: optional(preview.list, ({ places, amount }) => ({ places, amount: formatYuan(amount) })),
  localTopUps: toTopUps(preview.localTopUps),
  funding: toFundingAnswer(preview.funding),
});

export const toYearlyCapAnswer = ({ year, cap, used, left }: YearlyCap): z.input<typeof yearlyCapAnswer> => ({
  year,
  cap: formatYuan(cap),
  used: formatYuan(used),
  left: formatYuan(left),
});

export const toSigningAnswer = ({ order, signing, funding }: SigningPreview): z.input<typeof signingAnswer> => ({
  orderId: order.id,
  entitlement: signing.voucher ? toEntitlementAnswer(signing.entitlement) : undefined,
  localTopUps: signing.voucher ? toTopUps(signing.localTopUps) : undefined,
  funding: toFundingAnswer(funding),
});

const toContract = (contract: Contract) => ({
  ...contract,
  lines: contract.lines.map((line) => ({
    ...line,
    listPrice: formatYuan(line.listPrice),
    discount: formatYuan(line.discount),
    fee: formatYuan(line.fee),
  })),
  listPrice: formatYuan(contract.listPrice),
  discount: formatYuan(contract.discount),
  fee: formatYuan(contract.fee),
  startsOn: businessDate(contract.startsOn),
  endsOn: businessDate(contract.endsOn),
  answeredAt: toShanghaiIso(contract.answeredAt),
});

const toChoice = (choice: VoucherChoice) => ({
  use: choice.use,
  ...(choice.use === 'amount' ? { amount: formatYuan(choice.amount) } : {}),
});

/** Whether what was reserved is still held: until the signature or the end of the order. */
const isHeld = ({ status }: Order): boolean => status === 'placed' || status === 'answered';

export const toOrderSummary = (order: Order) => ({
  id: order.id,
  version: order.version,
  status: order.status,
  enterpriseId: order.enterpriseId,
  enterpriseName: order.enterpriseName,
  providerId: order.providerId,
  providerName: order.providerName,
  offeringId: order.offeringId,
  offeringNumber: order.offeringNumber,
  offeringName: order.offeringName,
  kind: order.kind,
  quantity: order.quantity,
  fee: formatYuan(order.contract?.fee ?? order.estimatedFee),
  ...(isHeld(order)
    ? {
        reservedAmount: optional(order.reservation, ({ amount }) => formatYuan(amount)),
        reservedUntil: optional(order.reservedUntil, businessDate),
      }
    : {}),
  voucherId: order.voucherId,
  createdAt: toShanghaiIso(order.createdAt),
  updatedAt: toShanghaiIso(order.updatedAt),
});

export const toOrderAnswer = (order: Order): z.input<typeof orderAnswer> => ({
  ...toOrderSummary(order),
  enterpriseUscc: order.enterpriseUscc,
  category: order.category,
  estimatedFee: formatYuan(order.estimatedFee),
  wantedFrom: businessDate(order.wantedFrom),
  wantedTo: businessDate(order.wantedTo),
  choice: toChoice(order.choice),
  planYear: order.planYear,
  policyVersion: order.policyVersion,
  reservation: optional(order.reservation, toEntitlementAnswer),
  waiting: optional(order.waiting, ({ since, wanted, agreedAt }) => ({
    since: toShanghaiIso(since),
    wanted: formatYuan(wanted),
    missing: formatYuan(missingOf(order)),
    agreedAt: optional(agreedAt, toShanghaiIso),
  })),
  contract: optional(order.contract, toContract),
  signedAt: optional(order.signedAt, toShanghaiIso),
  deliveredFee: optional<Fen, string>(order.deliveredFee, formatYuan),
  deliveredFees: order.deliveredLines?.map(formatYuan),
  deliveredAt: optional(order.deliveredAt, toShanghaiIso),
  deliveryDocumentId: order.deliveryDocumentId,
  endReason: order.endReason,
  findings: (order.findings ?? []).map(findingAnswer),
});

const toStanding = ({ order, position, ahead, missing, forecast }: Standing) => ({
  position,
  since: toShanghaiIso(order.waiting?.since ?? order.createdAt),
  category: order.category,
  missing: formatYuan(missing),
  ahead: formatYuan(ahead),
  forecast,
});

export const toPlaceAnswer = (standing: Standing): z.input<typeof placeAnswer> => ({
  ...toStanding(standing),
  orderId: standing.order.id,
  year: standing.order.planYear,
});

export const toWaitingListAnswer = ({ figures, places }: ShownList): z.input<typeof waitingListAnswer> => ({
  year: figures.year,
  places: figures.places,
  amount: formatYuan(figures.amount),
  served: formatYuan(figures.served),
  since: toShanghaiIso(figures.since),
  items: places.map(toStanding),
});

export const toVoucherSummary = (voucher: Voucher) => ({
  id: voucher.id,
  version: voucher.version,
  status: voucher.status,
  number: voucher.number,
  year: voucher.year,
  enterpriseId: voucher.enterpriseId,
  enterpriseName: voucher.enterpriseName,
  enterpriseUscc: voucher.enterpriseUscc,
  providerId: voucher.providerId,
  providerName: voucher.providerName,
  orderId: voucher.orderId,
  face: formatYuan(voucher.face),
  issuedFace: formatYuan(voucher.issuedFace),
  activeAt: toShanghaiIso(voucher.activeAt),
  expiresOn: businessDate(voucher.expiresOn),
  claimId: voucher.claimId,
  claimItemId: voucher.claimItemId,
});

export const toVoucherAnswer = (voucher: Voucher): z.input<typeof voucherAnswer> => ({
  ...toVoucherSummary(voucher),
  fundYear: fundYearOf(voucher),
  policyVersion: voucher.policyVersion,
  contractSha256: voucher.contractSha256,
  parts: voucher.parts.map(toPart),
  receipt: voucher.receipt.map(traceAnswer),
  localTopUps: toTopUps(voucher.localTopUps),
  payable: optional<Fen, string>(voucher.payable, formatYuan),
  recovered: optional<Fen, string>(voucher.recovered, formatYuan),
  paid: optional<Fen, string>(voucher.paid, formatYuan),
  deferred: optional<Fen, string>(voucher.deferred, formatYuan),
  paidAt: optional(voucher.paidAt, toShanghaiIso),
  endReason: voucher.endReason,
});

export const toOrderWithVoucher = ({ order, voucher }: OrderWithVoucher): z.input<typeof orderWithVoucher> => ({
  ...toOrderAnswer(order),
  voucher: optional(voucher, toVoucherAnswer),
  funding: optional(fundingOf(order, voucher), toFundingAnswer),
});

type RegisterEntry = AnswerOf<typeof ordersRoutes.readRegister>['items'][number];

export const toRegisterEntry = (voucher: Voucher): RegisterEntry => ({
  voucherNumber: voucher.number,
  enterpriseName: voucher.enterpriseName,
  enterpriseUscc: voucher.enterpriseUscc,
  categories: voucher.parts.map(({ category }) => category),
  amount: formatYuan(voucher.face),
  recovered: optional<Fen, string>(voucher.recovered, formatYuan),
  status: voucher.status,
  activeOn: businessDateOf(voucher.activeAt),
});
