import * as z from 'zod';
import { jurisdictionSchema } from '../registry/jurisdictions.ts';

/** Staff roles, carried by the token. */
export const staffRoles = [
  'city-reviewer',
  'regional-officer',
  'finance-officer',
  'auditor',
  'operator',
  'inspector',
] as const;

/** Everyone who acts: staff by their token, members of an organisation by its kind, the system itself. */
export const roles = [...staffRoles, 'enterprise', 'provider', 'person', 'system'] as const;

export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;
export type StaffRole = (typeof staffRoles)[number];

export const isStaff = (role: Role): role is StaffRole => staffRoles.some((staff) => staff === role);

/**
 * Who acts in a request, after authorization. `person` is someone signed in without an organisation and without a staff role.
 */
export const actorSchema = z.strictObject({
  /** Subject of the token; `system:<workflow>` for steps. */
  sub: z.string().min(1).max(200),
  /** What colleagues call somebody of the staff, by the token: who has something in hand, who did what. */
  name: z.string().min(1).optional(),
  role: roleSchema,
  /** The organisation a member acts for. */
  organisationId: z.string().optional(),
  /** Division code of a city reviewer. */
  jurisdiction: jurisdictionSchema.optional(),
});
export type Actor = z.infer<typeof actorSchema>;

/** Who did something, beside the subject: in which role, of the staff by the name they had then, of others for whom. */
export const actedAsSchema = actorSchema.pick({ role: true, name: true, organisationId: true });
export type ActedAs = z.infer<typeof actedAsSchema>;

/** What a record belongs to, as far as the right to see it is concerned. */
export interface Belongs {
  /** Organisations whose members may see it. */
  readonly organisations: readonly string[];
  /** The jurisdiction whose city reviewers may see it. */
  readonly jurisdiction?: string;
}

/**
 * Whether the actor may know that a record exists: members see their organisation's, city reviewers their
 * jurisdiction's, the departments, auditors, operators and inspectors all. A route's table of roles comes first.
 */
export function maySee(actor: Actor, record: Belongs): boolean {
  switch (actor.role) {
    case 'enterprise':
    case 'provider':
      return actor.organisationId !== undefined && record.organisations.includes(actor.organisationId);
    case 'city-reviewer':
      return actor.jurisdiction !== undefined && actor.jurisdiction === record.jurisdiction;
    case 'person':
      return false;
    default:
      return true;
  }
}

export const systemActor = (workflow: string): Actor => ({ sub: `system:${workflow}`, role: 'system' });
