import type { progressRoutes } from '../../../../contracts/progress.ts';
import type { Answer } from '../../api/client.ts';
import { Chart } from '../../components/chart.tsx';
import { Table } from '../../components/table.tsx';
import { total } from '../../format/amounts.ts';
import { day, money, month } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';

type Figures = Answer<typeof progressRoutes.readYearFigures>;
type Progress = Answer<typeof progressRoutes.readProgress>;
type Forecast = Figures['forecast']['fund'];

/** When fund and specs will be used up, drawn and in figures. */
export function ForecastOfYear({ figures, progress }: { readonly figures: Figures; readonly progress: Progress }) {
  const { strings } = useLanguage();
  const names = useNames();
  const text = strings.insight.dashboard;
  const { fund, specs } = figures.forecast;
  const rows: readonly (Forecast & { readonly name: string })[] = [
    { name: text.fund, ...fund },
    ...specs.map(({ category, ...of }) => ({ name: names.category(category), ...of })),
  ];
  return (
    <>
      <LeftByMonth figures={figures} progress={progress} />
      <Table
        caption={text.forecast}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { title: text.what, cell: ({ name }) => <strong>{name}</strong> },
          { title: text.left, figures: true, cell: ({ left }) => money(left) },
          { title: text.pace, figures: true, cell: (row) => money(paceOf(row)) },
          { title: text.exhaustedOn, cell: (row) => <WhenExhausted of={row} /> },
        ]}
      />
      <p className="quiet">{text.basedOn(fund.days)}</p>
    </>
  );
}

/** Shown beside its own days; rounded to the fen, for reading only. */
const paceOf = ({ issued, days }: Forecast): string => ((Number(issued) / days) * 30).toFixed(2);

/** The day on which it will be used up, or why there is none. */
export function WhenExhausted({ of }: { readonly of: Forecast }) {
  const { strings, language } = useLanguage();
  const text = strings.insight.dashboard;
  if (Number(of.left) === 0) return text.exhausted;
  if (of.exhaustedOn) return day(of.exhaustedOn, language);
  return Number(of.issued) > 0 ? text.lasts : text.noPace;
}

/** What is left of the fund at the end of each month so far, and how it would go on. A picture: nothing is computed by it. */
function LeftByMonth({ figures, progress }: { readonly figures: Figures; readonly progress: Progress }) {
  const { strings, language } = useLanguage();
  const text = strings.insight.dashboard;
  const { fund } = figures.forecast;
  const now = figures.today.slice(0, 7);
  const issued = new Map(progress.months.map((of) => [of.month, of.amount]));
  const first = progress.months[0]?.month ?? now;
  const all = Array.from({ length: 12 }, (_, n) => `${figures.year}-${String(n + 1).padStart(2, '0')}`).filter(
    (of) => of >= first,
  );
  const perMonth = (Number(fund.issued) / fund.days) * 30.4;
  const rows = all.map((of) => {
    const since = all.filter((other) => other > of && other <= now);
    const ahead = all.filter((other) => other > now && other <= of).length;
    return {
      month: of,
      actual: of <= now ? total([fund.left, ...since.map((other) => issued.get(other) ?? '0')]) : undefined,
      expected: of >= now ? Math.max(0, Number(fund.left) - perMonth * ahead).toFixed(2) : undefined,
    };
  });
  const drawn = (amount: string | undefined) => (amount === undefined ? undefined : Number(amount));
  const say = (amount: string | undefined) => (amount === undefined ? '–' : money(amount));
  return (
    <Chart
      title={text.forecastChart}
      shape="lines"
      measure="money"
      rows={rows}
      label={(row) => month(row.month, language)}
      labelTitle={strings.insight.month}
      series={[
        { title: text.leftActual, value: ({ actual }) => drawn(actual), text: ({ actual }) => say(actual) },
        {
          title: text.leftExpected,
          value: ({ expected }) => drawn(expected),
          text: ({ expected }) => say(expected),
          expected: true,
        },
      ]}
    />
  );
}
