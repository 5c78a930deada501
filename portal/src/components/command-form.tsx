import { type FormEvent, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { FieldError } from '../../../contracts/field-errors.ts';
import type { AnyRouteContract } from '../../../contracts/route.ts';
import type { Refusal } from '../api/command.ts';
import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';
import { Confirm } from './dialog.tsx';
import { focusFirstRefused, Refused, Sentences } from './field.tsx';
import type { Filling } from './filling.ts';
import { type FormOptions, useForm } from './form.ts';
import { TurnedDown } from './turned-down.tsx';
import '../styles/form.css';

/** What is asked before it is sent: what it is, and what follows from it. */
interface Question {
  readonly title: string;
  readonly consequences: readonly string[];
  /** What the button says, where it is not what the form's says. */
  readonly confirm?: string;
  readonly children?: ReactNode;
}

interface Look {
  readonly title?: string;
  readonly lead?: ReactNode;
  /** What the button says: the deed. */
  readonly submit: string;
  /** What it says while that is under way. */
  readonly sending?: string;
  readonly look?: 'main' | 'quiet';
  /** What the person says to have checked before it can be sent. */
  readonly checked?: string | undefined;
  readonly confirm?: Question | undefined;
  /** It changes what is stored, and says what of it is not saved yet. */
  readonly saves?: boolean;
  /** Beside the button. */
  readonly aside?: ReactNode;
  readonly className?: string;
}

interface FormProps extends Look {
  readonly of: {
    readonly refusal: Refusal | undefined;
    readonly refused: readonly FieldError[];
    readonly pending?: boolean;
    readonly isDirty?: boolean;
    readonly ready?: () => boolean;
    /** Whether it was accepted. */
    readonly submit: () => boolean | Promise<boolean>;
  };
  /** By which a key sends it (`requestSubmit`). */
  readonly element?: RefObject<HTMLFormElement | null>;
  /** Nothing can be sent now. */
  readonly closed?: boolean;
  readonly children?: ReactNode;
}

/**
 * A form as every page has it: its fields, what refused it, and its button. Refusals are said at their fields, what stands at
 * none above them; the first one has the cursor. What is under way is not sent again.
 */
export function Form({ of, title, lead, submit, look = 'main', checked, confirm, saves, aside, ...rest }: FormProps) {
  const { strings } = useLanguage();
  const { element, closed = false, className = '', sending = strings.commands.sending, children } = rest;
  const [isChecked, setChecked] = useState(false);
  const [asking, setAsking] = useState(false);
  const underWay = useRef(false);
  const own = useRef<HTMLFormElement>(null);
  const form = element ?? own;
  const { refusal, refused, pending = false } = of;
  const elsewhere = useElsewhere(form, refusal);
  // What refused fields is mended at them; what refused it as a whole may be tried again at once.
  const isAsking = asking && (refusal === undefined || refusal.errors.length === 0);
  const send = async () => {
    if (underWay.current) return;
    underWay.current = true;
    try {
      if (!(await of.submit())) return;
      setChecked(false);
      setAsking(false);
    } finally {
      underWay.current = false;
    }
  };
  const press = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (closed) return;
    if (confirm) setAsking(of.ready?.() ?? true);
    else send();
  };
  const whole = <TurnedDown cause={refusal?.cause} errors={refusal?.errors} read={() => setAsking(false)} />;
  return (
    <form ref={form} className={`form ${className}`} onSubmit={press} noValidate>
      {title && <h2>{title}</h2>}
      {lead && <p className="quiet">{lead}</p>}
      <Refused errors={refused} />
      {elsewhere.length > 0 && (
        <div className="form-elsewhere">
          {elsewhere.map((pointer) => (
            <PartRefused key={pointer} of={pointer} errors={refused} />
          ))}
        </div>
      )}
      {!isAsking && whole}
      {children}
      {checked && (
        <label className="check form-checked">
          <input type="checkbox" checked={isChecked} onChange={(event) => setChecked(event.target.checked)} />
          {checked}
        </label>
      )}
      <div className="form-actions">
        <Button type="submit" look={look} disabled={pending || closed || (checked !== undefined && !isChecked)}>
          {pending ? sending : submit}
        </Button>
        {aside}
        {saves && (
          <span className="quiet" role="status">
            {of.isDirty ? strings.commands.unsaved : ''}
          </span>
        )}
      </div>
      {isAsking && confirm && (
        <Confirm
          confirm={submit}
          {...confirm}
          pending={pending}
          refusal={refusal}
          act={send}
          close={() => setAsking(false)}
        />
      )}
    </form>
  );
}

/** Of what no field that is shown says why it was refused; once that is known, the first refusal is brought to the person. */
function useElsewhere(form: RefObject<HTMLFormElement | null>, refusal: Refusal | undefined): readonly string[] {
  const [elsewhere, setElsewhere] = useState<readonly string[]>([]);
  useLayoutEffect(() => {
    if (!form.current) return;
    const fields = form.current.querySelectorAll<HTMLElement>('[data-refused]:not(.form-elsewhere *)');
    const said = new Set([...fields].map(({ dataset }) => dataset.refused));
    const all = new Set(refusal?.errors.map(({ pointer }) => pointer));
    setElsewhere([...all].filter((pointer) => !said.has(pointer)));
    if (refusal) focusFirstRefused(form.current);
  }, [form, refusal]);
  return elsewhere;
}

export interface CommandFormProps<R extends AnyRouteContract> extends Look, Omit<FormOptions<R>, 'draft'> {
  readonly contract: R;
  /** What is typed is kept under this name until it was accepted; without one it is kept nowhere. */
  readonly name?: string;
  readonly children?: (filling: Filling) => ReactNode;
}

/** A command with its form, where nothing beside it needs to know what is typed. */
export const CommandForm = <R extends AnyRouteContract>(props: CommandFormProps<R>) => (
  <OneCommand key={props.name} {...props} />
);

function OneCommand<R extends AnyRouteContract>({ contract, name, children, ...rest }: CommandFormProps<R>) {
  const form = useForm(contract, { ...rest, draft: name });
  return (
    <Form of={form} {...rest}>
      {children?.(form)}
    </Form>
  );
}

/** The sentences that refused a part of the body that is no single field. */
export const PartRefused = ({ of, errors }: { readonly of: string; readonly errors: readonly FieldError[] }) => (
  <Sentences at={of} errors={errors} className="field-error part-refused" role="alert" />
);
