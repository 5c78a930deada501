import { useLanguage } from '../language/language.tsx';
import { PageLink } from './page-link.tsx';
import { Empty } from './states.tsx';

export function NotFound() {
  const { strings } = useLanguage();
  return (
    <Empty title={strings.pages.notFound} text={strings.notFound.text}>
      <PageLink to="/" className="button button-quiet">
        {strings.notFound.home}
      </PageLink>
    </Empty>
  );
}
