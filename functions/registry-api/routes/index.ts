import type { Ports } from '../../../core/ports/context.ts';
import type { Route } from '../../_runtime/route.ts';
import { annulRegistration } from './annul-registration.ts';
import { listCertifications, readCertification, submitCertification } from './certifications.ts';
import { correctOrganisation } from './correct-organisation.ts';
import { discloseIdentity, putIdentity, readIdentity, readIdentityTrail } from './identity.ts';
import { listOrganisations, listProviders } from './list-organisations.ts';
import { addMember, changeMemberRole, listMembers, readMemberships, removeMember } from './members.ts';
import { readOrganisation, readOrganisationTrail } from './read-organisation.ts';
import { registerOrganisation } from './register-organisation.ts';

/** The routes of the registry. */
export const registryApi = (ports: Ports): readonly Route[] =>
  [
    registerOrganisation,
    readMemberships,
    readOrganisation,
    readOrganisationTrail,
    correctOrganisation,
    annulRegistration,
    readIdentityTrail,
    listOrganisations,
    listProviders,
    listMembers,
    addMember,
    changeMemberRole,
    removeMember,
    putIdentity,
    readIdentity,
    discloseIdentity,
    submitCertification,
    listCertifications,
    readCertification,
  ].map((route) => route(ports));
