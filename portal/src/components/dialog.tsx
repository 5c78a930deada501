import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import type { Refusal } from '../api/command.ts';
import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';
import { TurnedDown } from './turned-down.tsx';
import '../styles/dialog.css';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Escape, or a button of the dialog. */
  readonly close: () => void;
}

/** Something that must be read or answered before the page goes on; the browser keeps the focus inside and gives it back. */
export function Dialog({ title, children, close }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Closed while it is still on the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}

/** What follows from something, sentence by sentence. */
export const Consequences = ({ of }: { readonly of: readonly string[] }) =>
  of.length > 0 && (
    <ul className="consequences">
      {of.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );

interface ConfirmProps {
  readonly title: string;
  readonly consequences: readonly string[];
  /** What the button says: the deed, not "OK". */
  readonly confirm: string;
  readonly pending: boolean;
  readonly refusal?: Refusal | undefined;
  readonly act: () => void;
  readonly close: () => void;
  /** What is decided, once more. */
  readonly children?: ReactNode;
}

/** A decision before it is taken: what it is, what follows from it, and what refused it. */
export function Confirm({ title, consequences, confirm, pending, refusal, act, close, children }: ConfirmProps) {
  const { strings } = useLanguage();
  return (
    <Dialog title={title} close={close}>
      {children}
      <Consequences of={consequences} />
      <TurnedDown cause={refusal?.cause} errors={refusal?.errors} read={close} />
      <div className="dialog-actions">
        <Button autoFocus disabled={pending} onClick={act}>
          {pending ? strings.states.loading : confirm}
        </Button>
        <Button look="quiet" disabled={pending} onClick={close}>
          {strings.documents.back}
        </Button>
      </div>
    </Dialog>
  );
}
