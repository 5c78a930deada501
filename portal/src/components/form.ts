import { useEffect, useRef } from 'react';
import * as z from 'zod';
import { type FieldError, readFields } from '../../../contracts/field-errors.ts';
import type { AnyRouteContract, BodyOf } from '../../../contracts/route.ts';
import type { Answer, Call } from '../api/client.ts';
import { type Refusal, useCommand } from '../api/command.ts';
import { ApiProblem } from '../api/failures.ts';
import { refresh } from '../api/refresh.ts';
import { assemble, type Fields } from './fields.ts';
import { type FillingOptions, useFilling } from './filling.ts';

/** What goes with a command beside its body. */
type Address<R extends AnyRouteContract> = Pick<Call<R>, 'params' | 'version' | 'organisationId'>;

export interface FormOptions<R extends AnyRouteContract> extends FillingOptions {
  readonly call?: Address<R>;
  /** The body that the fields describe, where it is not what their pointers say (`given`). */
  readonly body?: (fields: Fields, given: Readonly<Record<string, unknown>>) => object;
  /** What the API would refuse of a body that its contract takes. */
  readonly check?: (body: BodyOf<R>) => readonly FieldError[];
  /** Where a refusal of the whole belongs to one field: code of the problem → pointer. */
  readonly places?: Readonly<Record<string, string>>;
  /** What is read anew once it was accepted; absent: everything that is shown. */
  readonly reads?: readonly AnyRouteContract[];
  /** Once the system refused it. */
  readonly refused?: () => unknown;
  /** Once it was accepted, if the person is still here. */
  readonly done?: ((answer: Answer<R>) => unknown) | undefined;
}

/**
 * A command and what is typed for it: refused by its contract before it is sent, sent once, and when it was refused nothing
 * of what was typed is lost. Once accepted, what it has changed is read anew.
 */
export function useForm<R extends AnyRouteContract>(contract: R, options: FormOptions<R> = {}) {
  const { call, check, places = {}, reads, done } = options;
  const { forget, ...filling } = useFilling(options);
  const { refuse } = filling;
  const command = useCommand(contract);
  const { answer } = command;
  const told = useRef<unknown>(undefined);
  useEffect(() => {
    if (answer === undefined || told.current === answer) return;
    told.current = answer;
    done?.(answer);
  });

  const bodyOf = (fields: Fields): object => {
    const given = assemble(fields);
    return options.body ? options.body(fields, given) : given;
  };
  const read = () => readFields(contract.body ?? anything, bodyOf(filling.fields));
  /** Whether it may be sent; what refuses it before stands at its fields then. */
  const ready = (): boolean => {
    const { errors: wrong, value } = read();
    const errors = wrong ?? check?.(value as BodyOf<R>) ?? [];
    refuse(errors.length > 0 ? { errors } : undefined);
    return errors.length === 0;
  };
  /** Sends it; whether it was accepted. `again`: where it goes by now. */
  const submit = async (again: Address<R> = {}): Promise<boolean> => {
    if (!ready()) return false;
    const refusal = await command.submit({ ...call, ...again, body: bodyOf(filling.fields) as never });
    refuse(refusal && placed(refusal, places));
    if (refusal) {
      options.refused?.();
      return false;
    }
    forget();
    if (reads?.length !== 0) refresh(...(reads ?? []));
    return true;
  };
  return {
    ...filling,
    pending: command.pending,
    answer,
    /** The body as the contract reads it, as soon as it does. */
    read: () => read().value as BodyOf<R> | undefined,
    ready,
    submit,
  };
}

/** For a command that takes nothing. */
const anything = z.unknown();

function placed({ errors, cause }: Refusal, places: Readonly<Record<string, string>>): Refusal {
  if (!(cause instanceof ApiProblem) || errors.length > 0) return { errors, cause };
  const { code, detail, detailEn } = cause.problem;
  const pointer = places[code];
  return pointer === undefined ? { errors, cause } : { errors: [{ pointer, code, detail, detailEn }] };
}
