import { type Standing, standings } from '../../../../contracts/names.ts';
import { progressRoutes } from '../../../../contracts/progress.ts';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { money, month } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { Chart, type Series } from '../chart.tsx';
import { Section } from '../page.tsx';
import { Empty, Read } from '../states.tsx';
import { Table } from '../table.tsx';
import { TileMap } from '../tile-map.tsx';
import { PartChoice, usePart } from './part-choice.tsx';

type Progress = Answer<typeof progressRoutes.readProgress>;
type Line = Progress['total'];

/** What counts against the plan: vouchers that ended have given their money back. */
const drawn = standings.filter((standing): standing is Exclude<Standing, 'ended'> => standing !== 'ended');

/** The vouchers of a year by month, jurisdiction and category, in public. */
export function ProgressOfYear({ year }: { readonly year: number }) {
  const { strings } = useLanguage();
  const text = strings.insight.progress;
  const part = usePart();
  const progress = useRead(progressRoutes.readProgress, { params: { year: String(year) }, query: part });
  return (
    <Section title={text.title} lead={text.lead}>
      <PartChoice />
      <Read of={progress}>
        {(found) =>
          found.total.count === 0 ? (
            <Empty title={part.jurisdiction || part.category ? text.noneInPart : text.none} />
          ) : (
            <Drawn progress={found} />
          )
        }
      </Read>
    </Section>
  );
}

function Drawn({ progress }: { readonly progress: Progress }) {
  const { strings, language } = useLanguage();
  const names = useNames();
  const text = strings.insight.progress;
  const { vouchers } = strings.insight;
  const { total, months, jurisdictions, categories } = progress;
  return (
    <>
      <dl className="tiles">
        <div>
          <dt>{text.issued}</dt>
          <dd>{vouchers(total.count)}</dd>
        </div>
        <div>
          <dt>
            {text.counting} <span className="quiet">{text.countingHint}</span>
          </dt>
          <dd>{money(total.amount)}</dd>
        </div>
        <div>
          <dt>{text.paid}</dt>
          <dd>{money(total.standings.paid.amount)}</dd>
        </div>
      </dl>
      <Chart
        title={text.byMonth}
        shape="stack"
        measure="money"
        rows={months}
        label={(row) => month(row.month, language)}
        labelTitle={strings.insight.month}
        series={drawn.map(
          (standing): Series<Line> => ({
            title: strings.insight.standings[standing],
            value: ({ standings: of }) => Number(of[standing].amount),
            text: ({ standings: of }) => `${money(of[standing].amount)} · ${vouchers(of[standing].count)}`,
          }),
        )}
      />
      <h3>{text.byPlace}</h3>
      <TileMap
        total={total.amount}
        tiles={jurisdictions.map(({ jurisdiction, amount, count }) => ({
          jurisdiction,
          amount,
          count: vouchers(count),
        }))}
      />
      <div className="dense">
        <Table
          caption={text.byCategory}
          rows={categories}
          keyOf={({ category }) => category}
          columns={[
            { title: strings.insight.category, cell: ({ category }) => <strong>{names.category(category)}</strong> },
            { title: text.count, figures: true, cell: ({ count }) => count },
            { title: text.amount, figures: true, cell: ({ amount }) => money(amount) },
            ...drawn.map((standing) => ({
              title: strings.insight.standings[standing],
              figures: true,
              cell: ({ standings: of }: Line) => money(of[standing].amount),
            })),
          ]}
        />
      </div>
    </>
  );
}
