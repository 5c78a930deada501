import { milestones } from '../../../../contracts/names.ts';
import { progressRoutes } from '../../../../contracts/progress.ts';
import type { Answer } from '../../api/client.ts';
import { useCurrentPlan } from '../../api/current-plan.ts';
import { useRead } from '../../api/queries.ts';
import { Chart } from '../../components/chart.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PartChoice, usePart } from '../../components/progress/part-choice.tsx';
import { Empty, Failure, Loading, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { TileMap } from '../../components/tile-map.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { total } from '../../format/amounts.ts';
import { day, money, month } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useQuestion } from '../../routing.ts';
import { ForecastOfYear, WhenExhausted } from './forecast.tsx';
import { type Fund, useFunds } from './funds.ts';
import { Funnel } from './funnel.tsx';
import { OpenWork } from './open-work.tsx';

type Figures = Answer<typeof progressRoutes.readYearFigures>;
type Progress = Answer<typeof progressRoutes.readProgress>;

/** What both departments steer a year by: how far things have come, where time goes, and how long the money lasts. */
export default function Dashboard() {
  const { strings } = useLanguage();
  const [{ year: asked }, ask] = useQuestion();
  const current = useCurrentPlan();
  const text = strings.insight.dashboard;
  const year = Number(asked) || Number(current.data?.year);
  return (
    <Page
      title={strings.pages.dashboard}
      lead={text.lead}
      aside={
        current.years.length > 0 &&
        year > 0 && <YearChoice years={current.years} chosen={year} choose={(next) => ask({ year: String(next) })} />
      }
    >
      {current.none ? (
        <Empty title={text.none} />
      ) : current.error ? (
        <Failure error={current.error} retry={current.refetch} />
      ) : year > 0 ? (
        <Year year={year} years={current.years} />
      ) : (
        <Loading />
      )}
      <OpenWork />
    </Page>
  );
}

function Year({ year, years }: { readonly year: number; readonly years: readonly number[] }) {
  const part = usePart();
  const reading = { params: { year: String(year) }, query: part };
  const figures = useRead(progressRoutes.readYearFigures, reading);
  const progress = useRead(progressRoutes.readProgress, reading);
  const whole = useRead(progressRoutes.readProgress, { params: { year: String(year) } });
  return (
    <>
      <PartChoice />
      <Read of={figures}>
        {(found) => (
          <Read of={progress}>
            {(issued) => (
              <>
                <Headline figures={found} progress={issued} />
                <Steps figures={found} />
                <Times figures={found} />
                <Money years={years} />
                <ForecastSection figures={found} whole={whole} />
                <Places figures={found} progress={issued} />
              </>
            )}
          </Read>
        )}
      </Read>
    </>
  );
}

function Headline({ figures, progress }: { readonly figures: Figures; readonly progress: Progress }) {
  const { strings, language } = useLanguage();
  const { headline, asOf } = strings.insight.dashboard;
  const { total } = progress;
  return (
    <dl className="tiles">
      <div>
        <dt>{headline.left}</dt>
        <dd>{money(figures.forecast.fund.left)}</dd>
      </div>
      <div>
        <dt>{headline.issued}</dt>
        <dd>{strings.insight.vouchers(total.count)}</dd>
      </div>
      <div>
        <dt>{headline.paid}</dt>
        <dd>{money(total.standings.paid.amount)}</dd>
      </div>
      <div>
        <dt>
          {headline.exhausted} <span className="quiet tile-note">{asOf(day(figures.today, language))}</span>
        </dt>
        <dd>
          <WhenExhausted of={figures.forecast.fund} />
        </dd>
      </div>
    </dl>
  );
}

function Steps({ figures }: { readonly figures: Figures }) {
  const { strings, language } = useLanguage();
  const text = strings.insight.dashboard;
  return (
    <Section title={text.funnel} lead={text.funnelLead}>
      <Funnel figures={figures} />
      {figures.months.length > 0 && (
        <Chart
          title={text.monthly}
          shape="columns"
          measure="count"
          rows={figures.months}
          label={(row) => month(row.month, language)}
          labelTitle={strings.insight.month}
          series={milestones.map((milestone) => ({
            title: text.milestones[milestone],
            value: ({ orders }: Figures['months'][number]) => orders[milestone],
            text: ({ orders }: Figures['months'][number]) => String(orders[milestone]),
          }))}
        />
      )}
    </Section>
  );
}

function Times({ figures }: { readonly figures: Figures }) {
  const { strings } = useLanguage();
  const text = strings.insight.dashboard;
  const taken = figures.times.filter(({ cases }) => cases > 0);
  const say = (days: number | undefined) => (days === undefined ? '–' : text.workingDays(days));
  return (
    <Section title={text.times} lead={text.timesLead}>
      {taken.length === 0 ? (
        <div className="card">
          <p className="quiet">{text.noTimes}</p>
        </div>
      ) : (
        <Chart
          title={text.timesChart}
          shape="rows"
          measure="days"
          rows={taken}
          label={({ stage }) => text.stages[stage]}
          labelTitle={text.stage}
          series={[
            { title: text.median, value: ({ median }) => median, text: ({ median }) => say(median) },
            { title: text.ninetieth, value: ({ ninetieth }) => ninetieth, text: ({ ninetieth }) => say(ninetieth) },
          ]}
          more={[{ title: text.cases, text: ({ cases }) => String(cases) }]}
        />
      )}
    </Section>
  );
}

/** Where money stands, in the order in which it moves. */
const accounts = ['paid', 'accrued', 'active', 'reserved', 'deferred', 'available'] as const;

function Money({ years }: { readonly years: readonly number[] }) {
  const { strings } = useLanguage();
  const text = strings.insight.dashboard;
  const funds = useFunds(years);
  return (
    <Section title={text.money} lead={text.moneyLead}>
      <Read of={funds}>
        {(found: readonly Fund[]) => (
          <Chart
            title={text.moneyChart}
            shape="stacked-rows"
            measure="money"
            rows={found}
            label={({ year }) => strings.plan.years(year)}
            labelTitle={text.year}
            series={accounts.map((account) => ({
              title: text.accounts[account],
              value: ({ balances }: Fund) => Math.max(0, Number(balances[account])),
              text: ({ balances }: Fund) => money(balances[account]),
            }))}
          />
        )}
      </Read>
    </Section>
  );
}

interface ForecastProps {
  readonly figures: Figures;
  /** Of the whole year: the fund is one for all jurisdictions and categories. */
  readonly whole: { readonly data: Progress | undefined; readonly error: unknown; readonly refetch: () => unknown };
}

function ForecastSection({ figures, whole }: ForecastProps) {
  const { strings } = useLanguage();
  const text = strings.insight.dashboard;
  return (
    <Section title={text.forecast} lead={text.forecastLead}>
      <Read of={whole}>{(progress) => <ForecastOfYear figures={figures} progress={progress} />}</Read>
    </Section>
  );
}

function Places({ figures, progress }: { readonly figures: Figures; readonly progress: Progress }) {
  const { strings } = useLanguage();
  const names = useNames();
  const text = strings.insight.dashboard;
  const { milestones: steps } = text;
  return (
    <Section title={text.places} lead={text.placesLead}>
      <TileMap
        total={total(figures.jurisdictions.map(({ amount }) => amount))}
        tiles={progress.jurisdictions.map(({ jurisdiction, amount, count }) => ({
          jurisdiction,
          amount,
          count: strings.insight.vouchers(count),
        }))}
      />
      <div className="dense">
        <Table
          caption={text.places}
          rows={figures.jurisdictions}
          keyOf={({ jurisdiction }) => jurisdiction}
          columns={[
            {
              title: strings.insight.place,
              cell: ({ jurisdiction }) => <strong>{names.jurisdiction(jurisdiction)}</strong>,
            },
            { title: text.registered, figures: true, cell: ({ enterprises }) => enterprises.registered },
            { title: text.certified, figures: true, cell: ({ enterprises }) => enterprises.certified },
            ...milestones.map((milestone) => ({
              title: steps[milestone],
              figures: true,
              cell: ({ orders }: Figures['jurisdictions'][number]) => orders[milestone],
            })),
            { title: strings.insight.progress.amount, figures: true, cell: ({ amount }) => money(amount) },
          ]}
        />
      </div>
    </Section>
  );
}
