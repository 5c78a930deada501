import { useSyncExternalStore } from 'react';
import type { Role } from '../../../contracts/names.ts';
import { registryRoutes } from '../../../contracts/registry.ts';
import { useRead } from '../api/queries.ts';
import { currentSession, onSessionChange } from './session.ts';

export const useSession = () => useSyncExternalStore(onSessionChange, currentSession);

/** Organisations that the person acts for; staff never do. */
export function useMemberships() {
  const session = useSession();
  const mayBeMember = session.status === 'signed-in' && session.person.roles.length === 0;
  return useRead(registryRoutes.readMemberships, {}, mayBeMember);
}

/** Everything the person may act as: staff roles, or what their organisations are. Undefined while that is not known. */
export function useRoles(): readonly Role[] | undefined {
  const session = useSession();
  const memberships = useMemberships();
  if (session.status === 'anonymous') return [];
  if (session.person.roles.length > 0) return session.person.roles;
  const kinds = memberships.data?.items.map(({ kind }) => kind);
  return kinds && (kinds.length > 0 ? [...new Set(kinds)] : ['person']);
}
