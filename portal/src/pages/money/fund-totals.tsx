import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { isNothing } from '../../format/amounts.ts';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Payout } from './payout-state.tsx';

/** The same totals as the system computes them anew from lines and vouchers, by the year of the fund that pays. */
export function FundTotals({ payout }: { readonly payout: Payout }) {
  const { strings } = useLanguage();
  const text = strings.money.payout;
  const totals = useRead(payoutsRoutes.readControlTotals, { params: { payoutId: payout.id } });
  return (
    <Read of={totals}>
      {({ agrees, funds }) => (
        <div className="fund-totals">
          <p>
            <Badge tone={agrees ? 'good' : 'bad'}>{agrees ? text.matches : text.doesNotMatch}</Badge>{' '}
            <span className="quiet">{text.recomputed}</span>
          </p>
          {funds.length > 0 && (
            <Table
              caption={text.byFund}
              rows={funds}
              keyOf={({ year }) => String(year)}
              columns={[
                { title: text.byFund, cell: ({ year }) => text.fundYear(year) },
                { title: text.itemCount, figures: true, cell: ({ items }) => text.fundYearItems(items) },
                { title: text.total, figures: true, cell: ({ amount }) => money(amount) },
                {
                  title: text.itemDeferred,
                  figures: true,
                  cell: ({ deferred }) => (isNothing(deferred) ? '—' : money(deferred)),
                },
              ]}
            />
          )}
        </div>
      )}
    </Read>
  );
}
