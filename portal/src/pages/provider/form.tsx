import { type ReactNode, useState } from 'react';
import { type FieldError, readFields } from '../../../../contracts/field-errors.ts';
import type { AnyRouteContract, BodyOf } from '../../../../contracts/route.ts';
import type { Call } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { Refused } from '../../components/field.tsx';
import type { Bound } from '../../components/form.ts';
import { TurnedDown } from '../../components/turned-down.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useDraft } from '../../session/draft.ts';
import type { Fields } from './pointers.ts';

export type Bind = (pointer: string) => Bound;

/**
 * A command and the fields of its body by their pointers: kept in this tab until it was accepted, each refusal at its field
 * until that is changed. `remarks`: what somebody else said of the fields before.
 */
export function usePartedForm<R extends AnyRouteContract>(
  contract: R,
  draft: string,
  initial: Fields,
  remarks: readonly FieldError[] = [],
) {
  const command = useCommand(contract);
  // Only what was typed is kept: of the rest, whatever is current by then is shown and sent.
  const [typed, keep, forget] = useDraft<Fields>(draft, {});
  const fields = { ...initial, ...typed };
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const [found, setFound] = useState<readonly FieldError[]>([]);
  const refused = found.length > 0 ? found : (command.refusal?.errors ?? []);
  const errors = [...refused, ...remarks].filter(({ pointer }) => !changed.has(pointer));
  const touch = (...pointers: readonly string[]) => setChanged((before) => new Set([...before, ...pointers]));
  const set = (changes: Fields) => {
    // Files arrive while people go on typing: what arrives is put among what is there then.
    keep((now) => ({ ...now, ...changes }));
    touch(...Object.keys(changes));
  };
  return {
    fields,
    errors,
    /** Of the last attempt alone. */
    refused: refused.filter(({ pointer }) => !changed.has(pointer)),
    cause: refused.length > 0 ? undefined : command.refusal?.cause,
    pending: command.pending,
    answer: command.answer,
    isDirty: Object.entries(typed).some(([pointer, value]) => value !== (initial[pointer] ?? '')),
    set,
    /** What was said of these fields is out of date. */
    touch,
    bind: (pointer: string): Bound => ({
      pointer,
      errors,
      value: fields[pointer] ?? '',
      change: (value) => set({ [pointer]: value }),
    }),
    forget,
    /** `check`: what the API would refuse of a body that its contract takes. */
    submit: async (
      options: Omit<Call<R>, 'key' | 'signal'>,
      check: (body: BodyOf<R>) => readonly FieldError[] = () => [],
    ): Promise<'accepted' | 'refused' | 'under way'> => {
      if (command.pending) return 'under way';
      setChanged(new Set());
      const read = contract.body && readFields(contract.body, options.body ?? {});
      const wrong = read?.errors ? [] : check(read?.value as BodyOf<R>);
      setFound(wrong);
      if (wrong.length > 0) return 'refused';
      return (await command.submit(options)) ? 'refused' : 'accepted';
    },
  };
}

interface RefusalProps {
  readonly of: { readonly refused: readonly FieldError[]; readonly cause: unknown };
  /** Whether a pointer has a field that shows its sentence. */
  readonly shown?: (pointer: string) => boolean;
}

/** Above a form: how many fields were refused, what was refused of no field, and what refused it as a whole. */
export function FormRefusal({ of: { refused, cause }, shown = () => true }: RefusalProps) {
  const { language } = useLanguage();
  const elsewhere = refused.filter(({ pointer }) => !shown(pointer));
  return (
    <>
      <Refused errors={refused} />
      {elsewhere.map(({ pointer, detail, detailEn }) => (
        <p key={`${pointer} ${detail}`} className="field-error" role="alert">
          {language === 'zh' ? detail : detailEn}
        </p>
      ))}
      <TurnedDown cause={cause} />
    </>
  );
}

/** A part of a form with its name. */
export const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <fieldset className="form-part">
    <legend>{title}</legend>
    {children}
  </fieldset>
);
