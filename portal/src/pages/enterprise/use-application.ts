import { useState } from 'react';
import { type ApplicationDocument, missingEvidence } from '../../../../contracts/application.ts';
import { type FieldError, readFields } from '../../../../contracts/field-errors.ts';
import { registryRoutes } from '../../../../contracts/registry.ts';
import type { AnyRouteContract } from '../../../../contracts/route.ts';
import { type Answer, type Call, call } from '../../api/client.ts';
import type { Refusal } from '../../api/command.ts';
import { ApiProblem } from '../../api/failures.ts';
import { useIdempotencyKeys } from '../../api/idempotency-keys.ts';
import { refresh } from '../../api/refresh.ts';
import type { Organisation } from './certification-status.tsx';

/** The parts of an application that are to be sent; absent: it stands as it is stored. */
export interface ApplicationParts {
  readonly declaration?: Readonly<Record<string, string>>;
  readonly identity?: { readonly version: number; readonly fields: object };
  readonly documents: Partial<Record<ApplicationDocument, string>>;
}

/** Where the errors of a command stand in the form of the whole application. */
const placed = (errors: readonly FieldError[], base: string): FieldError[] =>
  errors.map((error) => ({ ...error, pointer: error.pointer === '' ? '' : `${base}${error.pointer}` }));

/**
 * Sends an application: what was declared, the contact's identity, then the application with its documents. Everything is
 * read by its contract before anything is sent. A part that was accepted is stored and is not sent again when a later one
 * was refused; an attempt that got no answer is repeated under its key.
 */
export function useApplication(organisation: Organisation) {
  const [pending, setPending] = useState(false);
  const keys = useIdempotencyKeys();
  const params = { organisationId: organisation.id };

  const attempt = async <R extends AnyRouteContract>(contract: R, options: Call<R>): Promise<Answer<R>> => {
    const key = keys.of(contract.operation, options.version, options.body);
    return call(contract, { ...options, key, organisationId: organisation.id });
  };

  const refusedBefore = ({ declaration, identity, documents }: ApplicationParts): FieldError[] => {
    const { correctOrganisation, putIdentity, submitCertification } = registryRoutes;
    const check = (contract: AnyRouteContract, body: unknown) => readFields(contract.body, body).errors ?? [];
    return [
      ...(declaration ? check(correctOrganisation, declaration) : []),
      ...(identity ? placed(check(putIdentity, identity.fields), '/identity') : []),
      ...check(submitCertification, { documents }),
      ...missingEvidence({ ...organisation, ...declaration }, documents),
    ];
  };

  const send = async ({ declaration, identity, documents }: ApplicationParts): Promise<void> => {
    let version = organisation.version;
    if (declaration) {
      const corrected = await attempt(registryRoutes.correctOrganisation, {
        params,
        version,
        body: declaration as never,
      });
      version = corrected.version;
      await refresh(registryRoutes.readOrganisation);
    }
    if (identity) {
      try {
        await attempt(registryRoutes.putIdentity, {
          params,
          version: identity.version,
          body: identity.fields as never,
        });
      } catch (cause) {
        throw cause instanceof ApiProblem && cause.problem.errors
          ? new ApiProblem({ ...cause.problem, errors: placed(cause.problem.errors, '/identity') })
          : cause;
      }
      await refresh(registryRoutes.readIdentity);
    }
    await attempt(registryRoutes.submitCertification, { params, version, body: { documents } as never });
  };

  /** The refusal, or nothing when it was accepted. */
  const submit = async (parts: ApplicationParts): Promise<Refusal | undefined> => {
    const errors = refusedBefore(parts);
    if (errors.length > 0) return { errors };
    setPending(true);
    try {
      await send(parts);
      return undefined;
    } catch (cause) {
      return { errors: cause instanceof ApiProblem ? (cause.problem.errors ?? []) : [], cause };
    } finally {
      setPending(false);
    }
  };

  return { pending, submit };
}
