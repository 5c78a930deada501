import { useRef, useState } from 'react';
import type * as z from 'zod';
import { type FieldError, readFields } from '../../../contracts/field-errors.ts';
import type { AnyRouteContract, RouteContract } from '../../../contracts/route.ts';
import { type Refusal, useCommand } from '../api/command.ts';
import { ApiProblem } from '../api/failures.ts';
import { useDraft } from '../session/draft.ts';

/** Where a refusal of the whole belongs to one field: code of the problem → pointer. */
export type Places = Readonly<Record<string, string>>;

/** What a field of a form takes. */
export interface Bound {
  readonly pointer: string;
  readonly errors: readonly FieldError[];
  readonly value: string;
  readonly change: (value: string) => void;
}

/**
 * A command and what is typed for it: kept in this tab until it was accepted, each refusal at its field until that field is
 * changed. Fields are named as in the body, unless `bind` is told a pointer.
 */
export function useForm<R extends AnyRouteContract, F extends Readonly<Record<string, string>>>(
  contract: R,
  draft: string,
  initial: F,
  places: Places = {},
) {
  const command = useCommand(contract);
  const [fields, keep, forget] = useDraft<F>(draft, initial);
  const [changed, setChanged] = useState<readonly string[]>([]);
  const underWay = useRef(false);
  const errors = errorsOf(command.refusal, places).filter(({ pointer }) => !changed.includes(pointer));
  const set = (changes: Partial<F>, pointers: readonly string[] = Object.keys(changes).map((name) => `/${name}`)) => {
    keep((now) => ({ ...now, ...changes }));
    setChanged((now) => [...now, ...pointers]);
  };
  return {
    fields,
    errors,
    pending: command.pending,
    answer: command.answer,
    /** What refused it as a whole, unless it was placed at a field. */
    cause: errorsOf(command.refusal, places).length > 0 ? undefined : command.refusal?.cause,
    set,
    forget,
    bind: (name: keyof F & string, pointer = `/${name}`): Bound => ({
      pointer,
      errors,
      value: fields[name] ?? '',
      change: (value) => set({ [name]: value } as Partial<F>, [pointer]),
    }),
    submit: async (options: Parameters<typeof command.submit>[0]): Promise<'accepted' | 'refused' | 'under way'> => {
      if (underWay.current) return 'under way';
      underWay.current = true;
      setChanged([]);
      try {
        return (await command.submit(options)) ? 'refused' : 'accepted';
      } finally {
        underWay.current = false;
      }
    },
  };
}

function errorsOf(refusal: Refusal | undefined, places: Places): readonly FieldError[] {
  if (!refusal) return [];
  const { cause, errors } = refusal;
  if (errors.length > 0 || !(cause instanceof ApiProblem)) return errors;
  const { code, detail, detailEn } = cause.problem;
  const pointer = places[code];
  return pointer === undefined ? [] : [{ pointer, code, detail, detailEn }];
}

/** Only what was filled in, as a body has it. */
export const filledIn = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([name, value]): [string, string] => [name, value.trim()])
      .filter(([, value]) => value !== ''),
  );

/** A body as its command would read it, before it is sent: for what is to be asked or computed first. */
export function readBody<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  { body, operation }: RouteContract<P, Q, B, A>,
  given: unknown,
) {
  if (!body) throw new Error(`${operation} takes nothing`);
  return readFields(body, given);
}
