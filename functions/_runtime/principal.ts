import { type Role, type StaffRole, staffRoles } from '../../core/actors/actor.ts';

/** Who a token says someone is. */
export interface Principal {
  readonly sub: string;
  readonly name: string;
  readonly staffRoles: readonly StaffRole[];
  /** Division code; city reviewers only. */
  readonly jurisdiction?: string;
}

/** Reads the claims that the gateway's authorizer verified; undefined without a token. */
export function principalOf(claims: Readonly<Record<string, unknown>> | undefined): Principal | undefined {
  const sub = claims?.sub;
  if (typeof sub !== 'string' || sub === '') return undefined;
  const names = listClaim(claims?.roles);
  return {
    sub,
    name: nameOf(claims?.name) || sub,
    staffRoles: staffRoles.filter((role) => names.includes(role)),
    ...(typeof claims?.jurisdiction === 'string' ? { jurisdiction: claims.jurisdiction } : {}),
  };
}

const LONGEST_NAME = 60;
const nameOf = (claim: unknown): string =>
  typeof claim === 'string' ? [...claim.trim()].slice(0, LONGEST_NAME).join('') : '';

/** HTTP APIs hand list claims over as `[a b]`; other issuers as JSON or comma-separated. */
function listClaim(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.map(String);
  if (typeof claim !== 'string') return [];
  return claim.split(/[[\]",\s]+/).filter((part) => part !== '');
}

export type { Role };
