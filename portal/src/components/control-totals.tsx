import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';
import '../styles/money.css';

export interface ControlTotal {
  readonly label: string;
  /** As the record states it, as people read it. */
  readonly stated: string;
  /** The same, added up from what is listed; absent where nothing is there to be added. */
  readonly counted?: string | undefined;
  /** What it means that both agree, where they are no lines. */
  readonly agrees?: string;
  readonly note?: ReactNode;
}

/** Figures that must agree with what they are figures of, beside what adding up gives. */
export function ControlTotals({ of }: { readonly of: readonly ControlTotal[] }) {
  const { strings } = useLanguage();
  const text = strings.money.totals;
  return (
    <dl className="control-totals">
      {of.map(({ label, stated, counted, agrees = text.agrees, note }) => (
        <div key={label} className={counted !== undefined && counted !== stated ? 'total-differs' : undefined}>
          <dt>{label}</dt>
          <dd>
            <span className="figures">{stated}</span>
            {counted !== undefined && (
              <small>{counted === stated ? `✓ ${agrees}` : `✕ ${text.differs(counted)}`}</small>
            )}
            {note && <small className="total-note">{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
