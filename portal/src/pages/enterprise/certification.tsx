import { type ApplicationDocument, applicationDocuments } from '../../../../contracts/application.ts';
import { registryRoutes } from '../../../../contracts/registry.ts';
import { useWatched } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { StoredFile } from '../../components/upload.tsx';
import { day } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { Application, isOfForm } from './application.tsx';
import { CertificationStatus, type Organisation } from './certification-status.tsx';
import { useDecisionsSaid } from './decision-said.ts';
import { type Certification, ReasonText } from './reasons.tsx';
import { RoundsBefore } from './rounds-before.tsx';
import { statusTones } from './status-tones.ts';
import { useIdentity } from './use-identity.ts';
import '../../styles/form-page.css';
import '../../styles/enterprise.css';

/** The certification of an organisation: where it stands, the application or what is to be corrected, and what was decided. */
export default function CertificationPage() {
  const { organisationId = '' } = useAddress();
  const organisation = useWatched(
    registryRoutes.readOrganisation,
    { params: { organisationId }, organisationId },
    ({ status }) => status === 'submitted' && MOMENT,
  );
  return (
    <Read of={organisation}>
      {(data) =>
        data.certificationId ? (
          <WithLatest organisation={data} certificationId={data.certificationId} />
        ) : (
          <Shown organisation={data} latest={undefined} />
        )
      }
    </Read>
  );
}

/** How often it is looked whether a reviewer has decided, in milliseconds. */
const MOMENT = 2500;

interface WithLatestProps {
  readonly organisation: Organisation;
  readonly certificationId: string;
}

function WithLatest({ organisation, certificationId }: WithLatestProps) {
  const latest = useWatched(
    registryRoutes.readCertification,
    { params: { certificationId }, organisationId: organisation.id },
    ({ decidedAt }) => decidedAt === undefined && MOMENT,
  );
  return <Read of={latest}>{(data) => <Shown organisation={organisation} latest={data} />}</Read>;
}

function Shown({ organisation, latest }: BelowProps) {
  const { strings } = useLanguage();
  const { id, status } = organisation;
  return (
    <Page
      title={strings.pages.certification}
      lead={organisation.name}
      aside={<Badge tone={statusTones[status]}>{strings.mine.statuses[status]}</Badge>}
    >
      <section className="card">
        <CertificationStatus organisation={organisation} latest={latest} />
      </section>
      <Below organisation={organisation} latest={latest} />
      {latest && latest.round > 1 && <RoundsBefore organisationId={id} latest={latest} />}
    </Page>
  );
}

interface BelowProps {
  readonly organisation: Organisation;
  readonly latest: Certification | undefined;
}

/** What there is to do, or to see. */
function Below({ organisation, latest }: BelowProps) {
  const { strings, language } = useLanguage();
  const text = strings.enterprise.certification;
  switch (organisation.status) {
    case 'registered':
    case 'returned':
    case 'rejected':
      return <WithIdentity organisation={organisation} latest={latest} />;
    case 'certified':
      return (
        <>
          <section className="card outcome outcome-good">
            <h2>{text.certifiedTitle}</h2>
            <Facts
              of={[
                ...(organisation.certifiedAt ? [[text.since, day(organisation.certifiedAt, language)] as const] : []),
                ...(organisation.recordNumber ? [[strings.mine.record, organisation.recordNumber] as const] : []),
                [
                  strings.mine.uscc,
                  <span key="uscc" className="code">
                    {organisation.uscc}
                  </span>,
                ],
              ]}
            />
            {organisation.kind === 'enterprise' && (
              <PageLink to="/catalogue" search={{ voucher: 'true' }} className="button button-main">
                {text.toCatalogue}
              </PageLink>
            )}
          </section>
          {latest && <Submitted organisationId={organisation.id} application={latest} />}
        </>
      );
    default:
      return latest ? <Submitted organisationId={organisation.id} application={latest} /> : null;
  }
}

/** The form, once it is known whether an identity was given before. */
function WithIdentity({ organisation, latest }: BelowProps) {
  const { strings } = useLanguage();
  const { id: organisationId } = organisation;
  const identity = useIdentity(organisationId);
  // What stands at no field of the form, as the code that nobody may change.
  const general = latest?.reasons.filter(({ pointer }) => !isOfForm(pointer)) ?? [];
  return (
    <Read of={identity}>
      {(given) => (
        <>
          {general.length > 0 && (
            <ul className="note note-bad">
              {general.map((reason) => (
                <li key={`${reason.pointer} ${reason.reasonCode}`}>
                  <strong>{strings.enterprise.certification.sentBack}</strong>{' '}
                  {reason.pointer === '/uscc' && `${strings.mine.uscc} · `}
                  <ReasonText reason={reason} />
                </li>
              ))}
            </ul>
          )}
          {latest?.decidedAt && <DecisionNote organisationId={organisationId} latest={latest} />}
          <Application
            key={latest?.id ?? 'first'}
            organisation={organisation}
            latest={latest}
            identity={given ?? undefined}
          />
        </>
      )}
    </Read>
  );
}

/** What was said of the application as a whole when it was decided. */
function DecisionNote({ organisationId, latest }: { organisationId: string; latest: Certification }) {
  const { strings } = useLanguage();
  const said = useDecisionsSaid(organisationId)(latest);
  if (!said) return null;
  return (
    <p className="note note-bad">
      <strong>{strings.enterprise.certification.said}</strong> <ReasonText reason={said} />
    </p>
  );
}

/** What was submitted, as the reviewers have it. */
function Submitted({ organisationId, application }: { organisationId: string; application: Certification }) {
  const { strings, pick } = useLanguage();
  const text = strings.enterprise.certification;
  const given = (Object.keys(applicationDocuments) as ApplicationDocument[]).filter(
    (field) => application.documents[field] !== undefined,
  );
  return (
    <Section title={text.submittedTitle} lead={text.submittedLead}>
      <ul className="submitted-documents">
        {given.map((field) => (
          <li key={field} className="card">
            <h3>{text.documents[field]}</h3>
            <StoredFile documentId={application.documents[field] ?? ''} organisationId={organisationId} />
          </li>
        ))}
      </ul>
      {application.findings.length > 0 && (
        <>
          <h3>{text.noticed}</h3>
          <ul className="findings">
            {application.findings.map((finding) => (
              <li key={finding.rule}>{pick(finding)}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
