import { documentsRoutes } from '../../../contracts/documents.ts';
import type { DocumentPorts } from '../../../core/ports/objects.ts';
import { ok, refuse } from '../../../core/result.ts';
import { makeOpenLink, makeReadContent, visibleDocument } from '../../../core/usecases/documents/read-documents.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { commandRoute, readRoute } from '../../_runtime/route.ts';
import { toDocumentAnswer, toLinkAnswer } from '../answers.ts';

export const listDocuments = ({ reads }: DocumentPorts) =>
  readRoute(
    documentsRoutes.listDocuments,
    async ({ query, actor: { organisationId } }) =>
      organisationId
        ? ok(await reads.list('documentsOf', { organisationId }, pageArguments(query)))
        : refuse('organisation-required'),
    toPage(toDocumentAnswer),
  );

export const readDocument = ({ reads }: DocumentPorts) =>
  readRoute(
    documentsRoutes.readDocument,
    ({ params, actor }) => visibleDocument(reads, params.documentId, actor),
    toDocumentAnswer,
  );

export const readContent = (ports: DocumentPorts) => {
  const read = makeReadContent(ports);
  return readRoute(documentsRoutes.readContent, ({ params, actor }) => read(params, actor), toLinkAnswer);
};

export const openLink = (ports: DocumentPorts) => {
  const open = makeOpenLink(ports);
  return commandRoute(documentsRoutes.openLink, ({ params, command }) => open(params, command), toLinkAnswer);
};
