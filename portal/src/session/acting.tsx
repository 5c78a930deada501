import { type ReactNode, useState } from 'react';
import { registryRoutes } from '../../../contracts/registry.ts';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/queries.ts';
import { PageLink } from '../components/page-link.tsx';
import { Empty, Read } from '../components/states.tsx';
import { useLanguage } from '../language/language.tsx';
import { useMemberships } from './use-session.ts';
import '../styles/enterprise.css';

export type Kind = Answer<typeof registryRoutes.readMemberships>['items'][number]['kind'];

const key = (kind: Kind) => `dengyun.acting.${kind}`;

interface ActingProps {
  readonly kind: Kind;
  readonly children: (organisationId: string) => ReactNode;
}

/** A page for one organisation of a kind: the person's only one, or the one that is chosen here and kept for this tab. */
export function Acting({ kind, children }: ActingProps) {
  const { strings } = useLanguage();
  const memberships = useMemberships();
  const [chosen, setChosen] = useState(() => sessionStorage.getItem(key(kind)));
  const choose = (id: string) => {
    sessionStorage.setItem(key(kind), id);
    setChosen(id);
  };
  return (
    <Read of={memberships}>
      {({ items }) => {
        const own = items.filter((membership) => membership.kind === kind).map(({ organisationId }) => organisationId);
        const id = own.find((one) => one === chosen) ?? own[0];
        if (id === undefined)
          return (
            <Empty title={strings.mine.none} text={strings.mine.noneText}>
              <PageLink to="/mine/new" className="button button-main">
                {strings.enterprise.registerFirst}
              </PageLink>
            </Empty>
          );
        return (
          <>
            {own.length > 1 && (
              <nav className="acting" aria-label={strings.enterprise.actingFor}>
                {own.map((one) => (
                  <button key={one} type="button" aria-pressed={one === id} onClick={() => choose(one)}>
                    <OrganisationName id={one} />
                  </button>
                ))}
              </nav>
            )}
            <div key={id}>{children(id)}</div>
          </>
        );
      }}
    </Read>
  );
}

function OrganisationName({ id }: { readonly id: string }) {
  const organisation = useRead(registryRoutes.readOrganisation, { params: { organisationId: id }, organisationId: id });
  return organisation.data?.name ?? '…';
}
