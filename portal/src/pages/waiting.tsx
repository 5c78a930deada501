import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Answer } from '../api/client.ts';
import { useCurrentPlan } from '../api/current-plan.ts';
import { useRead } from '../api/queries.ts';
import { Page } from '../components/page.tsx';
import { Empty, Read } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { YearChoice } from '../components/year-choice.tsx';
import { day, money, today } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import { useQuestion } from '../routing.ts';

type List = Answer<typeof ordersRoutes.readWaitingList>;

/** Who waits for money of a year, in what order, and until when by what came back so far. No names. */
export default function Waiting() {
  const { strings } = useLanguage();
  const text = strings.waiting;
  const [{ year = today().slice(0, 4) }, ask] = useQuestion();
  const { years } = useCurrentPlan();
  const list = useRead(ordersRoutes.readWaitingList, { params: { year } });
  return (
    <Page
      title={strings.pages.waiting}
      lead={text.lead}
      aside={<YearChoice years={years} chosen={Number(year)} choose={(next) => ask({ year: String(next) })} />}
    >
      <Read of={list}>
        {(data) => (data.places === 0 ? <Empty title={text.none} text={text.noneHint} /> : <Places list={data} />)}
      </Read>
    </Page>
  );
}

function Places({ list }: { readonly list: List }) {
  const { strings, language } = useLanguage();
  const names = useNames();
  const text = strings.waiting;
  return (
    <>
      <dl className="tiles">
        <div>
          <dt>{text.places}</dt>
          <dd className="figures">{list.places}</dd>
        </div>
        <div>
          <dt>{text.missing}</dt>
          <dd className="figures">{money(list.amount)}</dd>
        </div>
        <div>
          <dt>
            {text.served} <span className="quiet">{text.since(day(list.since, language))}</span>
          </dt>
          <dd className="figures">{money(list.served)}</dd>
        </div>
      </dl>
      <Table
        caption={strings.pages.waiting}
        rows={list.items}
        keyOf={({ position }) => String(position)}
        columns={[
          { title: text.position, cell: ({ position }) => <strong>{position}</strong> },
          { title: text.waitingSince, cell: ({ since }) => day(since, language) },
          { title: text.category, cell: ({ category }) => names.category(category) },
          { title: text.stillMissing, figures: true, cell: ({ missing }) => money(missing) },
          { title: text.ahead, figures: true, cell: ({ ahead }) => money(ahead) },
          {
            title: text.forecast,
            cell: ({ forecast }) =>
              forecast.kind === 'date'
                ? day(forecast.on, language)
                : forecast.kind === 'next-year'
                  ? text.nextYear
                  : text.unknown,
          },
        ]}
      />
      {list.places > list.items.length && <p className="quiet">{text.first}</p>}
    </>
  );
}
