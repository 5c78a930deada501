import { useEffect, useId, useRef, useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import { type MenuGroup, mayOpen, type PageEntry, pages } from '../routes.ts';
import { useRoles, useSession } from '../session/use-session.ts';
import { PageLink } from './page-link.tsx';

/** As many pages stand in a line beside each other, in either language. */
const MOST_IN_A_LINE = 8;

interface MenuProps {
  readonly of: 'public' | 'work';
  readonly label: string;
  /** The path of the page that is open. */
  readonly at: string;
}

/** The pages of a menu that this person may see; of more than fit in a line, those of a group stand below its name. */
export function Menu({ of, label, at }: MenuProps) {
  const session = useSession();
  const roles = useRoles();
  const shown = pages.filter(
    (page) => page.menu === of && mayOpen(page, session.status === 'anonymous' ? undefined : (roles ?? [])),
  );
  if (shown.length === 0) return null;
  const inLine = shown.length <= MOST_IN_A_LINE;
  const alone = inLine ? shown : shown.filter(({ group }) => group === undefined);
  const groups = inLine ? [] : [...new Set(shown.flatMap(({ group }) => group ?? []))];
  return (
    <nav aria-label={label} className={`menu menu-${of}`}>
      <Links of={alone} />
      {groups.map((group) => (
        <Group key={group} group={group} of={shown.filter((page) => page.group === group)} at={at} />
      ))}
    </nav>
  );
}

function Links({ of }: { readonly of: readonly PageEntry[] }) {
  const { strings } = useLanguage();
  return of.map(({ path, name }) => (
    <PageLink key={path} to={path} activeProps={{ 'aria-current': 'page' }}>
      {strings.pages[name]}
    </PageLink>
  ));
}

interface GroupProps {
  readonly group: MenuGroup;
  readonly of: readonly PageEntry[];
  readonly at: string;
}

/** Open until one leaves it, follows a link of it, or presses Escape. */
function Group({ group, of, at }: GroupProps) {
  const { strings } = useLanguage();
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    const leave = ({ target }: Event) => {
      if (!(target instanceof Node && whole.current?.contains(target))) setOpen(false);
    };
    const putAway = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    addEventListener('focusin', leave);
    addEventListener('pointerdown', leave);
    addEventListener('keydown', putAway);
    return () => {
      removeEventListener('focusin', leave);
      removeEventListener('pointerdown', leave);
      removeEventListener('keydown', putAway);
    };
  }, [open]);
  const isHere = of.some(({ path }) => at === path || at.startsWith(`${path}/`));
  return (
    <div ref={whole} className="menu-group">
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls={id}
        aria-current={isHere || undefined}
        onClick={() => setOpen(!open)}
      >
        {strings.shell.groups[group]}
        <svg viewBox="0 0 14 14" aria-hidden="true">
          <path d="M2.500 5l4.500 4.500L11.500 5" />
        </svg>
      </button>
      <div id={id} className="menu-pages" hidden={!open}>
        <Links of={of} />
      </div>
    </div>
  );
}
