import * as z from 'zod';
import { contentTypeSchema, documentPurposeSchema, documentStatusSchema } from '../core/documents/document.ts';
import { finding, idOf, moment, pageOf, pageQuery, plainLine, version } from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

const context = 'documents-api' as const;
const documentId = z.strictObject({ documentId: idOf('doc') });
const members = ['enterprise', 'provider'] as const;
const readers = [
  ...members,
  'city-reviewer',
  'regional-officer',
  'finance-officer',
  'auditor',
  'operator',
  'inspector',
] as const;

/** What people called the file; shown, and never part of a path. */
const fileName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(plainLine)
  .regex(/^[^/\\]+$/);

const announcement = z.strictObject({
  fileName,
  contentType: contentTypeSchema,
  /** Bytes. */
  size: z.int().positive().max(1_000_000_000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const documentAnswer = z.strictObject({
  id: idOf('doc'),
  version,
  organisationId: idOf('org').optional(),
  purpose: documentPurposeSchema,
  fileName: z.string(),
  contentType: contentTypeSchema,
  size: z.int(),
  sha256: z.string(),
  status: documentStatusSchema,
  /** The rule that refused the content, with what to do. */
  refusal: finding.optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  createdAt: moment,
  /** Until when the upload may begin. */
  uploadUntil: moment,
});

/** A form of `multipart/form-data`: these fields, then the file as field `file`. */
const uploadForm = z.strictObject({
  url: z.url(),
  fields: z.record(z.string(), z.string()),
  expiresAt: moment,
});

const link = z.strictObject({ url: z.url(), expiresAt: moment });

export const documentsRoutes = {
  requestUpload: defineCommand({
    operation: 'request-upload',
    context,
    method: 'POST',
    path: '/v1/documents',
    summary: { zh: '申请上传文件，取得上传表单', en: 'Announce a file and get the form that uploads it' },
    clause: '三-(一)、四',
    access: { roles: members },
    body: announcement.extend({ purpose: documentPurposeSchema }),
    answer: documentAnswer.extend({ upload: uploadForm }),
    status: 201,
  }),
  completeUpload: defineCommand({
    operation: 'complete-upload',
    context,
    method: 'POST',
    path: '/v1/documents/{documentId}/completion',
    summary: {
      zh: '确认上传完成，系统检查内容并给出结果',
      en: 'Say that the upload is complete: the content is checked, then accepted or refused',
    },
    clause: '三-(一)、四',
    access: { roles: members },
    params: documentId,
    answer: documentAnswer,
  }),
  listDocuments: defineRead({
    operation: 'list-documents',
    context,
    path: '/v1/documents',
    summary: { zh: '本单位的文件', en: "One's own organisation's documents" },
    access: { roles: members },
    query: pageQuery,
    answer: pageOf(documentAnswer),
  }),
  readDocument: defineRead({
    operation: 'read-document',
    context,
    path: '/v1/documents/{documentId}',
    summary: { zh: '文件信息', en: 'A document' },
    access: { roles: readers },
    params: documentId,
    answer: documentAnswer,
  }),
  readContent: defineRead({
    operation: 'read-document-content',
    context,
    path: '/v1/documents/{documentId}/content',
    summary: {
      zh: '取得文件内容的临时链接（身份证件除外）',
      en: "A short-lived link to a document's content (not for identity cards)",
    },
    access: { roles: readers },
    params: documentId,
    answer: link,
  }),
  openLink: defineCommand({
    operation: 'open-document-link',
    context,
    method: 'POST',
    path: '/v1/documents/{documentId}/links',
    summary: {
      zh: '取得文件内容的临时链接，查看行为留痕（身份证件须用此接口）',
      en: "A short-lived link to a document's content, recorded; the only way to see identity cards",
    },
    clause: '四',
    access: { roles: readers },
    params: documentId,
    answer: link,
    status: 201,
  }),
  requestPublicUpload: defineCommand({
    operation: 'request-objection-upload',
    context,
    method: 'POST',
    path: '/v1/public/objection-documents',
    summary: { zh: '异议人申请上传证据（无需账号）', en: 'Announce evidence for an objection, without an account' },
    clause: '七-(一)',
    access: { public: true },
    body: announcement,
    answer: documentAnswer.extend({ upload: uploadForm }),
    status: 201,
    throttle: { rate: 2, burst: 5 },
  }),
  completePublicUpload: defineCommand({
    operation: 'complete-objection-upload',
    context,
    method: 'POST',
    path: '/v1/public/objection-documents/{documentId}/completion',
    summary: { zh: '异议人确认证据上传完成', en: 'Say that the evidence for an objection is uploaded' },
    clause: '七-(一)',
    access: { public: true },
    params: documentId,
    answer: documentAnswer,
    throttle: { rate: 2, burst: 5 },
  }),
};
