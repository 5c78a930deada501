import { useLanguage } from '../language/language.tsx';

interface YearChoiceProps {
  readonly years: readonly number[];
  readonly chosen: number;
  readonly choose: (year: number) => void;
}

/** Which year is shown. */
export function YearChoice({ years, chosen, choose }: YearChoiceProps) {
  const { strings } = useLanguage();
  return (
    <label className="year-choice">
      {strings.plan.year}
      <select value={chosen} onChange={(event) => choose(Number(event.target.value))}>
        {(years.includes(chosen) ? years : [chosen, ...years]).map((year) => (
          <option key={year} value={year}>
            {strings.plan.years(year)}
          </option>
        ))}
      </select>
    </label>
  );
}
