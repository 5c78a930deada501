import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { FieldError } from '../../../contracts/field-errors.ts';
import type { AnyRouteContract } from '../../../contracts/route.ts';
import type { Answer, Call } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { queryClient } from '../api/queries.ts';
import { useLanguage } from '../language/language.tsx';
import { useDraft } from '../session/draft.ts';
import { Button } from './button.tsx';
import { focusFirstRefused, Refused } from './field.tsx';
import type { Bound } from './form.ts';
import { TurnedDown } from './turned-down.tsx';
import '../styles/money.css';

export type Fields = Readonly<Record<string, string>>;

/** What a form's fields need of it. Fields are named by the pointers of the body, unless a body is made otherwise. */
export interface Filling {
  readonly fields: Fields;
  readonly errors: readonly FieldError[];
  readonly set: (changes: Fields) => void;
  /** What a field of this name takes; `pointer` where the body calls it otherwise. */
  readonly bind: (name: string, pointer?: string) => Bound;
}

interface CommandFormProps<R extends AnyRouteContract> {
  readonly contract: R;
  /** What is typed is kept under this name until it was accepted. */
  readonly name: string;
  readonly initial: Fields;
  readonly call?: Pick<Call<R>, 'params' | 'version'>;
  readonly body: (fields: Fields) => object;
  /** What refuses the body that its contract alone does not, before anything is sent. */
  readonly check?: (body: object) => readonly FieldError[];
  readonly submit: string;
  /** What the person says to have checked before it can be sent. */
  readonly checked?: string;
  readonly look?: 'main' | 'quiet';
  readonly done?: (answer: Answer<R>) => void;
  /** Beside the button. */
  readonly aside?: ReactNode;
  readonly children?: (filling: Filling) => ReactNode;
}

/**
 * A command with its fields: refused by its contract before it is sent, sent once, and when it was refused nothing of
 * what was typed is lost. Once accepted, everything on the page is read anew.
 */
export function CommandForm<R extends AnyRouteContract>({
  contract,
  name,
  initial,
  call = {},
  body,
  check,
  submit,
  checked,
  look = 'main',
  done,
  aside,
  children,
}: CommandFormProps<R>) {
  const { strings } = useLanguage();
  const command = useCommand(contract);
  const [fields, setFields, forget] = useDraft<Fields>(name, initial);
  const [changed, setChanged] = useState<readonly string[]>([]);
  const [isChecked, setChecked] = useState(false);
  const [found, setFound] = useState<readonly FieldError[]>([]);
  const errors = (found.length > 0 ? found : (command.refusal?.errors ?? [])).filter(
    ({ pointer }) => !changed.includes(pointer),
  );
  const filling: Filling = {
    fields,
    errors,
    set: (changes) => {
      setFields({ ...fields, ...changes });
      setChanged([...changed, ...Object.keys(changes)]);
    },
    bind: (field, pointer = field) => ({
      pointer,
      errors,
      value: fields[field] ?? '',
      change: (value) => {
        setFields({ ...fields, [field]: value });
        setChanged([...changed, pointer]);
      },
    }),
  };
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setChanged([]);
    const whole = body(fields);
    const lacking = check?.(whole) ?? [];
    setFound(lacking);
    const refusal = lacking.length > 0 || (await command.submit({ ...call, body: whole as never }));
    if (refusal) focusFirstRefused(form);
  };
  // Only an answer says that nothing more is to be kept.
  const arrived = useRef<unknown>(undefined);
  useEffect(() => {
    const { answer } = command;
    if (answer === undefined || arrived.current === answer) return;
    arrived.current = answer;
    setChecked(false);
    forget();
    queryClient.invalidateQueries();
    done?.(answer);
  });
  return (
    <form className="form command-form" onSubmit={send} noValidate>
      <Refused errors={errors} />
      <TurnedDown cause={command.refusal?.cause} errors={errors} />
      {children?.(filling)}
      {checked && (
        <label className="check">
          <input type="checkbox" checked={isChecked} onChange={(event) => setChecked(event.target.checked)} />
          {checked}
        </label>
      )}
      <div className="form-actions">
        <Button type="submit" look={look} disabled={command.pending || (checked !== undefined && !isChecked)}>
          {command.pending ? strings.commands.sending : submit}
        </Button>
        {aside}
      </div>
    </form>
  );
}

/** The sentences that refused a part of the body that is no single field. */
export function PartRefused({ of, errors }: { readonly of: string; readonly errors: readonly FieldError[] }) {
  const { language } = useLanguage();
  const own = errors.filter(({ pointer }) => pointer === of);
  if (own.length === 0) return null;
  return (
    <p className="field-error part-refused" role="alert">
      {own.map((error) => (language === 'zh' ? error.detail : error.detailEn)).join(' ')}
    </p>
  );
}
