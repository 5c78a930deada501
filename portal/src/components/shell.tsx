import { Outlet, useMatches } from '@tanstack/react-router';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useLanguage } from '../language/language.tsx';
import { mayOpen, pages } from '../routes.ts';
import { signIn, signOut } from '../session/session.ts';
import { useSession } from '../session/use-session.ts';
import { Button } from './button.tsx';
import { useKeptFocus } from './kept-focus.ts';
import { Menu } from './menu.tsx';
import { PageLink } from './page-link.tsx';

/** What stands around every page: name, menus, language, session; and what concerns all of them. */
export function Shell() {
  const { strings, language, speak } = useLanguage();
  const session = useSession();
  const main = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  const matched = useMatches().at(-1);
  const page = pages.find(({ path }) => path === matched?.fullPath.replace(/(.)\/$/, '$1'));
  const address = matched?.pathname ?? '/';
  const isPublic = !page || mayOpen(page, undefined);
  const title = strings.pages[page?.name ?? 'notFound'];

  useEffect(() => {
    document.title = page?.name === 'home' ? `${strings.site} · ${strings.siteLong}` : `${title} · ${strings.site}`;
  }, [page, title, strings]);
  useMoveTo(main, address, () => setOpen(false));
  useKeptFocus(main);

  return (
    <>
      <a className="skip" href="#main">
        {strings.shell.skip}
      </a>
      <header className="top">
        <div className="top-row wide">
          <PageLink to="/" className="brand">
            <svg viewBox="0 0 40 40" className="brand-seal" aria-hidden="true">
              <path d="M9.500 26.500h21a5.200 5.200 0 0 0 .6-10.400A8.600 8.600 0 0 0 15 13.800 6.600 6.600 0 0 0 9.500 26.500z" />
              <path className="brand-rise" d="M20 32V20.500M16 24.200l4-4 4 4" />
            </svg>
            <span className="brand-name">{strings.site}</span>
            <span className="brand-long">{strings.siteLong}</span>
          </PageLink>
          <div className="top-actions">
            <button
              type="button"
              className="link-button"
              lang={language === 'zh' ? 'en' : 'zh-CN'}
              onClick={() => speak(language === 'zh' ? 'en' : 'zh')}
            >
              {strings.shell.otherLanguage}
            </button>
            {session.status === 'signed-in' ? (
              <>
                <span className="person">{session.person.name}</span>
                <button type="button" className="link-button" onClick={() => signOut()}>
                  {strings.shell.signOut}
                </button>
              </>
            ) : (
              <Button
                className="sign-in"
                onClick={() => signIn(isPublic && session.status !== 'ended' ? '/mine' : undefined)}
              >
                {strings.shell.signIn}
              </Button>
            )}
            <button
              type="button"
              className="menu-button"
              aria-expanded={open}
              aria-controls="menu"
              onClick={() => setOpen(!open)}
            >
              {strings.shell.menu}
            </button>
          </div>
        </div>
        <div id="menu" className={open ? 'menus menus-open' : 'menus'}>
          <div className="wide menus-row">
            <Menu of="public" label={strings.shell.publicMenu} at={address} />
            <Menu of="work" label={strings.shell.workMenu} at={address} />
          </div>
        </div>
      </header>
      <Notices />
      <main id="main" ref={main} tabIndex={-1} className="wide">
        <Outlet />
      </main>
      <footer className="bottom">
        <div className="wide">
          <p>{strings.shell.footer}</p>
          <p className="quiet">
            {strings.shell.footerBasis}{' '}
            <a href="/openapi.json" className="bottom-link">
              {strings.shell.footerApi}
            </a>
          </p>
        </div>
      </footer>
    </>
  );
}

const onConnection = (listener: () => void) => {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
};

/** Above every page: that the connection is lost, or that the session has ended. */
function Notices() {
  const { strings } = useLanguage();
  const session = useSession();
  const online = useSyncExternalStore(onConnection, () => navigator.onLine);
  return (
    <div role="status">
      {!online && <p className="banner">{strings.shell.offline}</p>}
      {session.status === 'ended' && (
        <p className="banner">
          {strings.shell.ended}{' '}
          <button type="button" className="link-button" onClick={() => signIn()}>
            {strings.shell.signInAgain}
          </button>
        </p>
      )}
    </div>
  );
}

/** A new page is a new page for the keyboard and for those who listen, too. */
function useMoveTo(main: React.RefObject<HTMLElement | null>, address: string, arrived: () => void) {
  const before = useRef(address);
  useEffect(() => {
    if (before.current === address) return;
    before.current = address;
    arrived();
    main.current?.focus({ preventScroll: true });
  });
}
