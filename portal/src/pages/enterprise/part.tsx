import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/page.tsx';
import { useLanguage } from '../../language/language.tsx';

interface PartProps {
  readonly title: string;
  readonly lead: string;
  readonly open: boolean;
  /** Opens it; absent when it stands. */
  readonly edit?: (() => void) | undefined;
  /** What it says while it is closed. */
  readonly facts: readonly (readonly [string, ReactNode])[];
  readonly children: ReactNode;
}

/** A part of a form: open to be filled in, or closed with what it says. */
export function Part({ title, lead, open, edit, facts, children }: PartProps) {
  const { strings } = useLanguage();
  return (
    <section className="card part">
      <header className="part-head">
        <h2>{title}</h2>
        {!open && edit && (
          <Button look="quiet" onClick={edit} aria-label={strings.enterprise.changePart(title)}>
            {strings.enterprise.change}
          </Button>
        )}
      </header>
      {open ? (
        <div className="form">
          <p className="quiet">{lead}</p>
          {children}
        </div>
      ) : (
        <Facts of={facts} />
      )}
    </section>
  );
}
