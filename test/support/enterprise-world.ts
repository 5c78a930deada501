import { place, publish, sign } from '../../demo/business.ts';
import type { Member } from '../../demo/cast.ts';
import type { EmbeddedSystem } from '../../demo/system.ts';
import { certified } from './parties.ts';
import { openSeenWorld, type SeenWorld } from './seen-world.ts';
import { openYearlyPlan } from './yearly-plan.ts';

/** What an enterprise finds: somebody to order from, and money that is short for one category. */
interface Market {
  readonly provider: Member;
  /** Certified, with one voucher and one order that waits. */
  readonly regular: Member;
  readonly computing: string;
  readonly mes: string;
  readonly database: string;
  readonly signedOrderId: string;
  readonly voucherId: string;
  readonly waitingOrderId: string;
}

export type EnterpriseWorld = SeenWorld & Market;

/** Nobody has registered as `enterprise4` or `enterprise5`; `enterprise1` is an old hand. */
export const openEnterpriseWorld = (): Promise<EnterpriseWorld> => openSeenWorld(act);

async function act(system: EmbeddedSystem): Promise<Market> {
  await openYearlyPlan(system);
  const [provider, regular] = await Promise.all([certified(system, 'provider1'), certified(system, 'enterprise1')]);
  const [computing, mes, database] = await Promise.all([
    publish(system, provider, { name: '弹性计算标准型', kind: 'computing', price: '12000.00', priceUnit: 'year' }),
    publish(system, provider, {
      name: '云 MES 生产管理',
      kind: 'production-control',
      price: '40000.00',
      priceUnit: 'year',
    }),
    publish(system, provider, { name: '云数据库企业版', kind: 'database', price: '36000.00', priceUnit: 'year' }),
  ]);
  const deal = { provider, enterprise: regular, quantity: 1 };
  const signed = await sign(system, {
    ...deal,
    offeringId: computing,
    kind: 'computing',
    contractNumber: 'B-1',
    listPrice: '12000.00',
  });
  const waiting = await place(system, {
    ...deal,
    offeringId: database,
    kind: 'database',
    contractNumber: '',
    listPrice: '36000.00',
    whenShort: 'wait',
  });
  return {
    provider,
    regular,
    computing,
    mes,
    database,
    signedOrderId: signed.order.id,
    voucherId: signed.voucher.id,
    waitingOrderId: waiting.id,
  };
}
