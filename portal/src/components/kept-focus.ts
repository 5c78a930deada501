import { type RefObject, useEffect } from 'react';

/** So long a control may be closed, as while its command is under way, before the focus goes on without it. */
const PATIENCE_MS = 1000;

/** The browser gives the focus to the body when what had it is gone: then nothing has it. */
const nothing = (): boolean => document.activeElement === document.body;

/**
 * Whoever works by keyboard or listens never stands nowhere. When what has the focus goes away, as a form that was accepted does,
 * the focus goes to the nearest of what was around it; a control that is closed for a moment has it again once it is open.
 */
export function useKeptFocus(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: Element | undefined;
    /** What stood around it, from the inside out. */
    let around: readonly HTMLElement[] = [];
    let closed: HTMLElement | undefined;
    let stands: HTMLElement | undefined;

    // A press on nothing takes the focus from everything, and means it.
    const remember = () => {
      const at = nothing() ? undefined : (document.activeElement ?? undefined);
      if (at === last) return;
      last = at;
      around = at ? ancestorsOf(at) : [];
      if (at !== stands) closed = undefined;
    };
    const goOn = () => {
      const place = around.find(({ isConnected }) => isConnected) ?? main.current;
      if (!place || !nothing()) return;
      stands = place;
      if (!place.hasAttribute('tabindex')) {
        place.tabIndex = -1;
        place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
      }
      place.focus({ preventScroll: true });
    };
    const look = () => {
      if (closed && !closed.matches(':disabled')) {
        if (closed.isConnected && (nothing() || document.activeElement === stands))
          closed.focus({ preventScroll: true });
        closed = undefined;
      }
      if (last && !last.isConnected) goOn();
      else if (last instanceof HTMLElement && last !== closed && last.matches(':disabled')) {
        closed = last;
        setTimeout(goOn, PATIENCE_MS);
      }
    };
    const changes = new MutationObserver(look);
    changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    // Before anybody else: what a press does may take away what was pressed.
    addEventListener('focusin', remember, true);
    addEventListener('click', remember, true);
    return () => {
      changes.disconnect();
      removeEventListener('focusin', remember, true);
      removeEventListener('click', remember, true);
    };
  }, [main]);
}

function ancestorsOf(element: Element): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let one = element.parentElement; one && one !== document.body && one.id !== 'root'; one = one.parentElement)
    found.push(one);
  return found;
}
