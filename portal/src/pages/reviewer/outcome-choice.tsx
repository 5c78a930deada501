import { Sentences } from '../../components/field.tsx';
import type { Bound } from '../../components/filling.ts';

interface OutcomeChoiceProps extends Bound {
  readonly legend: string;
  readonly outcomes: readonly (readonly [outcome: string, name: string])[];
}

/** What is decided, each with the key that chooses it. */
export function OutcomeChoice({ legend, outcomes, pointer, errors, value, change }: OutcomeChoiceProps) {
  return (
    <>
      <fieldset className="outcomes">
        <legend className="visually-hidden">{legend}</legend>
        {outcomes.map(([outcome, name], i) => (
          <label key={outcome} className={`outcome-choice outcome-${outcome}`}>
            <input
              type="radio"
              name="outcome"
              value={outcome}
              checked={value === outcome}
              onChange={() => change(outcome)}
              aria-invalid={errors.some((error) => error.pointer === pointer)}
            />
            {name}{' '}
            <span className="key" aria-hidden="true">
              {i + 1}
            </span>
          </label>
        ))}
      </fieldset>
      <Sentences at={pointer} errors={errors} role="alert" />
    </>
  );
}
