import * as z from 'zod';
import { type Role, staffRoles } from '../core/actors/actor.ts';
import { categorySchema, kindSchema } from '../core/catalogue/kinds.ts';
import { ratioSchema } from '../core/money/money.ts';
import { orderStatusSchema } from '../core/orders/order.ts';
import { voucherStatusSchema } from '../core/orders/voucher.ts';
import {
  date,
  finding,
  idOf,
  moment,
  pageOf,
  pageQuery,
  plainLine,
  reasonText,
  traceStep,
  trailEntry,
  version,
  yuan,
  yuanText,
} from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

const everyone: readonly Role[] = ['enterprise', 'provider', ...staffRoles];

const orderParams = z.strictObject({ orderId: idOf('ord') });
const voucherParams = z.strictObject({ voucherId: idOf('vch') });
const documentId = idOf('doc');
const organisationId = idOf('org');
const reason = reasonText;
const MOST_LINES = 50;
const MOST_QUANTITY = 100_000;

/** Members see their own; staff name one party. */
const partyQuery = pageQuery.extend({ enterpriseId: organisationId.optional(), providerId: organisationId.optional() });

/** No voucher, some, or the most that the enterprise is entitled to (clause 六). */
const choice = z.discriminatedUnion('use', [
  z.strictObject({ use: z.literal('none') }),
  z.strictObject({ use: z.literal('amount'), amount: yuan }),
  z.strictObject({ use: z.literal('maximum') }),
]);

const choiceAnswer = z.strictObject({ use: z.enum(['none', 'amount', 'maximum']), amount: yuanText.optional() });

/** An amount with everything that led to it. */
export const entitlementAnswer = z.strictObject({
  amount: yuanText,
  /** The rule that set the amount. */
  limitedBy: z.string(),
  parts: z.array(
    z.strictObject({
      specId: z.string(),
      category: categorySchema,
      ratio: ratioSchema,
      fee: yuanText,
      amount: yuanText,
    }),
  ),
  derivation: z.array(traceStep),
});

/** List price = discount + voucher + local top-ups + own share (clause 一-(三)). */
const fundingAnswer = z.strictObject({
  listPrice: yuanText,
  discount: yuanText,
  voucher: yuanText,
  localTopUps: yuanText,
  ownShare: yuanText,
});

/** What a local policy adds to the voucher, with everything that led to it (clause 一-(三)). */
const topUpAnswer = z.strictObject({
  policyId: z.string(),
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  amount: yuanText,
  derivation: z.array(traceStep),
});

export const previewAnswer = z.strictObject({
  offeringId: idOf('off'),
  offeringNumber: z.int(),
  estimatedFee: yuanText,
  planYear: z.int(),
  policyVersion: z.int(),
  entitlement: entitlementAnswer,
  /** What it would be if fund and spec had enough; more than the entitlement: one can wait for the rest. */
  fullAmount: yuanText,
  /** Who waits already, and for how much: nobody overtakes them. */
  waitingList: z.strictObject({ places: z.int(), amount: yuanText }).optional(),
  /** By policy in force in the enterprise's jurisdiction; absent where there is none. */
  localTopUps: z.array(topUpAnswer).optional(),
  funding: fundingAnswer,
});

const forecast = z.discriminatedUnion('kind', [
  /** Nothing has come back yet: there is nothing to go by. */
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({ kind: z.literal('date'), on: date }),
  /** Not this year; first in the next. */
  z.strictObject({ kind: z.literal('next-year') }),
]);

const standing = z.strictObject({
  position: z.int().positive(),
  since: moment,
  category: categorySchema,
  /** Still waited for. */
  missing: yuanText,
  /** Still waited for by those before. */
  ahead: yuanText,
  forecast,
});

/** Who waits for money of a year: no names. The first hundred places; whoever stands behind them sees its own with its order. */
export const waitingListAnswer = z.strictObject({
  year: z.int(),
  places: z.int(),
  amount: yuanText,
  /** Given to places since somebody has been waiting without a break: what the forecasts are made of. */
  served: yuanText,
  since: moment,
  items: z.array(standing),
});

export const placeAnswer = standing.extend({ orderId: idOf('ord'), year: z.int() });

export const signingAnswer = z.strictObject({
  orderId: idOf('ord'),
  /** Absent when the order uses no voucher. */
  entitlement: entitlementAnswer.optional(),
  localTopUps: z.array(topUpAnswer).optional(),
  funding: fundingAnswer,
});

const contractAnswer = z.strictObject({
  number: z.string(),
  lines: z.array(
    z.strictObject({
      kind: kindSchema,
      description: z.string(),
      listPrice: yuanText,
      discount: yuanText,
      fee: yuanText,
    }),
  ),
  listPrice: yuanText,
  discount: yuanText,
  fee: yuanText,
  startsOn: date,
  endsOn: date,
  documentId,
  sha256: z.string(),
  answeredAt: moment,
});

const orderSummary = z.strictObject({
  id: idOf('ord'),
  version,
  status: orderStatusSchema,
  enterpriseId: z.string(),
  enterpriseName: z.string(),
  providerId: z.string(),
  providerName: z.string(),
  offeringId: z.string(),
  offeringNumber: z.int(),
  offeringName: z.string(),
  kind: kindSchema,
  quantity: z.int(),
  /** Of the contract, once there is one; until then price × quantity. */
  fee: yuanText,
  /** Held for this order until it is signed or ends. */
  reservedAmount: yuanText.optional(),
  reservedUntil: date.optional(),
  voucherId: z.string().optional(),
  createdAt: moment,
  updatedAt: moment,
});

export const orderAnswer = orderSummary.extend({
  enterpriseUscc: z.string(),
  category: categorySchema,
  estimatedFee: yuanText,
  wantedFrom: date,
  wantedTo: date,
  choice: choiceAnswer,
  planYear: z.int(),
  policyVersion: z.int(),
  reservation: entitlementAnswer.optional(),
  /** Its place in the waiting list. */
  waiting: z
    .strictObject({ since: moment, wanted: yuanText, missing: yuanText, agreedAt: moment.optional() })
    .optional(),
  contract: contractAnswer.optional(),
  signedAt: moment.optional(),
  deliveredFee: yuanText.optional(),
  deliveredFees: z.array(yuanText).optional(),
  deliveredAt: moment.optional(),
  deliveryDocumentId: z.string().optional(),
  endReason: z.string().optional(),
  findings: z.array(finding),
});

const voucherSummary = z.strictObject({
  id: idOf('vch'),
  version,
  status: voucherStatusSchema,
  number: z.string(),
  year: z.int(),
  enterpriseId: z.string(),
  enterpriseName: z.string(),
  enterpriseUscc: z.string(),
  providerId: z.string(),
  providerName: z.string(),
  orderId: z.string(),
  /** What the enterprise pays less. */
  face: yuanText,
  issuedFace: yuanText,
  activeAt: moment,
  expiresOn: date,
  claimId: z.string().optional(),
  /** The item of the claim that it is filed as. */
  claimItemId: z.string().optional(),
});

export const voucherAnswer = voucherSummary.extend({
  /** Year whose fund backs it: the year of use until a close moves its money to the next. */
  fundYear: z.int(),
  policyVersion: z.int(),
  contractSha256: z.string(),
  parts: entitlementAnswer.shape.parts,
  /** The decision receipt: the derivation of the amount, sentence by sentence. */
  receipt: z.array(traceStep),
  /** What local policies add; paid by the jurisdiction, never part of the face. */
  localTopUps: z.array(topUpAnswer).optional(),
  payable: yuanText.optional(),
  /** Came back to the fund. */
  recovered: yuanText.optional(),
  /** Paid so far, of a voucher that is paid in parts. */
  paid: yuanText.optional(),
  /** Owed, and not funded yet: paid first when there is money (clause 一-(二)). */
  deferred: yuanText.optional(),
  paidAt: moment.optional(),
  endReason: z.string().optional(),
});

/** An order with its voucher, if it has one. */
export const orderWithVoucher = orderAnswer.extend({
  voucher: voucherAnswer.optional(),
  funding: fundingAnswer.optional(),
});

/** Of an enterprise, over all its orders and providers: what is reserved counts (clause 五-(三)). */
export const yearlyCapAnswer = z.strictObject({
  year: z.int(),
  cap: yuanText,
  used: yuanText,
  left: yuanText,
});

/** A line of the public register (clause 八-(二)): no personal data. */
const registerEntry = z.strictObject({
  voucherNumber: z.string(),
  enterpriseName: z.string(),
  enterpriseUscc: z.string(),
  categories: z.array(categorySchema),
  amount: yuanText,
  /** Came back to the fund (clause 八-(三)). */
  recovered: yuanText.optional(),
  status: voucherStatusSchema,
  activeOn: date,
});

export const ordersRoutes = {
  previewEntitlement: defineRead({
    operation: 'preview-entitlement',
    context: 'orders-api',
    path: '/v1/offerings/{offeringId}/entitlement',
    summary: {
      zh: '下单前查看可用的云服务券额度及计算依据',
      en: 'Shows what the voucher of an order would be and why',
    },
    clause: '六',
    access: { roles: ['enterprise'] },
    params: z.strictObject({ offeringId: idOf('off') }),
    query: z
      .strictObject({
        quantity: z.coerce.number().int().min(1).max(MOST_QUANTITY).default(1),
        use: z.enum(['none', 'amount', 'maximum']).default('maximum'),
        amount: yuan.optional(),
      })
      .refine(({ use, amount }) => use !== 'amount' || amount !== undefined, { path: ['amount'], message: 'required' }),
    answer: previewAnswer,
  }),
  placeOrder: defineCommand({
    operation: 'place-order',
    context: 'orders-api',
    method: 'POST',
    path: '/v1/orders',
    summary: { zh: '下单并预留云服务券', en: 'Places an order and reserves its voucher' },
    clause: '六',
    access: { roles: ['enterprise'] },
    body: z.strictObject({
      offeringId: idOf('off'),
      offeringNumber: z.int().positive().max(9999),
      quantity: z.int().min(1).max(MOST_QUANTITY),
      wantedFrom: date,
      wantedTo: date,
      choice,
      /** When fund or spec have too little for all of it: what there is, a place in the waiting list, or no order. */
      whenShort: z.enum(['smaller', 'wait', 'refuse']).default('smaller'),
    }),
    answer: orderAnswer,
    status: 201,
  }),
  listOrders: defineRead({
    operation: 'list-orders',
    context: 'orders-api',
    path: '/v1/orders',
    summary: { zh: '订单列表', en: 'Orders of a party, newest first' },
    access: { roles: everyone },
    query: partyQuery,
    answer: pageOf(orderSummary),
  }),
  readOrder: defineRead({
    operation: 'read-order',
    context: 'orders-api',
    path: '/v1/orders/{orderId}',
    summary: { zh: '查看订单', en: 'Reads an order' },
    access: { roles: everyone },
    params: orderParams,
    answer: orderWithVoucher,
  }),
  readOrderTrail: defineRead({
    operation: 'read-order-trail',
    context: 'orders-api',
    path: '/v1/orders/{orderId}/trail',
    summary: { zh: '订单办理记录', en: 'The immutable trail of an order' },
    clause: '一-(二)',
    access: { roles: everyone },
    params: orderParams,
    query: pageQuery,
    answer: pageOf(trailEntry),
  }),
  readWaitingList: defineRead({
    operation: 'read-waiting-list',
    context: 'orders-api',
    path: '/v1/waiting-lists/{year}',
    summary: {
      zh: '候补名单（公开，不含企业名称）',
      en: 'Who waits for money of a year, in what order; public, without names',
    },
    clause: '一-(二)',
    access: { public: true },
    params: z.strictObject({ year: z.coerce.number().int().min(2019).max(2100) }),
    answer: waitingListAnswer,
    cacheFor: 30,
  }),
  readPlace: defineRead({
    operation: 'read-place',
    context: 'orders-api',
    path: '/v1/orders/{orderId}/place',
    summary: { zh: '订单在候补名单中的位置', en: 'Where an order stands in the waiting list' },
    clause: '一-(二)',
    access: { roles: everyone },
    params: orderParams,
    answer: placeAnswer,
  }),
  readYearlyCap: defineRead({
    operation: 'read-yearly-cap',
    context: 'orders-api',
    path: '/v1/yearly-caps/{year}',
    summary: {
      zh: '本企业年度补助限额：已用和尚余',
      en: "What the enterprise has used and has left of a year's cap",
    },
    clause: '五-(三)',
    access: { roles: ['enterprise'] },
    params: z.strictObject({ year: z.coerce.number().int().min(2019).max(2100) }),
    answer: yearlyCapAnswer,
  }),
  previewSigning: defineRead({
    operation: 'preview-signing',
    context: 'orders-api',
    path: '/v1/orders/{orderId}/entitlement',
    summary: { zh: '签约前查看将生成的云服务券及计算依据', en: 'Shows what signing the contract would issue and why' },
    clause: '六',
    access: { roles: everyone },
    params: orderParams,
    answer: signingAnswer,
  }),
  answerOrder: defineCommand({
    operation: 'answer-order',
    context: 'orders-api',
    method: 'POST',
    path: '/v1/orders/{orderId}/answer',
    summary: { zh: '云服务商以合同应答订单', en: 'The provider answers with the contract' },
    clause: '六',
    access: { roles: ['provider'] },
    params: orderParams,
    ifMatch: true,
    body: z.strictObject({
      contractNumber: z.string().trim().min(1).max(60).regex(plainLine),
      lines: z
        .array(
          z.strictObject({
            kind: kindSchema,
            description: z.string().trim().min(1).max(200).regex(plainLine),
            listPrice: yuan,
            discount: yuan,
          }),
        )
        .min(1)
        .max(MOST_LINES),
      startsOn: date,
      endsOn: date,
      documentId,
      /** Asked of an order that waits: the provider holds this offer for as long as it takes. */
      agreesToWait: z.boolean().optional(),
    }),
    answer: orderAnswer,
  }),
  declineOrder: defineCommand({
    operation: 'decline-order',
    context: 'orders-api',
    method: 'POST',
    path: '/v1/orders/{orderId}/decline',
    summary: { zh: '云服务商拒绝订单', en: 'The provider declines an order' },
    clause: '六',
    access: { roles: ['provider'] },
    params: orderParams,
    ifMatch: true,
    body: z.strictObject({ reason }),
    answer: orderAnswer,
  }),
  cancelOrder: defineCommand({
    operation: 'cancel-order',
    context: 'orders-api',
    method: 'POST',
    path: '/v1/orders/{orderId}/cancellation',
    summary: { zh: '企业取消订单', en: 'The enterprise cancels an order' },
    clause: '六',
    access: { roles: ['enterprise'] },
    params: orderParams,
    ifMatch: true,
    body: z.strictObject({ reason }),
    answer: orderAnswer,
  }),
  signOrder: defineCommand({
    operation: 'sign-order',
    context: 'orders-api',
    method: 'POST',
    path: '/v1/orders/{orderId}/signature',
    summary: { zh: '企业签约，系统自动生成云服务券', en: 'The enterprise signs; the system generates the voucher' },
    clause: '六',
    access: { roles: ['enterprise'] },
    params: orderParams,
    ifMatch: true,
    answer: orderWithVoucher,
  }),
  confirmDelivery: defineCommand({
    operation: 'confirm-delivery',
    context: 'orders-api',
    method: 'POST',
    path: '/v1/orders/{orderId}/delivery',
    summary: { zh: '企业确认交付：全部、部分或未履行', en: 'The enterprise confirms delivery: full, part or none' },
    clause: '六',
    access: { roles: ['enterprise'] },
    params: orderParams,
    ifMatch: true,
    body: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('full'), documentId: documentId.optional() }),
      z.strictObject({
        outcome: z.literal('part'),
        /** Per line of the contract, in its order. */
        deliveredFees: z.array(yuan).min(1).max(MOST_LINES),
        reason,
        documentId: documentId.optional(),
      }),
      z.strictObject({ outcome: z.literal('not-performed'), reason, documentId: documentId.optional() }),
    ]),
    answer: orderWithVoucher,
  }),
  listVouchers: defineRead({
    operation: 'list-vouchers',
    context: 'orders-api',
    path: '/v1/vouchers',
    summary: { zh: '云服务券列表', en: 'Vouchers of a party' },
    access: { roles: everyone },
    query: partyQuery,
    answer: pageOf(voucherSummary),
  }),
  readVoucher: defineRead({
    operation: 'read-voucher',
    context: 'orders-api',
    path: '/v1/vouchers/{voucherId}',
    summary: { zh: '查看云服务券及其计算依据', en: 'Reads a voucher with its receipt' },
    access: { roles: everyone },
    params: voucherParams,
    answer: voucherAnswer,
  }),
  readVoucherTrail: defineRead({
    operation: 'read-voucher-trail',
    context: 'orders-api',
    path: '/v1/vouchers/{voucherId}/trail',
    summary: { zh: '云服务券办理记录', en: 'The immutable trail of a voucher' },
    clause: '一-(二)',
    access: { roles: everyone },
    params: voucherParams,
    query: pageQuery,
    answer: pageOf(trailEntry),
  }),
  readRegister: defineRead({
    operation: 'read-voucher-register',
    context: 'orders-api',
    path: '/v1/register/vouchers',
    summary: { zh: '领券企业公开名录', en: 'Public register of enterprises that obtained vouchers' },
    clause: '八-(二)',
    access: { public: true },
    query: pageQuery.extend({ year: z.coerce.number().int().min(2019).max(2100).optional() }),
    answer: pageOf(registerEntry),
    cacheFor: 300,
  }),
} as const;
