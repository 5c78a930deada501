import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import { documentsRoutes } from '../../../contracts/documents.ts';
import { call } from './client.ts';
import { Unreachable } from './failures.ts';
import { useRead } from './queries.ts';

export type DocumentFacts = z.output<typeof documentsRoutes.readDocument.answer>;

/** Identity cards: every look at them is recorded, and nothing of it is kept (clause 四). */
export const isRecorded = ({ purpose }: Pick<DocumentFacts, 'purpose'>): boolean =>
  purpose === 'id-card-front' || purpose === 'id-card-back';

export const useDocument = (documentId: string, organisationId?: string) =>
  useRead(documentsRoutes.readDocument, { params: { documentId }, ...(organisationId ? { organisationId } : {}) });

const KEPT_MS = 300_000;

/** What a document holds. Of one whose reading is recorded only when the person asked for it, once per look. */
export const useDocumentContent = (document: DocumentFacts, organisationId: string | undefined, wanted: boolean) =>
  useQuery({
    queryKey: ['document-content', document.id],
    queryFn: async ({ signal }): Promise<Blob> => {
      const options = {
        params: { documentId: document.id },
        ...(organisationId ? { organisationId } : {}),
        signal,
      };
      const link = await call(isRecorded(document) ? documentsRoutes.openLink : documentsRoutes.readContent, options);
      const answer = await fetch(link.url, { signal }).catch(() => undefined);
      if (!answer?.ok) throw new Unreachable(answer?.status);
      return new Blob([await answer.arrayBuffer()], { type: document.contentType });
    },
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: isRecorded(document) ? 0 : KEPT_MS,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
