import { claimsRoutes } from '../../contracts/claims.ts';
import { publicityRoutes } from '../../contracts/publicity.ts';
import { audit } from '../../demo/audit.ts';
import { answer, deliver, fileClaim, place, publish, sign } from '../../demo/business.ts';
import { apply, decide, statusOf } from '../../demo/cast.ts';
import { startInTheClaimYear } from '../../demo/start-in-the-claim-year.ts';
import type { EmbeddedSystem } from '../../demo/system.ts';
import { until } from '../../demo/until.ts';
import { certified, registered } from './parties.ts';
import { openSeenWorld, type SeenWorld } from './seen-world.ts';
import { openYearlyPlan } from './yearly-plan.ts';

/** A running system that has something on every page, and a browser to look at it. */
export interface PortalWorld extends SeenWorld {
  readonly offeringIds: readonly string[];
  readonly noticeId: string;
}

const DAY_MS = 86_400_000;

/**
 * Starts the system with its portal, and lets people act: two offerings used and claimed, publicised with one line
 * reduced; one order that waits; one application returned.
 */
export const openPortalWorld = (): Promise<PortalWorld> => openSeenWorld(act);

async function act(system: EmbeddedSystem): Promise<{ offeringIds: readonly string[]; noticeId: string }> {
  await startInTheClaimYear(system, { chapter: () => undefined, line: () => undefined });
  const year = await openYearlyPlan(system);
  const provider = await certified(system, 'provider1');
  const mine = await certified(system, 'enterprise1');
  const mill = await registered(system, 'enterprise2');
  await decide(system.person('city-150200'), await apply(mill), {
    outcome: 'return',
    reasons: [
      { pointer: '/documents/businessLicence', reasonCode: 'document-not-stamped', note: '请加盖公章后重新上传' },
    ],
  });
  await statusOf(mill, 'returned');

  const offer = (name: string, kind: 'computing' | 'production-control' | 'database', price: string, market: string) =>
    publish(system, provider, { name, kind, price, priceUnit: 'year', marketPrice: market });
  const compute = await offer('弹性计算标准型', 'computing', '12000.00', '13500.00');
  const mes = await offer('云 MES 生产管理', 'production-control', '40000.00', '42000.00');
  const database = await offer('云数据库企业版', 'database', '36000.00', '36000.00');
  const deal = { provider, enterprise: mine, quantity: 1 };
  const signed = [
    await sign(system, {
      ...deal,
      offeringId: compute,
      kind: 'computing',
      contractNumber: 'A-1',
      listPrice: '12000.00',
    }),
    await sign(system, {
      ...deal,
      offeringId: mes,
      kind: 'production-control',
      contractNumber: 'A-2',
      listPrice: '40000.00',
    }),
  ];
  const waits = {
    ...deal,
    offeringId: database,
    kind: 'database',
    contractNumber: 'A-3',
    listPrice: '36000.00',
    whenShort: 'wait',
  } as const;
  await answer(system, waits, await place(system, waits));

  await system.clock.advanceBy(DAY_MS);
  for (const order of signed) await deliver(order);
  const claimId = await fileClaim(system, provider, signed);
  await system.person('auditor').do(claimsRoutes.declareConflicts, {
    body: { organisationIds: [], statement: '与本年度申报单位无利害关系。' },
  });
  await audit(system, provider, claimId, (item) =>
    item.voucherId === signed[0]?.voucher.id
      ? { outcome: 'reduce', reasonCode: 'quality-problem', severity: 'minor', note: '可用性未达协议标准' }
      : { outcome: 'approve' },
  );
  const notice = await until('the notice', async () => {
    const { items } = await system.person('inspector').do(publicityRoutes.listNotices, { query: { year } });
    return items[0];
  });
  return { offeringIds: [compute, mes, database], noticeId: notice.id };
}
