import { ordersRoutes } from '../../../contracts/orders.ts';
import { useCurrentPlan } from '../api/current-plan.ts';
import { useList } from '../api/queries.ts';
import { Badge } from '../components/badge.tsx';
import { LongTable } from '../components/long-table.tsx';
import { Page } from '../components/page.tsx';
import { Empty, Failure, Loading } from '../components/states.tsx';
import { YearChoice } from '../components/year-choice.tsx';
import { day, money, today } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import { useQuestion } from '../routing.ts';

/** The public register of enterprises that obtained vouchers (clause 八-(二)). */
export default function Register() {
  const { strings, language } = useLanguage();
  const names = useNames();
  const text = strings.register;
  const [{ year = today().slice(0, 4) }, ask] = useQuestion();
  const { years } = useCurrentPlan();
  const list = useList(ordersRoutes.readRegister, { query: { year, limit: 100 } });
  return (
    <Page
      title={strings.pages.register}
      lead={text.lead}
      aside={<YearChoice years={years} chosen={Number(year)} choose={(next) => ask({ year: String(next) })} />}
    >
      {list.error && list.items.length === 0 && <Failure error={list.error} retry={list.refetch} />}
      {list.isPending && <Loading />}
      {list.data && list.items.length === 0 && <Empty title={text.none} />}
      {list.items.length > 0 && (
        <LongTable
          caption={strings.pages.register}
          list={list}
          rowHeight={74}
          keyOf={({ voucherNumber }) => voucherNumber}
          columns={[
            {
              title: text.enterprise,
              cell: (line) => (
                <>
                  <strong>{line.enterpriseName}</strong>
                  <br />
                  <span className="code quiet">{line.enterpriseUscc}</span>
                </>
              ),
            },
            { title: text.number, cell: ({ voucherNumber }) => <span className="code">{voucherNumber}</span> },
            { title: text.category, cell: ({ categories }) => categories.map(names.category).join('、') },
            { title: text.amount, figures: true, cell: ({ amount }) => <strong>{money(amount)}</strong> },
            { title: text.activeOn, cell: ({ activeOn }) => day(activeOn, language) },
            {
              title: text.status,
              cell: ({ status }) => (
                <Badge
                  tone={
                    status === 'redeemed'
                      ? 'good'
                      : ['refused', 'void', 'expired', 'recovered'].includes(status)
                        ? 'bad'
                        : 'calm'
                  }
                >
                  {text.statuses[status]}
                </Badge>
              ),
            },
          ]}
        />
      )}
    </Page>
  );
}
