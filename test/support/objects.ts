import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectsClient } from '../../functions/documents-api/objects.ts';
import { createClock } from '../../local/clock/clock.ts';
import { startObjectStore } from '../../local/objects/object-store.ts';
import { removeFolder } from './folders.ts';

const buckets = { identity: 'test-identity', evidence: 'test-evidence' };
const credentials = { accessKeyId: 'local', secretAccessKey: 'a secret of this machine' };
const region = 'cn-north-1';

/** A real object store on a free port, found by the environment as in the cloud. */
export async function startObjects() {
  const dataDir = await mkdtemp(join(tmpdir(), 'documents-'));
  const clock = createClock({
    onError(error) {
      throw error;
    },
  });
  const store = await startObjectStore({
    dataDir,
    port: 0,
    buckets: Object.values(buckets).map((name) => ({ name })),
    credentials,
    region,
    clock,
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: store.endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
  const client = objectsClient();
  return {
    client,
    buckets,
    endpoint: store.endpoint,
    async stop() {
      client.destroy();
      clock.stop();
      await store.stop();
      await removeFolder(dataDir);
    },
  };
}
