import {
  type HTMLAttributes,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import type { FieldError } from '../../../contracts/field-errors.ts';
import { useLanguage } from '../language/language.tsx';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  /** JSON pointer of the field in the body, by which errors find it. */
  readonly pointer: string;
  readonly errors: readonly FieldError[];
  readonly optional?: boolean;
}

interface Attributes {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

/** A control with its label, hint, and the sentence that refused it. */
function Field({
  label,
  hint,
  pointer,
  errors,
  optional,
  children,
}: FieldProps & { children: (attributes: Attributes) => ReactNode }) {
  const { strings } = useLanguage();
  const id = useId();
  const own = errors.filter((error) => error.pointer === pointer);
  const described = [...(hint ? [`${id}-hint`] : []), ...(own.length > 0 ? [`${id}-error`] : [])].join(' ');
  return (
    <div className={`field ${own.length > 0 ? 'field-refused' : ''}`}>
      <label htmlFor={id}>
        {label} {optional && <span className="quiet">{strings.states.optional}</span>}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({ id, 'aria-invalid': own.length > 0, 'aria-describedby': described || undefined })}
      <Sentences at={pointer} errors={errors} id={`${id}-error`} />
    </div>
  );
}

type Bound<A> = FieldProps &
  Omit<A, 'value' | 'onChange'> & { readonly value: string; readonly change: (value: string) => void };

export const TextField = ({
  label,
  hint,
  pointer,
  errors,
  optional,
  change,
  ...rest
}: Bound<InputHTMLAttributes<HTMLInputElement>>) => (
  <Field {...fieldProps({ label, hint, pointer, errors, optional })}>
    {(attributes) => <input {...attributes} {...rest} onChange={(event) => change(event.target.value)} />}
  </Field>
);

/** An amount in yuan, typed as text: what it comes to is for its contract to say. */
export const AmountField = (field: Bound<InputHTMLAttributes<HTMLInputElement>>) => (
  <TextField inputMode="decimal" autoComplete="off" maxLength={20} {...field} />
);

export const LongTextField = ({
  label,
  hint,
  pointer,
  errors,
  optional,
  change,
  ...rest
}: Bound<TextareaHTMLAttributes<HTMLTextAreaElement>>) => (
  <Field {...fieldProps({ label, hint, pointer, errors, optional })}>
    {(attributes) => <textarea rows={6} {...attributes} {...rest} onChange={(event) => change(event.target.value)} />}
  </Field>
);

export interface Choices {
  /** Absent: the choices stand by themselves. */
  readonly group?: string;
  readonly choices: readonly (readonly [value: string, text: string])[];
}

type SelectProps = Bound<SelectHTMLAttributes<HTMLSelectElement>> & {
  readonly groups: readonly Choices[];
  /** What stands for no choice. */
  readonly none?: string;
};

export const SelectField = ({ label, hint, pointer, errors, optional, change, groups, none, ...rest }: SelectProps) => (
  <Field {...fieldProps({ label, hint, pointer, errors, optional })}>
    {(attributes) => (
      <select {...attributes} {...rest} onChange={(event) => change(event.target.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {groups.map(({ group, choices }) => {
          const options = choices.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ));
          return group === undefined ? (
            options
          ) : (
            <optgroup key={group} label={group}>
              {options}
            </optgroup>
          );
        })}
      </select>
    )}
  </Field>
);

function fieldProps({
  label,
  hint,
  pointer,
  errors,
  optional,
}: { [K in keyof FieldProps]: FieldProps[K] | undefined } & Pick<
  FieldProps,
  'label' | 'pointer' | 'errors'
>): FieldProps {
  return { label, pointer, errors, ...(hint ? { hint } : {}), ...(optional ? { optional } : {}) };
}

interface SentencesProps extends HTMLAttributes<HTMLParagraphElement> {
  readonly at: string;
  readonly errors: readonly FieldError[];
}

/** What refused a field, or a part of a form; its form knows by `data-refused` that it is said. */
export function Sentences({ at, errors, ...rest }: SentencesProps) {
  const { language } = useLanguage();
  const own = errors.filter(({ pointer }) => pointer === at);
  if (own.length === 0) return null;
  return (
    <p className="field-error" data-refused={at} {...rest}>
      {own.map(({ detail, detailEn }) => (language === 'zh' ? detail : detailEn)).join(' ')}
    </p>
  );
}

/** How many fields were refused; read aloud when it appears. */
export function Refused({ errors }: { readonly errors: readonly FieldError[] }) {
  const { strings } = useLanguage();
  return (
    errors.length > 0 && (
      <p className="refused" role="alert">
        {strings.states.invalid(errors.length)}
      </p>
    )
  );
}

/** Puts the cursor into the first field that was refused; where none was, what refused the form comes into view. */
export const focusFirstRefused = (form: HTMLFormElement): void => {
  requestAnimationFrame(() => {
    const field = form.querySelector<HTMLElement>('[aria-invalid="true"]');
    for (let fold = field?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
    if (field) field.focus();
    else form.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' });
  });
};
