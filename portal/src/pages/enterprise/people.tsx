import { registryRoutes } from '../../../../contracts/registry.ts';
import { useList, useRead } from '../../api/queries.ts';
import { More } from '../../components/more.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { Failure, Loading, Read } from '../../components/states.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { useMemberships } from '../../session/use-session.ts';
import { AddMember } from './add-member.tsx';
import { identityFacts } from './identity-fields.tsx';
import { Members } from './members.tsx';
import { TrailOf } from './trail.tsx';
import { useIdentity } from './use-identity.ts';
import '../../styles/enterprise.css';

/** The people of an organisation and their rights, and its identity data as it is shown: masked, with who looked at it. */
export default function People() {
  const { strings } = useLanguage();
  const { organisationId = '' } = useAddress();
  const organisation = useRead(registryRoutes.readOrganisation, { params: { organisationId }, organisationId });
  const memberships = useMemberships();
  const text = strings.enterprise.people;
  const list = useList(registryRoutes.listMembers, { params: { organisationId }, organisationId });
  return (
    <Read of={organisation}>
      {({ name }) => {
        const mine = memberships.data?.items.find((one) => one.organisationId === organisationId);
        const isOwner = mine?.role === 'owner';
        return (
          <Page title={strings.pages.people} lead={name}>
            <Section title={text.members} lead={text.lead}>
              {list.error && <Failure error={list.error} retry={list.refetch} />}
              {list.isPending && <Loading />}
              <Members organisationId={organisationId} members={list.items} isOwner={isOwner} />
              <More list={list} />
              {!isOwner && <p className="quiet">{text.ownersOnly}</p>}
            </Section>
            {isOwner && <AddMember organisationId={organisationId} />}
            <Identity organisationId={organisationId} />
            <TrailOf
              title={text.identityTrail}
              contract={registryRoutes.readIdentityTrail}
              params={{ organisationId }}
              organisationId={organisationId}
            />
          </Page>
        );
      }}
    </Read>
  );
}

/** What the system shows of the identity data: masked. */
function Identity({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.enterprise.people;
  const labels = strings.enterprise.certification;
  const identity = useIdentity(organisationId);
  return (
    <Section title={text.identity} lead={text.identityLead}>
      <Read of={identity}>
        {(given) =>
          given ? (
            <div className="card">
              <Facts of={identityFacts(given, labels)} />
            </div>
          ) : (
            <p className="card quiet">{text.identityNone}</p>
          )
        }
      </Read>
    </Section>
  );
}
