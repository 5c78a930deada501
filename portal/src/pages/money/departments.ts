import type { StaffRole } from '../../../../contracts/names.ts';
import { useSession } from '../../session/use-session.ts';

export type Department = 'industry' | 'finance';
export const otherThan = (department: Department): Department => (department === 'industry' ? 'finance' : 'industry');

/** Who looks at the page: name of sign-in, roles, and the department they sign for. */
export function useOfficer() {
  const session = useSession();
  const person = session.status === 'anonymous' ? undefined : session.person;
  const is = (role: StaffRole) => person?.roles.includes(role) ?? false;
  const department: Department | undefined = is('regional-officer')
    ? 'industry'
    : is('finance-officer')
      ? 'finance'
      : undefined;
  return { me: person?.sub, is, department };
}
