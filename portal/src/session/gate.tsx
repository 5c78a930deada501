import { type ReactNode, useEffect } from 'react';
import { Button } from '../components/button.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Empty, Loading } from '../components/states.tsx';
import { useLanguage } from '../language/language.tsx';
import { mayOpen, type PageEntry } from '../routes.ts';
import { signIn, wasSignedIn } from './session.ts';
import { useRoles, useSession } from './use-session.ts';

/** Shows a page to whom the table lets see it. The API decides anew on everything that the page asks. */
export function Gate({ page, children }: { readonly page: PageEntry; readonly children: ReactNode }) {
  const { strings } = useLanguage();
  const session = useSession();
  const roles = useRoles();
  // A reload took the tokens: the issuer still knows the person and sends them right back.
  const comesBack = session.status === 'anonymous' && wasSignedIn();
  useEffect(() => {
    if (comesBack) signIn().catch(() => undefined);
  }, [comesBack]);

  if (comesBack) return <Loading />;
  if (session.status === 'anonymous') {
    return (
      <Empty title={strings.mine.signInFirst} text={strings.mine.signInText}>
        <Button onClick={() => signIn()}>{strings.shell.signIn}</Button>
      </Empty>
    );
  }
  if (page.access === 'signed-in') return children;
  if (!roles) return <Loading />;
  if (mayOpen(page, roles)) return children;
  return (
    <Empty title={strings.mine.forbidden} text={strings.mine.forbiddenText}>
      <PageLink to="/mine">{strings.pages.mine}</PageLink>
    </Empty>
  );
}
