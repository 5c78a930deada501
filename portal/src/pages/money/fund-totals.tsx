import type { payoutsRoutes } from '../../../../contracts/payouts.ts';
import type { Answer } from '../../api/client.ts';
import { Badge } from '../../components/badge.tsx';
import { Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { isNothing } from '../../format/amounts.ts';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';

type ControlTotals = Answer<typeof payoutsRoutes.readControlTotals>;

/** The same totals as the system computes them anew from lines and vouchers, by the year of the fund that pays. */
export function FundTotals({ of }: { readonly of: Parameters<typeof Read<ControlTotals>>[0]['of'] }) {
  const { strings } = useLanguage();
  const text = strings.money.payout;
  return (
    <Read of={of}>
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
