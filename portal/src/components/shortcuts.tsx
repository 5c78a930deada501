import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** A key and what it does on this page. With `Ctrl+` also while something is typed; all others only when nothing is. */
export interface Shortcut {
  readonly key: string;
  readonly does: string;
  readonly act: () => void;
}

/** Whoever is disturbed by keys turns them off, in this browser for good. */
const KEPT = 'dengyun.shortcuts';
const areOn = (): boolean => localStorage.getItem(KEPT) !== 'off';
const WRITING = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]';

/** What the parts of the page that is open have said of their keys. */
const told = new Set<{ current: readonly Shortcut[] }>();

/** Keys of a part of a page. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const mine = useRef(shortcuts);
  useEffect(() => {
    mine.current = shortcuts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const found = pressed(event, mine.current);
      if (!found) return;
      event.preventDefault();
      found.act();
    };
    told.add(mine);
    addEventListener('keydown', press);
    return () => {
      told.delete(mine);
      removeEventListener('keydown', press);
    };
  }, []);
}

function pressed(event: KeyboardEvent, shortcuts: readonly Shortcut[]): Shortcut | undefined {
  if (!areOn() || event.defaultPrevented || event.altKey || document.querySelector('dialog[open]')) return undefined;
  const withControl = event.ctrlKey || event.metaKey;
  const writing = event.target instanceof Element && event.target.matches(WRITING);
  if (writing && !withControl) return undefined;
  const key = withControl ? `Ctrl+${event.key}` : event.key;
  return shortcuts.find((shortcut) => shortcut.key === key);
}

/** Says which keys there are, at `?` too. */
export function ShortcutHelp() {
  const { strings } = useLanguage();
  const text = strings.reviewer.shortcuts;
  const [shown, setShown] = useState<readonly Shortcut[]>();
  const [on, setOn] = useState(areOn);
  const show = () => setShown([...told].flatMap(({ current }) => current));
  useShortcuts([{ key: '?', does: text.help, act: show }]);
  const turn = (to: boolean) => {
    localStorage.setItem(KEPT, to ? 'on' : 'off');
    setOn(to);
  };
  return (
    <>
      <button type="button" className="link-button" onClick={show}>
        {text.title} <kbd>?</kbd>
      </button>
      {shown && (
        <Dialog title={text.title} close={() => setShown(undefined)}>
          <dl className="shortcuts">
            {shown.map(({ key, does }) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <p className="quiet">{text.hint}</p>
          <label className="check">
            <input type="checkbox" checked={on} onChange={(event) => turn(event.target.checked)} />
            {text.enabled}
          </label>
          <div className="dialog-actions">
            <Button onClick={() => setShown(undefined)}>{text.close}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
