import type { FieldError } from '../../../contracts/field-errors.ts';
import { ApiProblem } from '../api/failures.ts';
import { refresh } from '../api/refresh.ts';
import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';
import { Failure } from './states.tsx';

/** Another state or version than the person saw. */
const CHANGED_SINCE: readonly number[] = [409, 412];

interface TurnedDownProps {
  readonly cause: unknown;
  /** What stands at the fields: a sentence is said once. */
  readonly errors?: readonly FieldError[];
}

/** Why a command was refused as a whole; when the thing has changed since it was read, how to see what it is now. */
export function TurnedDown({ cause, errors = [] }: TurnedDownProps) {
  const { strings } = useLanguage();
  if (cause === undefined) return null;
  const problem = cause instanceof ApiProblem ? cause.problem : undefined;
  const isSaid = errors.some(({ detail }) => detail === problem?.detail);
  return (
    <>
      {!isSaid && <Failure error={cause} />}
      {problem && CHANGED_SINCE.includes(problem.status) && (
        <p className="note turned-down">
          {strings.commands.kept}
          <Button look="quiet" onClick={() => refresh()}>
            {strings.commands.readAgain}
          </Button>
        </p>
      )}
    </>
  );
}
