import { documentsRoutes } from '../../../contracts/documents.ts';
import type { DocumentPorts } from '../../../core/ports/objects.ts';
import { makeCompleteUpload } from '../../../core/usecases/documents/complete-upload.ts';
import { makeRequestPublicUpload, makeRequestUpload } from '../../../core/usecases/documents/request-upload.ts';
import { commandRoute } from '../../_runtime/route.ts';
import { toDocumentAnswer, toUploadAnswer } from '../answers.ts';

export const requestUpload = (ports: DocumentPorts) => {
  const request = makeRequestUpload(ports);
  return commandRoute(documentsRoutes.requestUpload, ({ body, command }) => request(body, command), toUploadAnswer);
};

export const completeUpload = (ports: DocumentPorts) => {
  const complete = makeCompleteUpload(ports);
  return commandRoute(
    documentsRoutes.completeUpload,
    ({ params, command }) => complete(params, command),
    toDocumentAnswer,
  );
};

export const requestPublicUpload = (ports: DocumentPorts) => {
  const request = makeRequestPublicUpload(ports);
  return commandRoute(
    documentsRoutes.requestPublicUpload,
    ({ body, command }) => request(body, command),
    toUploadAnswer,
  );
};

export const completePublicUpload = (ports: DocumentPorts) => {
  const complete = makeCompleteUpload(ports);
  return commandRoute(
    documentsRoutes.completePublicUpload,
    ({ params, command }) => complete(params, command),
    toDocumentAnswer,
  );
};
