import { claimsRoutes } from '../../../contracts/claims.ts';
import { inboxRoutes } from '../../../contracts/inbox.ts';
import { live, type Person, type Surroundings } from '../person.ts';

const HOUR = 3_600_000;

/** An auditor: goes through the items of each claim in the inbox, and completes the audit when nothing is open. */
export function auditor(world: Surroundings, number: number): void {
  const isTask = (item: Readonly<Record<string, unknown>>) =>
    item.type === 'task' && (item.data as { role?: string }).role === 'auditor';
  let declared = false;

  const verdictOf = ({ random }: Person) =>
    random.pick([
      { outcome: 'approve' },
      { outcome: 'approve' },
      { outcome: 'approve' },
      { outcome: 'approve' },
      { outcome: 'reduce', reasonCode: 'quality-problem', severity: 'minor' },
      { outcome: 'reduce', reasonCode: 'quality-problem', severity: 'critical' },
      { outcome: 'reject', reasonCode: 'service-not-delivered' },
      { outcome: 'return', reasons: [{ pointer: '/invoices/0', reasonCode: 'illegible' }] },
    ]);

  const audit = (me: Person, claimId: string) =>
    me.deed('audit a claim', async () => {
      const params = { claimId };
      const page = await me.read(claimsRoutes.listClaimItems, { params, query: { limit: '50' } });
      for (const { id, version, status } of page?.items ?? []) {
        if (status !== 'filed') continue;
        const itemParams = { claimId, itemId: id };
        const told = await me.do(claimsRoutes.auditItem, { params: itemParams, version, body: verdictOf(me) });
        // What needs more than was given is looked at again more kindly.
        if (told?.status === 422) {
          const body = { outcome: 'approve', note: '已核对' };
          await me.do(claimsRoutes.auditItem, { params: itemParams, version, body });
        }
      }
      const claim = await me.read(claimsRoutes.readClaim, { params });
      if (claim?.status !== 'under-audit') return;
      const told = await me.do(claimsRoutes.completeAudit, { params, version: claim.version });
      if (told && told.status >= 400) me.comeBack(me.now() + 30 * HOUR);
    });

  live(world, {
    name: `auditor-${number}`,
    caller: { sub: `auditor-${number}`, roles: ['auditor'] },
    cares: isTask,
    async look(me) {
      if (!declared) {
        await me.deed('declare', async () => {
          const body = { organisationIds: [], statement: '与各方无利害关系' };
          declared = (await me.do(claimsRoutes.declareConflicts, { body }))?.status === 200;
        });
      }
      const page = await me.read(inboxRoutes.listTasks, { query: { limit: '50' } });
      for (const { subject } of page?.items ?? []) await audit(me, subject.id);
    },
  });
}
