import { createHash } from 'node:crypto';
import { documentsRoutes } from '../../contracts/documents.ts';
import { registryRoutes } from '../../contracts/registry.ts';
import type { ContentType, DocumentPurpose } from '../../core/documents/document.ts';
import { composeUscc } from '../../core/identity/uscc.ts';
import type { Jurisdiction } from '../../core/registry/jurisdictions.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { inspect } from '../../functions/documents-api/inspection.ts';
import { createObjects } from '../../functions/documents-api/objects.ts';
import { documentsApi } from '../../functions/documents-api/routes/index.ts';
import { registryApi } from '../../functions/registry-api/routes/index.ts';
import type { Engine } from './engine.ts';
import { type Answered, type Caller, call } from './http-event.ts';
import { startObjects } from './objects.ts';

/** A file as its owner would announce it. */
export interface Upload {
  readonly purpose: DocumentPurpose;
  readonly contentType: ContentType;
  readonly content: Uint8Array;
}

export const hexSha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

export const announcementOf = ({ purpose, contentType, content }: Upload) => ({
  purpose,
  contentType,
  fileName: '营业执照 (副本).png',
  size: content.byteLength,
  sha256: hexSha256(content),
});

/** Posts a file with the form that was answered, as a browser does. */
export async function post(
  { url, fields }: { url: string; fields: Record<string, string> },
  content: Uint8Array,
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(content)]), 'file');
  return fetch(url, { method: 'POST', body: form });
}

/** The documents API over a real engine and a real object store, found by the environment as in the cloud. */
export async function documentsWorld(engine: Engine) {
  const objectStore = await startObjects();
  const { client, buckets, endpoint } = objectStore;
  const now = () => Date.now();
  const api = createApi({
    store: engine.store,
    now,
    routes: documentsApi({ reads: engine.store, objects: createObjects(client, buckets, now), inspect }),
  });
  const registry = createApi({
    store: engine.store,
    now,
    routes: registryApi({ reads: engine.store, calendar: async () => ({ years: [], isWorkday: () => true }) }),
  });
  let organisations = 0;

  return {
    api,
    client,
    buckets,
    endpoint,

    /** Somebody with an organisation of their own. */
    async member(jurisdiction: Jurisdiction = '150200'): Promise<Caller & { organisationId: string }> {
      organisations += 1;
      const caller = { sub: `member-${organisations}` };
      const { body } = await call(registry, registryRoutes.registerOrganisation, caller, {
        body: {
          kind: 'enterprise',
          uscc: composeUscc(jurisdiction, organisations),
          name: `企业 ${organisations}`,
          jurisdiction,
          industrySection: 'C',
          address: '包头市青山区 1 号',
          memberName: '白音',
        },
      });
      return { ...caller, organisationId: body.id };
    },

    /** Announces and posts a file, and says that it is complete. */
    async upload(caller: Caller, upload: Upload): Promise<Answered> {
      const requested = await call(api, documentsRoutes.requestUpload, caller, { body: announcementOf(upload) });
      if (requested.status !== 201) return requested;
      const posted = await post(requested.body.upload, upload.content);
      if (!posted.ok) throw new Error(`${posted.status} ${await posted.text()}`);
      return call(api, documentsRoutes.completeUpload, caller, { params: { documentId: requested.body.id }, body: {} });
    },

    stop: objectStore.stop,
  };
}
