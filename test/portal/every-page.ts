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
