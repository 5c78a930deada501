import type { ReactNode } from 'react';

/** A state in a word; the word says it, the colour only repeats it. */
export const Badge = ({
  tone = 'calm',
  children,
}: {
  readonly tone?: 'calm' | 'good' | 'warm' | 'bad';
  readonly children: ReactNode;
}) => <span className={`badge badge-${tone}`}>{children}</span>;
