import type { ReactNode } from 'react';
import { minute } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { Badge } from './badge.tsx';
import { Who } from './who.tsx';
import '../styles/money.css';

/** One of the people that something has to go through. */
export interface Hand {
  /** What this one does: drafts, signs for a department, records, confirms. */
  readonly role: string;
  /** Who it was, by the subject of the sign-in, where the API tells it. */
  readonly who?: string | undefined;
  readonly at?: string | undefined;
  readonly state: 'done' | 'now' | 'later' | 'refused';
  /** By when it is expected, while it is this one's turn. */
  readonly limit?: ReactNode;
}

interface HandsProps {
  readonly title: string;
  readonly of: readonly Hand[];
  /** Subject of whoever looks. */
  readonly me?: string | undefined;
  /** What those who took part are called, by subject. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** What the one who looks may do now, or why nothing. */
  readonly say?: string | undefined;
}

/** Whose hands a decision has to go through, who it was, and whose turn it is: two people make it visible that they are two. */
export function Hands({ title, of, me, names, say }: HandsProps) {
  const { strings, language } = useLanguage();
  const text = strings.money.hands;
  return (
    <div className="hands">
      <ol aria-label={title}>
        {of.map(({ role, who, at, state, limit }) => (
          <li key={`${role} ${who ?? ''}`} className={`hand hand-${state}`}>
            <span className="hand-seal" aria-hidden="true">
              {state === 'done' ? '✓' : state === 'refused' ? '✕' : ''}
            </span>
            <div>
              <p className="hand-role">{role}</p>
              {(state === 'done' || state === 'refused') && who && (
                <p className="hand-name">
                  <Who sub={who} names={names} /> {who === me && <Badge tone="warm">{text.you}</Badge>}
                </p>
              )}
              <p className="quiet">
                {state === 'done' || state === 'refused'
                  ? at
                    ? minute(at, language)
                    : !who && text.done
                  : text[state]}
              </p>
              {state === 'now' && limit}
            </div>
          </li>
        ))}
      </ol>
      {say && <p className="hands-say">{say}</p>}
    </div>
  );
}
