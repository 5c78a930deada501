import type { ComponentType } from 'react';
import { catalogueRoutes } from '../../contracts/catalogue.ts';
import { claimsRoutes } from '../../contracts/claims.ts';
import { inboxRoutes } from '../../contracts/inbox.ts';
import type { Role } from '../../contracts/names.ts';
import { ordersRoutes } from '../../contracts/orders.ts';
import { payoutsRoutes } from '../../contracts/payouts.ts';
import { planRoutes } from '../../contracts/plan.ts';
import { progressRoutes } from '../../contracts/progress.ts';
import { publicityRoutes } from '../../contracts/publicity.ts';
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
  /** Under which name it stands there with others, for whoever has more pages than fit in a line. */
  readonly group?: MenuGroup;
  /** Loaded when it is opened. */
  readonly load: () => Promise<{ default: ComponentType }>;
}

export type MenuGroup = 'cases' | 'plan' | 'money' | 'insight';

const everybody: Access = { public: true };
/** Whoever reads claims, but providers, who have their own bench for them. */
const auditing: Access = {
  roles: ('roles' in claimsRoutes.listClaims.access ? claimsRoutes.listClaims.access.roles : []).filter(
    (role) => role !== 'provider',
  ),
};
/** Cities see and write what they add; the departments and inspectors see all of it. */
const localOverseers: Access = { roles: ['city-reviewer', 'regional-officer', 'finance-officer', 'inspector'] };
/** Who sees the fund: the two departments and inspectors. What each may do is decided by the page's commands. */
const overseers = planRoutes.readFund.access;
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
  {
    path: '/catalogue/$offeringId/order',
    name: 'placeOrder',
    access: 'signed-in',
    load: () => import('./pages/enterprise/place-order.tsx'),
  },
  { path: '/mine', name: 'mine', access: 'signed-in', menu: 'work', load: () => import('./pages/enterprise/mine.tsx') },
  {
    path: '/mine/new',
    name: 'registerOrganisation',
    access: registryRoutes.registerOrganisation.access,
    load: () => import('./pages/enterprise/register.tsx'),
  },
  {
    path: '/mine/$organisationId/certification',
    name: 'certification',
    access: registryRoutes.submitCertification.access,
    load: () => import('./pages/enterprise/certification.tsx'),
  },
  {
    path: '/mine/$organisationId/people',
    name: 'people',
    access: registryRoutes.addMember.access,
    load: () => import('./pages/enterprise/people.tsx'),
  },
  {
    path: '/orders',
    name: 'orders',
    access: ordersRoutes.placeOrder.access,
    menu: 'work',
    load: () => import('./pages/enterprise/orders.tsx'),
  },
  {
    path: '/orders/$orderId',
    name: 'order',
    access: ordersRoutes.placeOrder.access,
    load: () => import('./pages/enterprise/order.tsx'),
  },
  {
    path: '/vouchers',
    name: 'vouchers',
    access: ordersRoutes.placeOrder.access,
    menu: 'work',
    load: () => import('./pages/enterprise/vouchers.tsx'),
  },
  {
    path: '/vouchers/$voucherId',
    name: 'voucher',
    access: ordersRoutes.placeOrder.access,
    load: () => import('./pages/enterprise/voucher.tsx'),
  },
  {
    path: '/organisations',
    name: 'organisations',
    access: registryRoutes.listOrganisations.access,
    menu: 'work',
    group: 'cases',
    load: () => import('./pages/organisations.tsx'),
  },
  {
    path: '/inbox',
    name: 'inbox',
    access: inboxRoutes.listTasks.access,
    menu: 'work',
    load: () => import('./pages/reviewer/inbox.tsx'),
  },
  {
    path: '/inbox/$taskId',
    name: 'task',
    access: inboxRoutes.readTask.access,
    load: () => import('./pages/reviewer/task.tsx'),
  },
  {
    path: '/audits',
    name: 'audits',
    access: auditing,
    menu: 'work',
    group: 'cases',
    load: () => import('./pages/reviewer/audits.tsx'),
  },
  { path: '/audits/$claimId', name: 'audit', access: auditing, load: () => import('./pages/reviewer/audit.tsx') },
  {
    path: '/publicity',
    name: 'publicityDesk',
    access: publicityRoutes.listObjections.access,
    menu: 'work',
    group: 'cases',
    load: () => import('./pages/reviewer/publicity.tsx'),
  },
  {
    path: '/provider/offerings',
    name: 'providerOfferings',
    access: catalogueRoutes.createOffering.access,
    menu: 'work',
    load: () => import('./pages/provider/offerings.tsx'),
  },
  {
    path: '/provider/offerings/new',
    name: 'providerNewOffering',
    access: catalogueRoutes.createOffering.access,
    load: () => import('./pages/provider/new-offering.tsx'),
  },
  {
    path: '/provider/offerings/$offeringId',
    name: 'providerOffering',
    access: catalogueRoutes.createOffering.access,
    load: () => import('./pages/provider/offering.tsx'),
  },
  {
    path: '/provider/orders',
    name: 'providerOrders',
    access: ordersRoutes.answerOrder.access,
    menu: 'work',
    load: () => import('./pages/provider/orders.tsx'),
  },
  {
    path: '/provider/orders/$orderId',
    name: 'providerOrder',
    access: ordersRoutes.answerOrder.access,
    load: () => import('./pages/provider/order.tsx'),
  },
  {
    path: '/provider/claims',
    name: 'providerClaims',
    access: claimsRoutes.openClaim.access,
    menu: 'work',
    load: () => import('./pages/provider/claims.tsx'),
  },
  {
    path: '/provider/claims/$claimId',
    name: 'providerClaim',
    access: claimsRoutes.openClaim.access,
    load: () => import('./pages/provider/claim.tsx'),
  },
  {
    path: '/provider/claims/$claimId/import',
    name: 'providerImport',
    access: claimsRoutes.openClaim.access,
    load: () => import('./pages/provider/import.tsx'),
  },
  {
    path: '/provider/claims/$claimId/items/$itemId',
    name: 'providerItem',
    access: claimsRoutes.openClaim.access,
    load: () => import('./pages/provider/item.tsx'),
  },
  {
    path: '/provider/payments',
    name: 'providerPayments',
    access: payoutsRoutes.listPayments.access,
    menu: 'work',
    load: () => import('./pages/provider/payments.tsx'),
  },
  {
    path: '/plan-desk',
    name: 'planDesk',
    access: planRoutes.readPlanDraft.access,
    menu: 'work',
    group: 'plan',
    load: () => import('./pages/money/plan-desk.tsx'),
  },
  {
    path: '/plan-desk/draft',
    name: 'planDraft',
    access: planRoutes.draftPlan.access,
    load: () => import('./pages/money/plan-draft.tsx'),
  },
  {
    path: '/plan-desk/version',
    name: 'planVersion',
    access: planRoutes.draftPlan.access,
    load: () => import('./pages/money/plan-version.tsx'),
  },
  {
    path: '/plan-desk/calendar',
    name: 'calendar',
    access: overseers,
    load: () => import('./pages/money/calendar.tsx'),
  },
  {
    path: '/local-policies',
    name: 'localPolicies',
    access: localOverseers,
    menu: 'work',
    group: 'plan',
    load: () => import('./pages/money/local-policies.tsx'),
  },
  {
    path: '/local-policies/draft',
    name: 'localPolicyDraft',
    access: { roles: ['city-reviewer'] },
    load: () => import('./pages/money/local-policy-draft.tsx'),
  },
  {
    path: '/payouts',
    name: 'payouts',
    access: overseers,
    menu: 'work',
    group: 'money',
    load: () => import('./pages/money/payouts.tsx'),
  },
  { path: '/payouts/$payoutId', name: 'payout', access: overseers, load: () => import('./pages/money/payout.tsx') },
  {
    path: '/bank-returns',
    name: 'bankReturns',
    access: overseers,
    load: () => import('./pages/money/bank-returns.tsx'),
  },
  {
    path: '/recoveries',
    name: 'recoveries',
    access: overseers,
    menu: 'work',
    group: 'money',
    load: () => import('./pages/money/recoveries.tsx'),
  },
  {
    path: '/recoveries/propose',
    name: 'recoveryProposal',
    access: planRoutes.draftPlan.access,
    load: () => import('./pages/money/recovery-proposal.tsx'),
  },
  {
    path: '/recoveries/$providerId/$recoveryId',
    name: 'recovery',
    access: overseers,
    load: () => import('./pages/money/recovery.tsx'),
  },
  {
    path: '/ledger',
    name: 'ledger',
    access: overseers,
    menu: 'work',
    group: 'money',
    load: () => import('./pages/money/ledger.tsx'),
  },
  {
    path: '/ledger/$year/$postingId',
    name: 'posting',
    access: overseers,
    load: () => import('./pages/money/posting.tsx'),
  },
  {
    path: '/simulator',
    name: 'simulator',
    access: overseers,
    menu: 'work',
    group: 'plan',
    load: () => import('./pages/money/simulator.tsx'),
  },
  {
    path: '/year-end',
    name: 'yearEnd',
    access: overseers,
    menu: 'work',
    group: 'money',
    load: () => import('./pages/money/year-end.tsx'),
  },
  {
    path: '/dashboard',
    name: 'dashboard',
    access: progressRoutes.readYearFigures.access,
    menu: 'work',
    group: 'insight',
    load: () => import('./pages/insight/dashboard.tsx'),
  },
  {
    path: '/follow',
    name: 'follow',
    access: planRoutes.listOrderPostings.access,
    menu: 'work',
    group: 'insight',
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
    group: 'insight',
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
