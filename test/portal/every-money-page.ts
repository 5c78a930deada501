import { recoveriesRoutes } from '../../contracts/recoveries.ts';
import { journalKey } from '../../storage/keys.ts';
import type { MoneyWorld } from '../support/money-world.ts';
import type { Visit } from './every-page.ts';

/** A page of the departments, and who opens it. */
export interface StaffVisit extends Visit {
  readonly by: 'officer' | 'finance' | 'city-150200';
}

/** The part of a year's journal that an entry is in. */
const partitionOf = (year: number, id: string): number => Number(journalKey(year, id).pk.split('#').at(-1));

/** Every page about money with something on it, as those see it who have most to do there. */
export async function moneyVisits({ system, year }: MoneyWorld, payoutId: string): Promise<readonly StaffVisit[]> {
  const { items } = await system.person('inspector').do(recoveriesRoutes.listRecoveries, { query: { year } });
  const [recovery] = items;
  return [
    {
      by: 'officer',
      name: 'plan-desk',
      path: `/plan-desk?year=${year}`,
      shows: ['签约时间不足', '签约时间不足'],
    },
    {
      by: 'officer',
      name: 'plan-draft',
      path: `/plan-desk/draft?year=${year + 1}`,
      shows: ['结转与名单', 'Carry-over and listing'],
    },
    {
      by: 'officer',
      name: 'plan-version',
      path: `/plan-desk/version?year=${year}`,
      shows: ['第 3 版', 'Version 3.'],
    },
    {
      by: 'officer',
      name: 'calendar',
      path: `/plan-desk/calendar?year=${year + 1}`,
      shows: ['10月1日', '1 Oct'],
    },
    { by: 'city-150200', name: 'local-policies', path: `/local-policies?year=${year}`, shows: ['已终止', 'Ended'] },
    {
      by: 'city-150200',
      name: 'local-policy-draft',
      path: `/local-policies/draft?year=${year}`,
      shows: ['补助基数', 'A share of'],
    },
    { by: 'officer', name: 'payouts', path: `/payouts?year=${year}`, shows: ['已办结', 'Settled'] },
    {
      by: 'officer',
      name: 'payout',
      path: `/payouts/${payoutId}`,
      shows: ['控制数与明细、云服务券一致', 'Totals, lines and vouchers agree'],
    },
    { by: 'finance', name: 'bank-returns', path: '/bank-returns', shows: ['没有待确认的退汇', 'No return waits'] },
    {
      by: 'finance',
      name: 'recoveries',
      path: `/recoveries?year=${year}`,
      shows: ['检查发现', 'Found by an inspection'],
    },
    {
      by: 'finance',
      name: 'recovery',
      path: `/recoveries/${recovery.providerId}/${recovery.id}`,
      shows: ['服务商退回', 'Transferred by the provider'],
    },
    {
      by: 'officer',
      name: 'recovery-proposal',
      path: `/recoveries/propose?voucher=${recovery.voucherId}`,
      shows: ['敖包矿业有限责任公司', '敖包矿业有限责任公司'],
    },
    {
      by: 'finance',
      name: 'ledger',
      path: `/ledger?year=${year}`,
      shows: ['没有科目为负', 'No account is below zero'],
    },
    {
      by: 'finance',
      name: 'ledger-statement',
      path: `/ledger?year=${year}&view=statement`,
      shows: ['期末余额', 'At the end'],
    },
    {
      by: 'finance',
      name: 'ledger-journal',
      path: `/ledger?year=${year}&view=journal&partition=${partitionOf(year, `led_appropriate_${year}`)}`,
      shows: ['工信厅 乌兰', 'Industry department 乌兰'],
    },
    {
      by: 'finance',
      name: 'ledger-corrections',
      path: `/ledger?year=${year}&view=corrections`,
      shows: ['金额录入有误', 'Amount mistyped'],
    },
    {
      by: 'finance',
      name: 'posting',
      path: `/ledger/${year}/led_appropriate_${year}`,
      shows: ['拨入预算', 'Appropriated'],
    },
    {
      by: 'officer',
      name: 'simulator',
      path: `/simulator?year=${year}`,
      shows: ['不填则与实际相同', 'Empty: as it was'],
    },
    {
      by: 'finance',
      name: 'year-end',
      path: `/year-end?year=${year}`,
      shows: ['年度结束后才能提请结转', 'a dry run at any time'],
    },
  ];
}
