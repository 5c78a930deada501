import type { ReactNode } from 'react';
import { ApiProblem, NotUnderstood, SessionEnded } from '../api/failures.ts';
import { useLanguage } from '../language/language.tsx';
import { signIn } from '../session/session.ts';
import { Button } from './button.tsx';

export function Loading() {
  const { strings } = useLanguage();
  return (
    <div className="loading" role="status">
      <span className="loading-bar" aria-hidden="true" />
      {strings.states.loading}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}

/** There is nothing to show: why, and what to do next. */
export const Empty = ({ title, text, children }: EmptyProps) => (
  <div className="empty">
    <svg className="empty-cloud" viewBox="0 0 64 40" aria-hidden="true">
      <path d="M14 33h36a10 10 0 0 0 1-19.900A16 16 0 0 0 21 10.500 11.500 11.500 0 0 0 14 33z" />
    </svg>
    <p className="empty-title">{title}</p>
    {text && <p className="empty-text">{text}</p>}
    {children && <div className="empty-actions">{children}</div>}
  </div>
);

/** What went wrong, in the API's own sentence where it gave one, and what can be done about it. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const { strings } = useLanguage();
  return (
    <div className="failure" role="alert">
      <p>
        <FailureSentence error={error} />
      </p>
      {error instanceof NotUnderstood ? (
        <Button look="quiet" onClick={() => location.reload()}>
          {strings.states.reload}
        </Button>
      ) : error instanceof SessionEnded ? (
        <Button look="quiet" onClick={() => signIn()}>
          {strings.shell.signInAgain}
        </Button>
      ) : (
        retry && (
          <Button look="quiet" onClick={() => retry()}>
            {strings.states.retry}
          </Button>
        )
      )}
    </div>
  );
}

export function FailureSentence({ error }: { readonly error: unknown }) {
  const { strings, language } = useLanguage();
  if (error instanceof ApiProblem) {
    const { detail, detailEn, clause, requestId } = error.problem;
    return (
      <>
        {language === 'zh' ? detail : detailEn} {clause && <Clause clause={clause} />}{' '}
        <small className="quiet">
          {strings.states.requestId} <code>{requestId}</code>
        </small>
      </>
    );
  }
  if (error instanceof SessionEnded) return strings.states.sessionEnded;
  if (error instanceof NotUnderstood) return strings.states.notUnderstood;
  return strings.states.unreachable;
}

/** The clause of the notice behind a rule or figure. */
export function Clause({ clause }: { readonly clause: string }) {
  const { strings } = useLanguage();
  return (
    <span className="clause" title={strings.states.clause(clause)}>
      {clause}
    </span>
  );
}

interface Listing {
  readonly data: unknown;
  readonly items: readonly unknown[];
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

/** What a list shows but its items: that it failed, that it is on its way, or that there is nothing, as `children` say it. */
export const ListStates = ({ of, children }: { readonly of: Listing; readonly children: ReactNode }) => (
  <>
    {Boolean(of.error) && <Failure error={of.error} retry={of.refetch} />}
    {of.isPending && <Loading />}
    {of.data !== undefined && of.items.length === 0 && children}
  </>
);

interface Reading<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** A read on its way, failed, or here. */
export function Read<T>({ of, children }: { readonly of: Reading<T>; readonly children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <Failure error={of.error} retry={of.refetch} />;
  return <Loading />;
}
