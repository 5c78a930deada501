import { ApiProblem } from '../api/failures.ts';
import { refresh } from '../api/refresh.ts';
import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';
import { Failure } from './states.tsx';

/** Another state or version than the person saw. */
const CHANGED_SINCE: readonly number[] = [409, 412];

/** Why a command was refused as a whole; when the thing has changed since it was read, how to see what it is now. */
export function TurnedDown({ cause }: { readonly cause: unknown }) {
  const { strings } = useLanguage();
  if (cause === undefined) return null;
  const since = cause instanceof ApiProblem && CHANGED_SINCE.includes(cause.problem.status);
  return (
    <>
      <Failure error={cause} />
      {since && (
        <p className="note turned-down">
          {strings.enterprise.kept}
          <Button look="quiet" onClick={() => refresh()}>
            {strings.enterprise.seeNow}
          </Button>
        </p>
      )}
    </>
  );
}
