import type { ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  readonly lead?: string;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its heading. */
export const Page = ({ title, lead, aside, children }: PageProps) => (
  <article className="page">
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
      </div>
      {aside && <div className="page-aside">{aside}</div>}
    </header>
    {children}
  </article>
);

interface SectionProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

export const Section = ({ title, lead, children }: SectionProps) => (
  <section className="section">
    <h2>{title}</h2>
    {lead && <p className="section-lead">{lead}</p>}
    {children}
  </section>
);

/** Terms and what they are: figures of one thing. */
export const Facts = ({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="facts">
    {of.map(([term, value]) => (
      <div key={term}>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
