import type { Access } from '../../contracts/route.ts';
import type { Actor, Role } from '../../core/actors/actor.ts';
import type { Reads } from '../../core/ports/store.ts';
import { isJurisdiction } from '../../core/registry/jurisdictions.ts';
import type { Member } from '../../core/registry/organisation.ts';
import { ok, type Result, refuse } from '../../core/result.ts';
import type { Principal } from './principal.ts';

/** The header that names the organisation a person with several acts for. */
export const ORGANISATION_HEADER = 'dengyun-organisation';

/**
 * The one place that decides who someone is in a request: the first of the route's roles that the person has, by
 * token (staff) or by membership. Whether a record may be seen is then `maySee` with this actor.
 */
export async function authorize(
  access: Extract<Access, { roles: readonly Role[] }>,
  principal: Principal,
  organisationHeader: string | undefined,
  reads: Pick<Reads, 'list'>,
): Promise<Result<Actor>> {
  const { sub, name } = principal;
  const staff = principal.staffRoles.find((role) => access.roles.includes(role));
  if (staff === 'city-reviewer') {
    return principal.jurisdiction && isJurisdiction(principal.jurisdiction)
      ? ok({ sub, name, role: staff, jurisdiction: principal.jurisdiction })
      : refuse('jurisdiction-forbidden');
  }
  if (staff) return ok({ sub, name, role: staff });
  // Staff never act as an enterprise, a provider or a private person: nobody holds both sides.
  if (principal.staffRoles.length > 0) return refuse('role-forbidden');
  if (access.roles.includes('enterprise') || access.roles.includes('provider')) {
    const memberships = await membershipsOf(reads, sub, organisationHeader);
    const fitting = memberships.filter((m) => access.roles.includes(m.organisationKind));
    const chosen = organisationHeader ? fitting.filter((m) => m.organisationId === organisationHeader) : fitting;
    const [membership] = chosen;
    if (membership && chosen.length === 1)
      return ok({ sub, role: membership.organisationKind, organisationId: membership.organisationId });
    if (access.roles.includes('person')) return ok({ sub, role: 'person' });
    return memberships.length > 0 && fitting.length === 0 ? refuse('role-forbidden') : refuse('organisation-required');
  }
  // A person without a staff role and without an organisation: registration only.
  return access.roles.includes('person') ? ok({ sub, role: 'person' }) : refuse('role-forbidden');
}

/**
 * What a person belongs to: the first page, or as many as it takes to find the organisation that the header names.
 * Anybody may be added anywhere without being asked, and must not lose their own organisation behind a full page.
 */
async function membershipsOf(reads: Pick<Reads, 'list'>, sub: string, sought: string | undefined) {
  const memberships: Member[] = [];
  let cursor: string | undefined;
  do {
    const page = await reads.list('membershipsOf', { sub }, { limit: 100, ...(cursor ? { cursor } : {}) });
    memberships.push(...page.items);
    cursor = page.next;
  } while (cursor && sought && !memberships.some(({ organisationId }) => organisationId === sought));
  return memberships;
}
