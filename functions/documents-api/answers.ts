import { findingAnswer } from '../../contracts/sentences.ts';
import { toShanghaiIso } from '../../core/calendar/business-date.ts';
import type { Document } from '../../core/documents/document.ts';
import { UPLOAD_TIME } from '../../core/documents/limits.ts';
import type { ContentLink } from '../../core/ports/objects.ts';
import type { RequestedUpload } from '../../core/usecases/documents/request-upload.ts';

export const toDocumentAnswer = (d: Document) => ({
  id: d.id,
  version: d.version,
  ...(d.organisationId ? { organisationId: d.organisationId } : {}),
  purpose: d.purpose,
  fileName: d.fileName,
  contentType: d.contentType,
  size: d.size,
  sha256: d.sha256,
  status: d.status,
  ...(d.refusal
    ? { refusal: findingAnswer({ rule: d.refusal.rule, ...(d.refusal.values ? { values: d.refusal.values } : {}) }) }
    : {}),
  ...(d.width ? { width: d.width } : {}),
  ...(d.height ? { height: d.height } : {}),
  createdAt: toShanghaiIso(d.createdAt),
  uploadUntil: toShanghaiIso(d.createdAt + UPLOAD_TIME),
});

export const toUploadAnswer = ({ document, upload: { url, fields, expiresAt } }: RequestedUpload) => ({
  ...toDocumentAnswer(document),
  upload: { url, fields: { ...fields }, expiresAt: toShanghaiIso(expiresAt) },
});

export const toLinkAnswer = ({ url, expiresAt }: ContentLink) => ({ url, expiresAt: toShanghaiIso(expiresAt) });
