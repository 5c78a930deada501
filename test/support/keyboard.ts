import type { FileChooser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What has the focus, and why a person could not tell, if so. */
interface Focus {
  readonly name: string;
  readonly trouble?: string;
}

/** Nothing on the way to a control is farther than this, with a page's menus before it. */
const MOST_TABS = 80;

/**
 * Looks at what has the focus: whether anything has, and whether a person sees which it is. It is drawn with an outline of its
 * own or by the label that stands for it, has a size, lies in the window, and nothing lies over it.
 */
const LOOK = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return { name: '', trouble: 'nothing has the focus' };
  const name = (at.getAttribute('aria-label') || at.textContent || at.getAttribute('name') || at.tagName).trim().slice(0, 40);
  const drawn = [at, at.closest('label')].filter((one) => {
    if (!one) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const { width, height } = one.getBoundingClientRect();
    const thick = outlineStyle === 'auto' || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
    return thick && width > 4 && height > 4;
  });
  if (drawn.length === 0) return { name, trouble: 'its focus is not drawn' };
  const seen = drawn.some((one) => [...one.getClientRects()].some((box) => {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 4 || bottom - top < 4) return false;
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return there !== null && (one.contains(there) || there.contains(one));
  }));
  return seen ? { name } : { name, trouble: 'it is out of sight' };
})()`;

/** What is asked of an element in the browser. */
interface Element {
  readonly type?: string;
  readonly name?: string;
  readonly ownerDocument: { readonly activeElement: unknown };
}

/** Whether a control has the focus: itself, or another of its radio group, from where arrows lead to it. */
const hasFocus = (control: Locator, group: boolean): Promise<boolean> =>
  control.evaluate((one: Element, group) => {
    const at = one.ownerDocument.activeElement as Element | null;
    return at === one || (group && one.type === 'radio' && at?.type === 'radio' && at.name === one.name);
  }, group);

/**
 * Somebody at a page with a keyboard and nothing else. Whatever has the focus on the way to a control must be seen to have it,
 * and after a key was pressed something must still have it.
 */
export class Keyboard {
  readonly page: Page;
  /** Tabs pressed so far. */
  tabs = 0;

  private onFileChooser: (chooser: FileChooser) => unknown = () => undefined;

  constructor(page: Page) {
    this.page = page;
    // From the beginning: whoever asks for it with the key that opens it may be late.
    page.on('filechooser', (chooser) => this.onFileChooser(chooser));
  }

  /** Tabs until a control has the focus, `back` against the order of the page. */
  async reach(control: Locator, { back = false, group = false } = {}): Promise<void> {
    await control.waitFor({ state: 'attached' });
    // What can't be used yet is seen to be so: a person waits.
    await expect.poll(() => control.isEnabled()).toBe(true);
    await this.expectHeld();
    const way: string[] = [];
    while (!(await hasFocus(control, group))) {
      if (way.length >= MOST_TABS)
        throw new Error(`${control} is not reached by ${MOST_TABS} tabs: ${way.join(' → ')}`);
      await this.page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
      this.tabs += 1;
      const { name, trouble } = await this.look();
      if (trouble) throw new Error(`on the way to ${control}, at “${name}”: ${trouble}; ${way.join(' → ')}`);
      way.push(name);
    }
  }

  /** Presses a button or follows a link. */
  async press(control: Locator, options: { back?: boolean } = {}): Promise<void> {
    await this.reach(control, options);
    await this.page.keyboard.press('Enter');
  }

  /** Types into a field, over what stands in it. */
  async type(field: Locator, text: string): Promise<void> {
    await this.reach(field);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }

  /** Ticks a box. */
  async tick(box: Locator): Promise<void> {
    await this.reach(box);
    await this.page.keyboard.press('Space');
  }

  /** Chooses one of a radio group with the arrows. */
  async pick(radio: Locator): Promise<void> {
    await this.reach(radio, { group: true });
    for (let moves = 0; !(await hasFocus(radio, false)); moves += 1) {
      if (moves > 9) throw new Error(`arrows do not lead to ${radio}`);
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Space');
  }

  /** Types a day into a date field, part by part, as the browser's language orders them. */
  async typeDay(field: Locator, day: string): Promise<void> {
    const [year, month, date] = day.split('-');
    await this.reach(field);
    await this.page.keyboard.type(`${month}${date}${year}`);
  }

  /** Opens the browser's own choice of files, and chooses one. */
  async choose(field: Locator, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.reach(field);
    const chosen = new Promise<void>((resolve, reject) => {
      this.onFileChooser = (chooser) => chooser.setFiles(file).then(resolve, reject);
    });
    await this.page.keyboard.press('Enter');
    await chosen;
  }

  /** Whether a control has the focus. */
  readonly isAt = (control: Locator): Promise<boolean> => hasFocus(control, false);

  /** Something has the focus, unless the page is as it was loaded. */
  async expectHeld(): Promise<void> {
    const { trouble } = await this.look();
    const untouched = await this.page.evaluate('window.reached ? false : (window.reached = true)');
    if (trouble === 'nothing has the focus' && !untouched) throw new Error(`${trouble} any more`);
  }

  private look(): Promise<Focus> {
    return this.page.evaluate<Focus>(LOOK);
  }
}
