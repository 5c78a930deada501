import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';
import { Badge } from './badge.tsx';
import '../styles/timeline.css';

/** A station of a matter on its way. */
export interface Station {
  readonly title: string;
  /** `done`: behind it; `now`: there it is; `ahead`: not yet; `stopped`: it ended there. */
  readonly state: 'done' | 'now' | 'ahead' | 'stopped';
  /** Who has it, or had it. */
  readonly who?: string | undefined;
  /** When it was done. */
  readonly when?: string | undefined;
  /** Until when, while it is there. */
  readonly until?: string | undefined;
  /** What there is to know or to do. */
  readonly note?: ReactNode;
}

/** Where a matter stands: every station with who has it and until when, drawn as a line and read as a list. */
export function Timeline({ label, stations }: { readonly label: string; readonly stations: readonly Station[] }) {
  const { strings } = useLanguage();
  const text = strings.enterprise.timeline;
  return (
    <ol className="timeline" aria-label={label}>
      {stations.map(({ title, state, who, when, until, note }) => (
        <li key={title} className={`station station-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
          <span className="station-mark" aria-hidden="true">
            {{ done: '✓', now: '●', ahead: '', stopped: '×' }[state]}
          </span>
          <div className="station-text">
            <p className="station-title">
              {title} {state === 'now' && <Badge tone="warm">{text.now}</Badge>}
              {state === 'stopped' && <Badge tone="bad">{text.stopped}</Badge>}
              {state === 'done' && <span className="visually-hidden">{text.done}</span>}
            </p>
            {who && <p className="quiet">{state === 'now' ? text.has(who) : who}</p>}
            {when && <p className="quiet figures">{when}</p>}
            {until && <p className="station-until">{text.until(until)}</p>}
            {note && <div className="station-note">{note}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
