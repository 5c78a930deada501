import { registryRoutes } from '../../../../contracts/registry.ts';
import { useList } from '../../api/queries.ts';
import type { Certification, Reason } from './reasons.tsx';

/** What reviewers said of applications as a whole, as the organisation's trail has it; what they said of fields stands in each. */
export function useDecisionsSaid(organisationId: string): (application: Certification) => Reason | undefined {
  const trail = useList(registryRoutes.readOrganisationTrail, {
    params: { organisationId },
    query: { limit: 100 },
    organisationId,
  });
  return ({ decidedAt }) => {
    const decision = trail.items.find(
      ({ toStatus, at }) => at === decidedAt && (toStatus === 'returned' || toStatus === 'rejected'),
    );
    if (!decision?.note && !decision?.reasonCode) return undefined;
    return { pointer: '', reasonCode: decision.reasonCode ?? 'other', note: decision.note };
  };
}
