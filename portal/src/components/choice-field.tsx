import { useId } from 'react';
import type { FieldError } from '../../../contracts/field-errors.ts';
import { useLanguage } from '../language/language.tsx';

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
  const { language } = useLanguage();
  const name = useId();
  const own = errors.filter((error) => error.pointer === pointer);
  return (
    <fieldset className={`field choice-field ${own.length > 0 ? 'field-refused' : ''}`}>
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
            aria-invalid={own.length > 0}
            aria-describedby={own.length > 0 ? `${name}-error` : undefined}
          />
          <span>
            <span className="choice-title">{title}</span>
            {text && <span className="hint">{text}</span>}
          </span>
        </label>
      ))}
      {own.length > 0 && (
        <p className="field-error" id={`${name}-error`}>
          {own.map((error) => (language === 'zh' ? error.detail : error.detailEn)).join(' ')}
        </p>
      )}
    </fieldset>
  );
}
