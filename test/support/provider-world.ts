import { catalogueRoutes } from '../../contracts/catalogue.ts';
import { claimsRoutes } from '../../contracts/claims.ts';
import { businessDateOf } from '../../core/calendar/business-date.ts';
import { type Deal, deliver, place, publish, type Signed, sign } from '../../demo/business.ts';
import type { Member } from '../../demo/cast.ts';
import { startInTheClaimYear } from '../../demo/start-in-the-claim-year.ts';
import type { EmbeddedSystem } from '../../demo/system.ts';
import { sampleFor, uploadDocument } from '../../demo/uploads.ts';
import { certified } from './parties.ts';
import { openSeenWorld, type SeenWorld } from './seen-world.ts';
import { openYearlyPlan } from './yearly-plan.ts';

/** What two providers find in the claim window. */
interface Trade {
  readonly year: number;
  readonly mine: Member;
  readonly mill: Member;
  /** Walks the main path: two vouchers are used, one order is to be answered. */
  readonly grassland: Member;
  readonly computing: string;
  readonly used: readonly Signed[];
  readonly orderId: string;
  /** Makes mistakes: a draft of an offering, an order that waits and one to decline, a draft claim with an item, a used voucher. */
  readonly plains: Member;
  readonly draftId: string;
  readonly waitingId: string;
  readonly unwantedId: string;
  readonly claimId: string;
  readonly itemId: string;
  /** What its item is about, and another that is used. */
  readonly claimed: Signed;
  readonly spare: Signed;
}

export type ProviderWorld = SeenWorld & Trade;

/** A claim window with two providers that have something to do everywhere. */
export const openProviderWorld = (): Promise<ProviderWorld> => openSeenWorld(act);

async function act(system: EmbeddedSystem): Promise<Trade> {
  await startInTheClaimYear(system, { chapter: () => undefined, line: () => undefined });
  const year = await openYearlyPlan(system);
  const [grassland, plains, mine, mill] = await Promise.all([
    certified(system, 'provider1'),
    certified(system, 'provider2'),
    certified(system, 'enterprise1'),
    certified(system, 'enterprise2'),
  ]);
  const [computing, network, storage, database, draftId] = await Promise.all([
    publish(system, grassland, {
      name: '弹性计算标准型',
      kind: 'computing',
      price: '12000.00',
      priceUnit: 'year',
      marketPrice: '13500.00',
    }),
    publish(system, grassland, { name: '云专线 100 Mbps', kind: 'network', price: '12000.00', priceUnit: 'year' }),
    publish(system, plains, { name: '对象存储 10 TB', kind: 'storage', price: '8600.00', priceUnit: 'year' }),
    publish(system, plains, { name: '云数据库企业版', kind: 'database', price: '36000.00', priceUnit: 'year' }),
    draft(system, plains),
  ]);
  const bought: Omit<Deal, 'enterprise' | 'contractNumber'> = {
    provider: grassland,
    offeringId: computing,
    kind: 'computing',
    quantity: 1,
    listPrice: '12000.00',
  };
  const stored = { ...bought, provider: plains, offeringId: storage, kind: 'storage', listPrice: '8600.00' } as const;
  const used = [
    await sign(system, { ...bought, enterprise: mine, contractNumber: 'CY-001' }),
    await sign(system, { ...bought, enterprise: mill, contractNumber: 'CY-002' }),
  ];
  const [claimed, spare] = [
    await sign(system, { ...stored, enterprise: mine, contractNumber: 'CLC-001' }),
    await sign(system, { ...stored, enterprise: mill, contractNumber: 'CLC-002' }),
  ];
  const { id: orderId } = await place(system, {
    ...bought,
    offeringId: network,
    kind: 'network',
    enterprise: mine,
    contractNumber: '',
    quantity: 2,
  });
  const waiting = await place(system, {
    ...stored,
    offeringId: database,
    kind: 'database',
    enterprise: mine,
    contractNumber: '',
    whenShort: 'wait',
  });
  const unwanted = await place(system, { ...stored, enterprise: mill, contractNumber: '' });
  for (const signed of [...used, claimed, spare]) await deliver(signed);

  const claim = await plains.person.do(claimsRoutes.openClaim);
  const item = await plains.person.do(claimsRoutes.addClaimItem, {
    params: { claimId: claim.id },
    body: { voucherId: claimed.voucher.id, invoices: [], transfers: [] },
  });
  return {
    year,
    mine,
    mill,
    grassland,
    computing,
    used,
    orderId,
    plains,
    draftId,
    waitingId: waiting.id,
    unwantedId: unwanted.id,
    claimId: claim.id,
    itemId: item.id,
    claimed,
    spare,
  };
}

/** An offering that was never submitted. */
async function draft(system: EmbeddedSystem, provider: Member): Promise<string> {
  const documentId = await uploadDocument(provider.person, sampleFor('market-price-evidence', '消息中间件 市场询价'));
  const { id } = await provider.person.do(catalogueRoutes.createOffering, {
    body: {
      name: '消息中间件',
      description: '托管的消息队列，按实例计费。',
      kind: 'middleware',
      price: '9600.00',
      priceUnit: 'year',
      voucherSupported: true,
      marketPrice: {
        price: '9600.00',
        source: '三家公开报价平均',
        observedOn: businessDateOf(system.clock.now()),
        documentId,
      },
    },
  });
  return id;
}
