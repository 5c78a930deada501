import { useId } from 'react';
import type { FieldError } from '../../../contracts/field-errors.ts';
import { Sentences } from './field.tsx';

interface Choice {
  readonly value: string;
  readonly title: string;
  /** What follows from it. */
  readonly text?: string;
}

interface ChoiceFieldProps {
  readonly label: string;
  readonly pointer: string;
  readonly errors: readonly FieldError[];
  readonly value: string;
  readonly change: (value: string) => void;
  readonly choices: readonly Choice[];
  /** Values that cannot be chosen now. */
  readonly closed?: readonly string[];
}

/** One of a few, each with a sentence on what it means. */
export function ChoiceField({ label, pointer, errors, value, change, choices, closed = [] }: ChoiceFieldProps) {
  const name = useId();
  const isRefused = errors.some((error) => error.pointer === pointer);
  return (
    <fieldset className={`field choice-field ${isRefused ? 'field-refused' : ''}`}>
      <legend>{label}</legend>
      {choices.map(({ value: option, title, text }) => (
        <label key={option} className="choice">
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            disabled={closed.includes(option)}
            onChange={() => change(option)}
            aria-invalid={isRefused}
            aria-describedby={isRefused ? `${name}-error` : undefined}
          />
          <span>
            <span className="choice-title">{title}</span>
            {text && <span className="hint">{text}</span>}
          </span>
        </label>
      ))}
      <Sentences at={pointer} errors={errors} id={`${name}-error`} />
    </fieldset>
  );
}
