import * as z from 'zod';
import { categorySchema, kindSchema } from '../core/catalogue/kinds.ts';
import { offeringStatuses, offeringVersionStatuses, priceUnits } from '../core/catalogue/offering.ts';
import { ratioSchema } from '../core/money/money.ts';
import {
  date,
  fieldReason,
  finding,
  flag,
  idOf,
  longText,
  moment,
  pageOf,
  pageQuery,
  pathNumber,
  reasonText,
  shortText,
  trailEntry,
  version,
  yuan,
  yuanText,
} from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

const offeringId = idOf('off');
const priceUnit = z.enum(priceUnits);
const versionParams = z.strictObject({ offeringId, number: pathNumber });
const offeringParams = z.strictObject({ offeringId });

const marketPrice = z.strictObject({ price: yuan, source: shortText, observedOn: date, documentId: idOf('doc') });

/** What a provider writes of a version. The category follows from the kind (clause 五-(二)). */
export const offeringContent = z.strictObject({
  name: shortText,
  description: longText,
  kind: kindSchema,
  price: yuan,
  priceUnit,
  voucherSupported: z.boolean(),
  marketPrice,
});

const listing = z.strictObject({
  name: z.string(),
  kind: kindSchema,
  category: categorySchema,
  price: yuanText,
  priceUnit,
  voucherSupported: z.boolean(),
});

export const offeringAnswer = z.strictObject({
  id: offeringId,
  version,
  status: z.enum(offeringStatuses),
  providerId: z.string(),
  providerName: z.string(),
  latestNumber: z.int(),
  publishedNumber: z.int().optional(),
  /** Of the published version. */
  listing: listing.optional(),
  createdAt: moment,
  updatedAt: moment,
});

export const offeringVersionAnswer = z.strictObject({
  offeringId,
  number: z.int(),
  version,
  status: z.enum(offeringVersionStatuses),
  name: z.string(),
  description: z.string(),
  kind: kindSchema,
  category: categorySchema,
  price: yuanText,
  priceUnit,
  voucherSupported: z.boolean(),
  marketPrice: z.strictObject({ price: yuanText, source: z.string(), observedOn: z.string(), documentId: z.string() }),
  findings: z.array(finding),
  reasons: z.array(fieldReason),
  submittedAt: moment.optional(),
  /** Of a version in review: by when the industry department, which has it, is to decide. */
  decideBy: date.optional(),
  publishedAt: moment.optional(),
});

const newOfferingAnswer = offeringAnswer.extend({ draft: offeringVersionAnswer });

/** What the public sees in the list: no drafts, no documents, no people. */
export const catalogueEntry = listing.extend({
  id: offeringId,
  number: z.int(),
  providerId: z.string(),
  providerName: z.string(),
});

const voucherTerms = z.strictObject({ planYear: z.int(), ratio: ratioSchema });

export const publicOfferingAnswer = catalogueEntry.extend({
  description: z.string(),
  marketPrice: z.strictObject({ price: yuanText, source: z.string(), observedOn: z.string() }),
  publishedAt: moment,
  /** What the open plan pays of the fee; absent without an open plan, or when vouchers are not supported. */
  voucher: voucherTerms.optional(),
});

export const categoriesAnswer = z.strictObject({
  /** The year of the open plan that the ratios are of. */
  planYear: z.int().optional(),
  categories: z.array(
    z.strictObject({
      id: categorySchema,
      zh: z.string(),
      en: z.string(),
      clause: z.string(),
      ratio: ratioSchema.optional(),
      kinds: z.array(z.strictObject({ id: kindSchema, zh: z.string(), en: z.string(), descriptionZh: z.string() })),
    }),
  ),
});

const context = 'catalogue-api';
const clause = '三-(二)';
const readers = ['provider', 'regional-officer', 'finance-officer', 'auditor', 'operator', 'inspector'] as const;

export const catalogueRoutes = {
  createOffering: defineCommand({
    operation: 'create-offering',
    context,
    method: 'POST',
    path: '/v1/offerings',
    summary: { zh: '云服务商新建产品及其第一版草稿', en: 'Create an offering with its first version as a draft' },
    clause,
    access: { roles: ['provider'] },
    body: offeringContent,
    answer: newOfferingAnswer,
    status: 201,
  }),
  editVersion: defineCommand({
    operation: 'edit-offering-version',
    context,
    method: 'PUT',
    path: '/v1/offerings/{offeringId}/versions/{number}',
    summary: { zh: '修改草稿或被退回的版本', en: 'Edit a draft or a returned version' },
    clause,
    access: { roles: ['provider'] },
    params: versionParams,
    body: offeringContent,
    answer: offeringVersionAnswer,
    ifMatch: true,
  }),
  addVersion: defineCommand({
    operation: 'add-offering-version',
    context,
    method: 'POST',
    path: '/v1/offerings/{offeringId}/versions',
    summary: {
      zh: '在最新版本基础上新建版本（重新审核）',
      en: 'Start a new version from the latest; it is reviewed again',
    },
    clause,
    access: { roles: ['provider'] },
    params: offeringParams,
    body: offeringContent.partial(),
    answer: offeringVersionAnswer,
    status: 201,
    ifMatch: true,
  }),
  submitVersion: defineCommand({
    operation: 'submit-offering-version',
    context,
    method: 'POST',
    path: '/v1/offerings/{offeringId}/versions/{number}/submission',
    summary: { zh: '提交版本审核', en: 'Submit a version for review' },
    clause,
    access: { roles: ['provider'] },
    params: versionParams,
    answer: offeringVersionAnswer,
    status: 202,
    ifMatch: true,
  }),
  withdrawOffering: defineCommand({
    operation: 'withdraw-offering',
    context,
    method: 'POST',
    path: '/v1/offerings/{offeringId}/withdrawal',
    summary: { zh: '产品下架（不可恢复，已有订单不受影响）', en: 'Withdraw an offering for good; orders go on' },
    clause,
    access: { roles: ['provider'] },
    params: offeringParams,
    body: z.strictObject({ note: reasonText.optional() }),
    answer: offeringAnswer,
    ifMatch: true,
  }),
  listOwnOfferings: defineRead({
    operation: 'list-own-offerings',
    context,
    path: '/v1/offerings',
    summary: { zh: '本单位的产品', en: 'Offerings of the own organisation' },
    access: { roles: ['provider'] },
    query: pageQuery,
    answer: pageOf(offeringAnswer),
  }),
  readOffering: defineRead({
    operation: 'read-offering',
    context,
    path: '/v1/offerings/{offeringId}',
    summary: { zh: '产品（云服务商和工作人员）', en: 'An offering, for its provider and staff' },
    access: { roles: readers },
    params: offeringParams,
    answer: offeringAnswer,
  }),
  listVersions: defineRead({
    operation: 'list-offering-versions',
    context,
    path: '/v1/offerings/{offeringId}/versions',
    summary: { zh: '产品的各版本', en: 'Versions of an offering, newest first' },
    access: { roles: readers },
    params: offeringParams,
    query: pageQuery,
    answer: pageOf(offeringVersionAnswer),
  }),
  readVersion: defineRead({
    operation: 'read-offering-version',
    context,
    path: '/v1/offerings/{offeringId}/versions/{number}',
    summary: { zh: '产品的一个版本', en: 'A version of an offering' },
    access: { roles: readers },
    params: versionParams,
    answer: offeringVersionAnswer,
  }),
  readOfferingTrail: defineRead({
    operation: 'read-offering-trail',
    context,
    path: '/v1/offerings/{offeringId}/trail',
    summary: { zh: '产品及其各版本的办理记录', en: 'Trail of an offering and its versions' },
    clause: '一-(二)',
    access: { roles: readers },
    params: offeringParams,
    query: pageQuery,
    answer: pageOf(trailEntry),
  }),
  browseCatalogue: defineRead({
    operation: 'browse-catalogue',
    context,
    path: '/v1/catalogue',
    summary: {
      zh: '公开产品目录，可按类别、种类、是否支持云服务券和关键词筛选（关键词筛选后一页可能不足 limit 条，以 next 为准）',
      en: 'The public catalogue by category, kind, voucher flag and words; a filtered page may be short while `next` goes on',
    },
    clause: '八-(一)',
    access: { public: true },
    query: pageQuery.extend({
      category: categorySchema.optional(),
      kind: kindSchema.optional(),
      q: z.string().trim().min(1).max(100).optional(),
      voucherSupported: flag.optional(),
    }),
    answer: pageOf(catalogueEntry),
    cacheFor: 60,
  }),
  readPublicOffering: defineRead({
    operation: 'read-public-offering',
    context,
    path: '/v1/catalogue/{offeringId}',
    summary: { zh: '公开产品详情', en: 'An offering of the public catalogue' },
    clause: '八-(一)',
    access: { public: true },
    params: offeringParams,
    answer: publicOfferingAnswer,
    cacheFor: 60,
  }),
  listCategories: defineRead({
    operation: 'list-categories',
    context,
    path: '/v1/catalogue/categories',
    summary: {
      zh: '三类十六种云服务及本年度补助比例',
      en: 'The 3 categories and 16 kinds with the ratios of the open plan',
    },
    clause: '五-(二)',
    access: { public: true },
    answer: categoriesAnswer,
    cacheFor: 300,
  }),
} as const;
