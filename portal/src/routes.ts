import type { ComponentType } from 'react';
import type { Role } from '../../contracts/names.ts';
import { planRoutes } from '../../contracts/plan.ts';
import { progressRoutes } from '../../contracts/progress.ts';
import { registryRoutes } from '../../contracts/registry.ts';
import type { Access } from '../../contracts/route.ts';
import type { Strings } from './strings/zh-CN.ts';

/**
 * Every page of the portal: where it is, who may see it, where it stands in the menu, and what shows it. Router, menus,
 * titles and permissions are made of this table and nothing else; a new page is a line here, its texts and its file.
 */
export interface PageEntry {
  readonly path: `/${string}`;
  /** Its title in every language, and its name in the code. */
  readonly name: keyof Strings['pages'];
  /** As contracts say it: the public, or roles. `signed-in`: whoever has a session. */
  readonly access: Access | 'signed-in';
  /** Which menu it stands in, if any; in the table's order. */
  readonly menu?: 'public' | 'work';
  /** Loaded when it is opened. */
  readonly load: () => Promise<{ default: ComponentType }>;
}

const everybody: Access = { public: true };
/** Reads everything and changes nothing; of others each trail stands beside its matter. */
const inspectors: Access = { roles: ['inspector'] };

export const pages: readonly PageEntry[] = [
  { path: '/', name: 'home', access: everybody, load: () => import('./pages/home.tsx') },
  { path: '/check', name: 'check', access: everybody, menu: 'public', load: () => import('./pages/check.tsx') },
  {
    path: '/calculator',
    name: 'calculator',
    access: everybody,
    menu: 'public',
    load: () => import('./pages/calculator.tsx'),
  },
  { path: '/plan', name: 'plan', access: everybody, menu: 'public', load: () => import('./pages/plan.tsx') },
  {
    path: '/catalogue',
    name: 'catalogue',
    access: everybody,
    menu: 'public',
    load: () => import('./pages/catalogue.tsx'),
  },
  { path: '/catalogue/compare', name: 'compare', access: everybody, load: () => import('./pages/compare.tsx') },
  { path: '/catalogue/$offeringId', name: 'offering', access: everybody, load: () => import('./pages/offering.tsx') },
  {
    path: '/providers',
    name: 'providers',
    access: everybody,
    menu: 'public',
    load: () => import('./pages/providers.tsx'),
  },
  { path: '/notices', name: 'notices', access: everybody, menu: 'public', load: () => import('./pages/notices.tsx') },
  { path: '/notices/$noticeId', name: 'notice', access: everybody, load: () => import('./pages/notice.tsx') },
  {
    path: '/register',
    name: 'register',
    access: everybody,
    menu: 'public',
    load: () => import('./pages/register.tsx'),
  },
  {
    path: '/waiting-list',
    name: 'waiting',
    access: everybody,
    menu: 'public',
    load: () => import('./pages/waiting.tsx'),
  },
  { path: '/mine', name: 'mine', access: 'signed-in', menu: 'work', load: () => import('./pages/mine.tsx') },
  {
    path: '/organisations',
    name: 'organisations',
    access: registryRoutes.listOrganisations.access,
    menu: 'work',
    load: () => import('./pages/organisations.tsx'),
  },
  {
    path: '/dashboard',
    name: 'dashboard',
    access: progressRoutes.readYearFigures.access,
    menu: 'work',
    load: () => import('./pages/insight/dashboard.tsx'),
  },
  {
    path: '/follow',
    name: 'follow',
    access: planRoutes.listOrderPostings.access,
    menu: 'work',
    load: () => import('./pages/insight/follow.tsx'),
  },
  {
    path: '/follow/$orderId',
    name: 'followOrder',
    access: planRoutes.listOrderPostings.access,
    load: () => import('./pages/insight/follow-order.tsx'),
  },
  {
    path: '/trail',
    name: 'trail',
    access: inspectors,
    menu: 'work',
    load: () => import('./pages/insight/trail.tsx'),
  },
  { path: '/signed-in', name: 'signedIn', access: everybody, load: () => import('./pages/signed-in.tsx') },
];

/** Whether somebody with these roles may see a page; `undefined` roles: nobody is signed in. */
export function mayOpen({ access }: Pick<PageEntry, 'access'>, roles: readonly Role[] | undefined): boolean {
  if (access !== 'signed-in' && 'public' in access) return true;
  if (!roles) return false;
  return access === 'signed-in' || access.roles.some((role) => roles.includes(role));
}
