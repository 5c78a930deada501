import type { DocumentPorts } from '../../../core/ports/objects.ts';
import type { Route } from '../../_runtime/route.ts';
import { listDocuments, openLink, readContent, readDocument } from './documents.ts';
import { completePublicUpload, completeUpload, requestPublicUpload, requestUpload } from './uploads.ts';

/** The routes of the documents. */
export const documentsApi = (ports: DocumentPorts): readonly Route[] =>
  [
    requestUpload,
    completeUpload,
    listDocuments,
    readDocument,
    readContent,
    openLink,
    requestPublicUpload,
    completePublicUpload,
  ].map((route) => route(ports));
