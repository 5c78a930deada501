import { claimsRoutes } from '../contracts/claims.ts';
import { type Member, taskAbout } from './cast.ts';
import type { Json } from './client.ts';
import type { System } from './system.ts';

/** Audits every item of a claim, hears the provider where something is deducted, and completes. */
export async function audit(
  system: System,
  provider: Member,
  claimId: string,
  verdictOf: (item: Json) => object,
): Promise<void> {
  const auditor = system.person('auditor');
  const params = { claimId };
  await taskAbout(auditor, claimId, 'claim-audit');
  const { items } = await auditor.do(claimsRoutes.listClaimItems, { params, query: { limit: 100 } });
  for (const item of items) {
    const verdict = verdictOf(item) as { outcome: string };
    const itemParams = { claimId, itemId: item.id };
    const audited = await auditor.do(claimsRoutes.auditItem, {
      params: itemParams,
      version: item.version,
      body: verdict,
    });
    if (verdict.outcome === 'reduce') {
      await provider.person.do(claimsRoutes.hearProvider, {
        params: itemParams,
        version: audited.version,
        body: { statement: '情况属实，接受扣减。' },
      });
    }
  }
  const { version } = await auditor.do(claimsRoutes.readClaim, { params });
  await auditor.do(claimsRoutes.completeAudit, { params, version });
}
