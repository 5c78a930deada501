import { catalogueRoutes } from '../contracts/catalogue.ts';
import { planRoutes } from '../contracts/plan.ts';
import { businessDateOf, yearOf } from '../core/calendar/business-date.ts';
import { openPlan, place, publish, sign } from './business.ts';
import { certify, register } from './cast.ts';
import type { System } from './system.ts';

/**
 * Demonstration data for `npm start`, made over HTTP as people would: an open plan, two providers with offerings, three
 * certified enterprises, an order in each of three states, and an application waiting in a city's inbox. Does nothing
 * when there is a plan already.
 */
export async function seedDemoData(system: System, log: (message: string) => void): Promise<void> {
  const visitor = system.person('inspector');
  const year = yearOf(businessDateOf(system.clock.now()));
  const plans = await visitor.do(planRoutes.listPlans);
  if (plans.items.length > 0) return;
  log('正在准备演示数据 · preparing demonstration data …');
  await openPlan(system, {
    year,
    appropriation: '5000000.00',
    specs: [
      { category: 'infrastructure', amount: '1500000.00', count: 300 },
      { category: 'business-application', amount: '2000000.00', count: 400 },
      { category: 'platform-system', amount: '1500000.00', count: 200 },
    ],
  });
  const providers = [];
  for (const [i, name] of ['云上草原科技有限公司', '敕勒川数据服务有限公司'].entries()) {
    const provider = await register(system, {
      username: `provider${i + 1}`,
      kind: 'provider',
      name,
      jurisdiction: '150100',
      section: 'I',
      serial: 9101 + i,
    });
    await certify(system, provider);
    providers.push(provider);
  }
  const [grassland, plains] = providers;
  if (!grassland || !plains) return;
  const compute = await publish(system, grassland, {
    name: '弹性计算标准型',
    kind: 'computing',
    price: '1200.00',
    priceUnit: 'month',
    marketPrice: '1350.00',
  });
  await publish(system, grassland, {
    name: '对象存储 10 TB',
    kind: 'storage',
    price: '8600.00',
    priceUnit: 'year',
    marketPrice: '9000.00',
  });
  const mes = await publish(system, plains, {
    name: '云 MES 生产管理',
    kind: 'production-control',
    price: '68000.00',
    priceUnit: 'year',
    marketPrice: '72000.00',
  });
  await publish(system, plains, {
    name: '云数据库企业版',
    kind: 'database',
    price: '36000.00',
    priceUnit: 'year',
    marketPrice: '36800.00',
  });

  const enterprises = [];
  for (const [i, [name, jurisdiction]] of (
    [
      ['敖包矿业有限责任公司', '150200'],
      ['河套面粉有限公司', '150800'],
      ['鹿城机械制造有限公司', '150200'],
    ] as const
  ).entries()) {
    const enterprise = await register(system, {
      username: `enterprise${i + 1}`,
      kind: 'enterprise',
      name,
      jurisdiction,
      section: i === 0 ? 'B' : 'C',
      serial: 1101 + i,
    });
    await certify(system, enterprise);
    enterprises.push(enterprise);
  }
  const [mine, mill, machines] = enterprises;
  if (!mine || !mill || !machines) return;
  await sign(system, {
    enterprise: mine,
    provider: grassland,
    offeringId: compute,
    kind: 'computing',
    quantity: 12,
    contractNumber: 'CYCY-0001',
    listPrice: '14400.00',
  });
  await place(system, {
    enterprise: mill,
    provider: plains,
    offeringId: mes,
    kind: 'production-control',
    quantity: 1,
    contractNumber: '',
    listPrice: '68000.00',
  });
  await place(system, {
    enterprise: machines,
    provider: plains,
    offeringId: mes,
    kind: 'production-control',
    quantity: 1,
    contractNumber: '',
    listPrice: '68000.00',
    choice: { use: 'none' },
  });
  await visitor.do(catalogueRoutes.browseCatalogue);
}
