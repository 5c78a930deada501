import type { ReactNode } from 'react';
import { useLanguage } from '../../language/language.tsx';

export interface Difference {
  readonly field: string;
  /** Absent where only the fact of the change is told. */
  readonly before?: ReactNode;
  readonly after: ReactNode;
}

/** What changed since the last version, old beside new. */
export function Differences({ of, children }: { readonly of: readonly Difference[]; readonly children?: ReactNode }) {
  const { strings } = useLanguage();
  const text = strings.reviewer.task;
  return (
    <section className="bench-part">
      <h2>{text.differences}</h2>
      {of.length === 0 ? (
        <p className="quiet">{text.differencesNone}</p>
      ) : (
        <dl className="differences">
          {of.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd>
                {before !== undefined && (
                  <del>
                    <span className="visually-hidden">{text.before}</span> {before}
                  </del>
                )}
                <ins>
                  <span className="visually-hidden">{text.after}</span> {after}
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </section>
  );
}
