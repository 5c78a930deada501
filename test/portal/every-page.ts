import type { EnterpriseWorld } from '../support/enterprise-world.ts';
import type { PortalWorld } from '../support/portal-world.ts';

/** A page as tests and screenshots open it: what is in its address, and a text that shows it is all there. */
export interface Visit {
  readonly name: string;
  readonly path: string;
  /** In Chinese and English. */
  readonly shows: readonly [zh: string, en: string];
}

/** Every public page of the portal with something on it. */
export const publicVisits = ({ offeringIds, noticeId }: PortalWorld): readonly Visit[] => [
  { name: 'home', path: '/', shows: ['尚可使用', 'Still available'] },
  { name: 'check', path: '/check', shows: ['统一社会信用代码', 'Unified social credit code'] },
  {
    name: 'calculator',
    path: '/calculator?kind=production-control&fee=68000&held=9000',
    shows: ['由此确定', 'decides'],
  },
  { name: 'plan', path: '/plan', shows: ['每家企业年度上限', 'Most per enterprise and year'] },
  { name: 'catalogue', path: '/catalogue', shows: ['已列出 3 个产品', '3 offerings listed'] },
  { name: 'offering', path: `/catalogue/${offeringIds[0]}`, shows: ['三家公开报价平均', 'Source of the market price'] },
  {
    name: 'compare',
    path: `/catalogue/compare?ids=${offeringIds.join(',')}`,
    shows: ['与市场价持平', 'At market price'],
  },
  { name: 'providers', path: '/providers', shows: ['云上草原科技有限公司', '云上草原科技有限公司'] },
  { name: 'notices', path: '/notices', shows: ['云上草原科技有限公司 兑付公示', 'Claim of 云上草原科技有限公司'] },
  { name: 'notice', path: `/notices/${noticeId}`, shows: ['服务存在质量问题', 'The quality of the service was poor'] },
  { name: 'register', path: '/register', shows: ['敖包矿业有限责任公司', '敖包矿业有限责任公司'] },
  { name: 'waiting-list', path: '/waiting-list', shows: ['共缺', 'Missing in all'] },
  { name: 'not-found', path: '/nowhere', shows: ['回到首页', 'Go to the first page'] },
];

/** Every page of an enterprise, with something on it. */
export const enterpriseVisits = (world: EnterpriseWorld): readonly Visit[] => {
  const { computing, database, mes, regular, signedOrderId, voucherId, waitingOrderId } = world;
  const own = `/mine/${regular.organisationId}`;
  return [
    { name: 'mine', path: '/mine', shows: ['选购云服务', 'Choose a cloud service'] },
    { name: 'register-organisation', path: '/mine/new', shows: ['登记之后', 'Afterwards'] },
    { name: 'certification', path: `${own}/certification`, shows: ['提交的材料', 'What was submitted'] },
    { name: 'people', path: `${own}/people`, shows: ['查阅与变更记录', 'Who changed it, and who saw it'] },
    { name: 'offering-to-order', path: `/catalogue/${computing}`, shows: ['测算本产品的额度', 'Work out'] },
    { name: 'place-order', path: `/catalogue/${mes}/order`, shows: ['由此确定', 'decides'] },
    {
      name: 'place-order-short',
      path: `/catalogue/${database}/order`,
      shows: ['进入候补名单', 'Join the waiting list'],
    },
    { name: 'orders', path: '/orders', shows: ['云数据库企业版', '云数据库企业版'] },
    { name: 'order', path: `/orders/${signedOrderId}`, shows: ['云服务商应答', 'Answered by the provider'] },
    { name: 'order-waiting', path: `/orders/${waitingOrderId}`, shows: ['第 1 位', 'No. 1'] },
    { name: 'vouchers', path: '/vouchers', shows: ['还可使用', 'left'] },
    { name: 'voucher', path: `/vouchers/${voucherId}`, shows: ['办理记录', 'Trail'] },
  ];
};
