import { useState } from 'react';
import type { AnyRouteContract } from '../../../contracts/route.ts';
import { refresh } from '../api/refresh.ts';
import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';
import { CommandForm, type CommandFormProps } from './command-form.tsx';
import { Consequences, Dialog } from './dialog.tsx';

interface CommandDialogProps<R extends AnyRouteContract>
  extends Omit<CommandFormProps<R>, 'aside' | 'confirm' | 'done'> {
  readonly title: string;
  /** What follows from it, sentence by sentence. */
  readonly consequences: readonly string[];
  readonly close: () => void;
}

/** A command that asks for its fields before the page goes on: what follows from it, what is to be said to it, the way back. */
export function CommandDialog<R extends AnyRouteContract>(props: CommandDialogProps<R>) {
  const { title, consequences, close, ...form } = props;
  const { strings } = useLanguage();
  // What refused it may have changed what the page shows.
  const back = () => {
    refresh();
    close();
  };
  return (
    <Dialog title={title} close={back}>
      <Consequences of={consequences} />
      <CommandForm
        {...form}
        done={close}
        aside={
          <Button look="quiet" onClick={back}>
            {strings.desk.cancel}
          </Button>
        }
      />
    </Dialog>
  );
}

/** The same behind a button that names it. */
export function AskedCommand<R extends AnyRouteContract>(props: Omit<CommandDialogProps<R>, 'close'>) {
  const [asked, setAsked] = useState(false);
  return (
    <div className="actions">
      <Button look="quiet" onClick={() => setAsked(true)}>
        {props.title}
      </Button>
      {asked && <CommandDialog {...props} close={() => setAsked(false)} />}
    </div>
  );
}
