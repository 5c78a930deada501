import type { FieldError } from '../../../contracts/field-errors.ts';
import { ApiProblem } from '../api/failures.ts';
import { refresh } from '../api/refresh.ts';
import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';
import { Failure } from './states.tsx';

/** Another state or version than the person saw, or gone. */
const CHANGED_SINCE: readonly number[] = [404, 409, 412];

interface TurnedDownProps {
  readonly cause: unknown;
  /** What stands at the fields: a sentence is said once. */
  readonly errors?: readonly FieldError[] | undefined;
  /** Once it was asked to read anew. */
  readonly read?: () => unknown;
}

/** Why a command was refused as a whole; when the thing has changed since it was read, how to see what it is now. */
export function TurnedDown({ cause, errors = [], read }: TurnedDownProps) {
  const { strings } = useLanguage();
  if (cause === undefined) return null;
  const problem = cause instanceof ApiProblem ? cause.problem : undefined;
  const isChanged = problem !== undefined && CHANGED_SINCE.includes(problem.status);
  const isSaid = isChanged ? errors.some(({ detail }) => detail === problem.detail) : errors.length > 0;
  return (
    <>
      {!isSaid && <Failure error={cause} />}
      {isChanged && (
        <p className="note turned-down">
          {strings.commands.kept}
          <Button
            look="quiet"
            onClick={() => {
              refresh();
              read?.();
            }}
          >
            {strings.commands.readAgain}
          </Button>
        </p>
      )}
    </>
  );
}
