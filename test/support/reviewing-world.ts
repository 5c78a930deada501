import { catalogueRoutes } from '../../contracts/catalogue.ts';
import { deliver, fileClaim, publish, type Signed, sign } from '../../demo/business.ts';
import { apply, decide, type Member, statusOf, taskAbout } from '../../demo/cast.ts';
import { startInTheClaimYear } from '../../demo/start-in-the-claim-year.ts';
import type { EmbeddedSystem } from '../../demo/system.ts';
import { sampleFor, uploadDocument } from '../../demo/uploads.ts';
import { certified, registered } from './parties.ts';
import { openSeenWorld, type SeenWorld } from './seen-world.ts';
import { openYearlyPlan } from './yearly-plan.ts';

/** What waits for those who decide. */
interface Waiting {
  readonly year: number;
  readonly provider: Member;
  readonly claimId: string;
  readonly offeringId: string;
  /** Applied a second time, after its city had sent the first back. */
  readonly again: Member;
  /** Further enterprises with applications, oldest first. */
  readonly applicants: readonly Member[];
  readonly newcomer: Member;
}

export type ReviewingWorld = SeenWorld & Waiting;

/**
 * A system in which work waits for every reviewer: applications of Baotou (one handed in again, one of a provider), a new
 * version of an offering at a higher price, and a claim of three items.
 */
export const openReviewingWorld = (): Promise<ReviewingWorld> => openSeenWorld(act);

async function act(system: EmbeddedSystem): Promise<Waiting> {
  await startInTheClaimYear(system, { chapter: () => undefined, line: () => undefined });
  const year = await openYearlyPlan(system, {
    infrastructure: '80000.00',
    'business-application': '60000.00',
    'platform-system': '60000.00',
  });
  const [provider, mine] = await Promise.all([certified(system, 'provider1'), certified(system, 'enterprise1')]);

  const services = [
    { name: '弹性计算标准型', kind: 'computing', price: '12000.00', marketPrice: '13500.00' },
    { name: '云 MES 生产管理', kind: 'production-control', price: '40000.00', marketPrice: '42000.00' },
    { name: '云数据库企业版', kind: 'database', price: '36000.00', marketPrice: '36000.00' },
  ] as const;
  const offeringIds: string[] = [];
  const signed: Signed[] = [];
  for (const [i, service] of services.entries()) {
    const offeringId = await publish(system, provider, { ...service, priceUnit: 'year' });
    const deal = { provider, enterprise: mine, offeringId, kind: service.kind, quantity: 1, listPrice: service.price };
    offeringIds.push(offeringId);
    signed.push(await sign(system, { ...deal, contractNumber: `B-${i + 1}` }));
  }
  const [compute = ''] = offeringIds;
  for (const order of signed) await deliver(order);
  const claimId = await fileClaim(system, provider, signed);
  await taskAbout(system.person('auditor'), claimId, 'claim-audit');

  await changePrice(provider, compute);
  const again = await registered(system, 'enterprise2');
  await decide(system.person('city-150200'), await apply(again), {
    outcome: 'return',
    reasons: [{ pointer: '/documents/idCardFront', reasonCode: 'document-illegible', note: '人像面反光' }],
  });
  await statusOf(again, 'returned');
  await apply(again);
  const applicants = [
    await registered(system, 'enterprise3'),
    await registered(system, 'enterprise4'),
    await registered(system, 'enterprise5'),
  ];
  const newcomer = await registered(system, 'provider2');
  for (const applicant of [...applicants, newcomer]) {
    await taskAbout(system.person('city-150200'), await apply(applicant));
  }
  return { year, provider, claimId, offeringId: compute, again, applicants, newcomer };
}

/** Hands in a second version, with a higher price. */
async function changePrice(provider: Member, offeringId: string): Promise<void> {
  const { person } = provider;
  const { version } = await person.do(catalogueRoutes.readOffering, { params: { offeringId } });
  const documentId = await uploadDocument(person, sampleFor('market-price-evidence', '弹性计算标准型 第二次询价'));
  const { items } = await person.do(catalogueRoutes.listVersions, { params: { offeringId } });
  const draft = await person.do(catalogueRoutes.addVersion, {
    params: { offeringId },
    version,
    body: { price: '13000.00', marketPrice: { ...items[0].marketPrice, documentId } },
  });
  await person.do(catalogueRoutes.submitVersion, {
    params: { offeringId, number: draft.number },
    version: draft.version,
  });
}
