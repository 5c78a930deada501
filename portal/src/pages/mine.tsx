import { reviewReasonCodes } from '../../../contracts/names.ts';
import { registryRoutes } from '../../../contracts/registry.ts';
import { useRead } from '../api/queries.ts';
import { Badge } from '../components/badge.tsx';
import { Facts, Page, Section } from '../components/page.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Empty, Read } from '../components/states.tsx';
import { day, minute } from '../format/format.ts';
import { type Bilingual, useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import { useMemberships, useSession } from '../session/use-session.ts';

/** Who I am here, which organisations I act for, and where their certification stands. */
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
  return (
    <Read of={memberships}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={text.none} text={text.noneText}>
            <PageLink to="/check" className="button button-quiet">
              {text.checkFirst}
            </PageLink>
          </Empty>
        ) : (
          <Section title={text.organisations}>
            {items.map(({ organisationId, role }) => (
              <OrganisationCard key={organisationId} id={organisationId} role={text.roles[role]} />
            ))}
          </Section>
        )
      }
    </Read>
  );
}

const tones = {
  certified: 'good',
  submitted: 'warm',
  returned: 'bad',
  rejected: 'bad',
  registered: 'calm',
  annulled: 'bad',
} as const;

function OrganisationCard({ id, role }: { readonly id: string; readonly role: string }) {
  const { strings, language, pick } = useLanguage();
  const text = strings.mine;
  const organisation = useRead(registryRoutes.readOrganisation, { params: { organisationId: id }, organisationId: id });
  return (
    <Read of={organisation}>
      {(data) => (
        <section className="card organisation">
          <h3>
            {data.name} <Badge tone={tones[data.status]}>{text.statuses[data.status]}</Badge>
          </h3>
          <p className="quiet">
            {text.kinds[data.kind]} · {role}
          </p>
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
          {data.certificationId && <LatestApplication id={data.certificationId} organisationId={id} />}
        </section>
      )}
    </Read>
  );
}

const reasonNames: Readonly<Record<string, Bilingual>> = reviewReasonCodes;

function LatestApplication({ id, organisationId }: { readonly id: string; readonly organisationId: string }) {
  const { strings, language, pick } = useLanguage();
  const text = strings.mine;
  const application = useRead(registryRoutes.readCertification, { params: { certificationId: id }, organisationId });
  return (
    <Read of={application}>
      {(data) => (
        <>
          <h4>{text.application}</h4>
          <Facts
            of={[
              [text.submitted, minute(data.submittedAt, language)],
              ...(data.decidedAt ? [[text.decided, minute(data.decidedAt, language)] as const] : []),
            ]}
          />
          {data.reasons.length > 0 && (
            <>
              <h4>{text.reasons}</h4>
              <ul className="findings">
                {data.reasons.map(({ pointer, reasonCode, note }) => (
                  <li key={pointer}>
                    {reasonNames[reasonCode] ? pick(reasonNames[reasonCode]) : reasonCode}
                    {note && <span className="quiet"> {note}</span>}
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
