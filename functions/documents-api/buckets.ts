import type { ObjectPlace } from '../../core/ports/objects.ts';

/** Names of the buckets by what they hold. */
export type Buckets = Readonly<Record<ObjectPlace['store'], string>>;

export function bucketsOf({ IDENTITY_BUCKET, EVIDENCE_BUCKET }: NodeJS.ProcessEnv): Buckets {
  if (!IDENTITY_BUCKET) throw new Error('IDENTITY_BUCKET is not set');
  if (!EVIDENCE_BUCKET) throw new Error('EVIDENCE_BUCKET is not set');
  return { identity: IDENTITY_BUCKET, evidence: EVIDENCE_BUCKET };
}
