import { useState } from 'react';
import type { FieldError } from '../../../contracts/field-errors.ts';
import type { Refusal } from '../api/command.ts';
import { useDraft } from '../session/draft.ts';
import type { Fields } from './fields.ts';

/** What a field of a form takes. */
export interface Bound {
  readonly pointer: string;
  readonly errors: readonly FieldError[];
  readonly value: string;
  readonly change: (value: string) => void;
}

/** What the fields of a form need of it. They are named by their pointers in the body; what is of the form alone has another name. */
export interface Filling {
  readonly fields: Fields;
  /** What refused each field, and what somebody said of it before. */
  readonly errors: readonly FieldError[];
  /** `about`: a part of which all that was said is out of date with it. */
  readonly set: (changes: Fields, about?: string) => void;
  /** What a field of this name takes; `pointer` where the body calls it otherwise. */
  readonly bind: (name: string, pointer?: string) => Bound;
}

export interface FillingOptions {
  /** What is typed is kept in this tab under this name until it was accepted; without one it is kept nowhere. */
  readonly draft?: string | undefined;
  /** Which fields are kept so; absent: all. */
  readonly keeps?: (field: string) => boolean;
  /** What the fields say before anything was typed. Of what was not typed, whatever is current by then is shown and sent. */
  readonly initial?: Fields;
  /** What somebody else said of fields before; each stands until its field is changed. */
  readonly remarks?: readonly FieldError[];
}

/** What is typed into a form, and what refused it: each at its field until that field is changed. */
export function useFilling({ draft, keeps = () => true, initial = {}, remarks = [] }: FillingOptions) {
  const [typed, keep, forget] = useDraft(draft, keeps);
  const [refusal, setRefusal] = useState<Refusal>();
  const [changed, setChanged] = useState<readonly string[]>([]);
  const fields: Fields = { ...initial, ...typed };
  const refused = (refusal?.errors ?? []).filter(({ pointer }) => !changed.some((one) => isAbout(one, pointer)));
  const errors = [...refused, ...remarks.filter(({ pointer }) => typed[pointer] === undefined)];
  const refuse = (next: Refusal | undefined) => {
    setRefusal(next);
    setChanged([]);
  };
  const touch = (...pointers: readonly string[]) => setChanged((now) => [...now, ...pointers]);
  const set = (changes: Fields, about?: string) => {
    keep(changes);
    touch(...Object.keys(changes), ...(about === undefined ? [] : [`${about}/*`]));
  };
  return {
    fields,
    errors,
    /** The last attempt, as it was refused. */
    refusal,
    /** What still holds of it. */
    refused,
    isDirty: Object.entries(typed).some(([name, value]) => value !== (initial[name] ?? '')),
    set,
    bind: (name: string, pointer = name): Bound => ({
      pointer,
      errors,
      value: fields[name] ?? '',
      change: (value) => {
        keep({ [name]: value });
        touch(pointer);
      },
    }),
    /** What was said of these fields is out of date. */
    touch,
    refuse,
    forget: () => {
      forget();
      refuse(undefined);
    },
  };
}

/** Whether a change of one field says that an error is out of date: one of the field, of a part it is in, or below `/part/*`. */
function isAbout(changed: string, pointer: string): boolean {
  if (changed.endsWith('/*')) return `${pointer}/`.startsWith(changed.slice(0, -1));
  return `${changed.replace(/#$/, '')}/`.startsWith(`${pointer}/`);
}
