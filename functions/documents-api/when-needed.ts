import type { DocumentPorts, Objects } from '../../core/ports/objects.ts';
import type { Buckets } from './buckets.ts';

/**
 * The object store's client and the decoders are two thirds of this function's code and needed by few of its requests:
 * each lies in a file of its own beside the bundle (`lib/bundles.ts`) and is loaded by the first request that needs it.
 */
export function objectsWhenNeeded(buckets: Buckets, now: () => number): Objects {
  let loaded: Promise<Objects> | undefined;
  const objects = () => {
    loaded ??= import('./objects.ts').then(({ createObjects, objectsClient }) =>
      createObjects(objectsClient(), buckets, now),
    );
    return loaded;
  };
  return {
    presignPost: async (upload) => (await objects()).presignPost(upload),
    presignGet: async (download) => (await objects()).presignGet(download),
    read: async (place, mostBytes) => (await objects()).read(place, mostBytes),
  };
}

export const inspectWhenNeeded: DocumentPorts['inspect'] = async (content) =>
  (await import('./inspection.ts')).inspect(content);
