import { registryRoutes } from '../../../../contracts/registry.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { day } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useMemberships, useSession } from '../../session/use-session.ts';
import { CertificationStatus, type Organisation } from './certification-status.tsx';
import { deedsOf } from './organisation-deeds.ts';
import { ReasonText } from './reasons.tsx';
import { statusTones } from './status-tones.ts';
import '../../styles/enterprise.css';

/** Who I am here, which organisations I act for, where each stands, and what there is to do for it. */
export default function Mine() {
  const { strings } = useLanguage();
  const session = useSession();
  const text = strings.mine;
  if (session.status === 'anonymous') return null;
  const { person } = session;
  return <Page title={text.greeting(person.name)}>{person.roles.length > 0 ? <Staff /> : <Organisations />}</Page>;
}

function Staff() {
  const { strings } = useLanguage();
  const names = useNames();
  const session = useSession();
  if (session.status === 'anonymous') return null;
  const { roles, jurisdiction } = session.person;
  return (
    <Section title={strings.mine.staff}>
      <p className="card">
        {roles.map((role) => strings.mine.staffRoles[role]).join('、')}
        {jurisdiction && ` · ${names.jurisdictionOr(jurisdiction)}`}
      </p>
    </Section>
  );
}

function Organisations() {
  const { strings } = useLanguage();
  const memberships = useMemberships();
  const text = strings.mine;
  const home = strings.enterprise.home;
  return (
    <Read of={memberships}>
      {({ items }) => (
        <>
          {items.length === 0 ? (
            <Empty title={text.none} text={text.noneText}>
              <span className="empty-choices">
                <PageLink to="/mine/new" className="button button-main">
                  {home.registerFirst}
                </PageLink>
                <PageLink to="/check" className="button button-quiet">
                  {text.checkFirst}
                </PageLink>
              </span>
            </Empty>
          ) : (
            <Section title={text.organisations}>
              {items.map(({ organisationId, role }) => (
                <OrganisationCard key={organisationId} id={organisationId} role={text.roles[role]} />
              ))}
              <PageLink to="/mine/new">{home.register}</PageLink>
            </Section>
          )}
          <OwnAccount />
        </>
      )}
    </Read>
  );
}

/** By which an owner adds this person to another organisation. */
function OwnAccount() {
  const { strings } = useLanguage();
  const session = useSession();
  const text = strings.enterprise.people;
  if (session.status === 'anonymous') return null;
  return (
    <p className="quiet">
      {text.yourAccount} <span className="code">{session.person.sub}</span> · {text.yourAccountHint}
    </p>
  );
}

function OrganisationCard({ id, role }: { readonly id: string; readonly role: string }) {
  const { strings, language, pick } = useLanguage();
  const text = strings.mine;
  const organisation = useRead(registryRoutes.readOrganisation, { params: { organisationId: id }, organisationId: id });
  return (
    <Read of={organisation}>
      {(data) => (
        <section className="card organisation">
          <h3>
            {data.name} <Badge tone={statusTones[data.status]}>{text.statuses[data.status]}</Badge>
          </h3>
          <p className="quiet">
            {text.kinds[data.kind]} · {role}
          </p>
          {data.status !== 'certified' && <Progress organisation={data} />}
          <Facts
            of={[
              [
                text.uscc,
                <span key="uscc" className="code">
                  {data.uscc}
                </span>,
              ],
              [text.place, pick(data.jurisdictionName)],
              [text.address, data.address],
              ...(data.recordNumber ? [[text.record, data.recordNumber] as const] : []),
              ...(data.certifiedAt ? [[text.since, day(data.certifiedAt, language)] as const] : []),
            ]}
          />
          <Deeds organisation={data} />
        </section>
      )}
    </Read>
  );
}

/** Where the application is, and why it came back. */
function Progress({ organisation }: { readonly organisation: Organisation }) {
  const { strings } = useLanguage();
  const { id: organisationId, certificationId = '' } = organisation;
  const latest = useRead(
    registryRoutes.readCertification,
    { params: { certificationId }, organisationId },
    certificationId !== '',
  );
  if (certificationId === '') return <CertificationStatus organisation={organisation} latest={undefined} />;
  return (
    <Read of={latest}>
      {(data) => (
        <>
          <CertificationStatus organisation={organisation} latest={data} />
          {data.reasons.length > 0 && (
            <>
              <h4>{strings.mine.reasons}</h4>
              <ul className="findings">
                {data.reasons.map((reason) => (
                  <li key={`${reason.pointer} ${reason.reasonCode}`}>
                    <ReasonText reason={reason} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Read>
  );
}

/** What can be done for an organisation, each with where it is done. */
function Deeds({ organisation }: { readonly organisation: Organisation }) {
  const { strings } = useLanguage();
  return (
    <nav className="deeds" aria-label={strings.enterprise.home.whatNext}>
      {deedsOf(organisation).map((deed) => (
        <PageLink
          key={deed.to}
          to={deed.to}
          params={{ organisationId: organisation.id }}
          {...(deed.search ? { search: deed.search } : {})}
          className={deed.first ? 'deed deed-first' : 'deed'}
        >
          <strong>{deed.title(strings)}</strong>
          <span>{deed.hint(strings, organisation)}</span>
        </PageLink>
      ))}
    </nav>
  );
}
