import { useQuery } from '@tanstack/react-query';
import { registryRoutes } from '../../../../contracts/registry.ts';
import { type Answer, call } from '../../api/client.ts';
import { ApiProblem } from '../../api/failures.ts';

export type IdentityAnswer = Answer<typeof registryRoutes.readIdentity>;

/** The identity data of an organisation as it is shown, masked; `null` as long as none was given, which is no failure. */
export const useIdentity = (organisationId: string) =>
  useQuery<IdentityAnswer | null>({
    queryKey: [registryRoutes.readIdentity.operation, 'or-none', organisationId],
    queryFn: async ({ signal }) => {
      try {
        return await call(registryRoutes.readIdentity, { params: { organisationId }, organisationId, signal });
      } catch (error) {
        if (error instanceof ApiProblem && error.problem.status === 404) return null;
        throw error;
      }
    },
  });
