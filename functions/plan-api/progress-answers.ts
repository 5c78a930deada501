import type * as z from 'zod';
import type { progressAnswer, yearFiguresAnswer } from '../../contracts/progress.ts';
import type { Forecast } from '../../core/progress/forecast.ts';
import { standings } from '../../core/progress/names.ts';
import type { Line, Progress } from '../../core/progress/summary.ts';
import type { FiguresOfYear } from '../../core/usecases/plan/read-progress.ts';
import { money } from '../_runtime/money.ts';

type LineAnswer = z.input<typeof progressAnswer>['total'];

const toLine = (line: Line): LineAnswer => ({
  count: line.count,
  amount: money(line.fen),
  standings: Object.fromEntries(
    standings.map((standing) => {
      const { count, fen } = line.standings[standing];
      return [standing, { count, amount: money(fen) }];
    }),
  ) as LineAnswer['standings'],
});

export const toProgressAnswer = ({
  year,
  total,
  months,
  jurisdictions,
  categories,
}: Progress & { readonly year: number }): z.input<typeof progressAnswer> => ({
  year,
  total: toLine(total),
  months: months.map(({ month, ...line }) => ({ month, ...toLine(line) })),
  jurisdictions: jurisdictions.map(({ jurisdiction, ...line }) => ({ jurisdiction, ...toLine(line) })),
  categories: categories.map(({ category, ...line }) => ({ category, ...toLine(line) })),
});

const toForecast = ({ days, issued, left, exhaustedOn }: Forecast) => ({
  days,
  issued: money(issued),
  left: money(left),
  ...(exhaustedOn ? { exhaustedOn } : {}),
});

export const toYearFiguresAnswer = ({
  jurisdictions,
  times,
  months,
  forecast,
  ...figures
}: FiguresOfYear): z.input<typeof yearFiguresAnswer> => ({
  ...figures,
  months: months.map((month) => ({ ...month })),
  jurisdictions: jurisdictions.map(({ fen, ...figuresOf }) => ({ ...figuresOf, amount: money(fen) })),
  times: times.map((time) => ({ ...time })),
  forecast: {
    fund: toForecast(forecast.fund),
    specs: forecast.specs.map(({ category, ...of }) => ({ category, ...toForecast(of) })),
  },
});
