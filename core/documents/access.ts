import { type Actor, maySee, type Role } from '../actors/actor.ts';
import type { Document, DocumentPurpose } from './document.ts';

const identityPurposes: readonly DocumentPurpose[] = ['id-card-front', 'id-card-back'];

/** Images of identity cards: a store and a key of their own, few readers, every reading recorded (clause 四). */
export const showsIdentity = ({ purpose }: Pick<Document, 'purpose'>): boolean => identityPurposes.includes(purpose);

/** Roles that review identities or inspect those who do; members see their own. */
const identityReaders: readonly Role[] = ['enterprise', 'provider', 'city-reviewer', 'regional-officer', 'inspector'];

/** Whether the actor may know of a document and open it. */
export const maySeeDocument = (
  actor: Actor,
  document: Pick<Document, 'purpose' | 'organisationId' | 'jurisdiction' | 'sharedWith'>,
): boolean =>
  maySee(actor, {
    organisations: [...(document.organisationId ? [document.organisationId] : []), ...(document.sharedWith ?? [])],
    ...(document.jurisdiction ? { jurisdiction: document.jurisdiction } : {}),
  }) &&
  (!showsIdentity(document) || identityReaders.includes(actor.role));
