import type { ReactNode } from 'react';
import type * as z from 'zod';
import { type certificationAnswer, registryRoutes } from '../../../../../contracts/registry.ts';
import { ApiProblem } from '../../../api/failures.ts';
import { useList, useRead } from '../../../api/queries.ts';
import { Badge } from '../../../components/badge.tsx';
import { Form } from '../../../components/command-form.tsx';
import { TextField } from '../../../components/field.tsx';
import { useForm } from '../../../components/form.ts';
import { Hands } from '../../../components/hands.tsx';
import { Facts } from '../../../components/page.tsx';
import { Failure, Read } from '../../../components/states.tsx';
import { minute } from '../../../format/format.ts';
import { useLanguage } from '../../../language/language.tsx';
import { Bench } from '../bench.tsx';
import { Differences } from '../differences.tsx';
import { FieldReasons } from '../field-reasons.tsx';
import { Findings } from '../findings.tsx';
import type { Task } from '../task-order.ts';

type Certification = z.output<typeof certificationAnswer>;

interface CaseProps {
  readonly task: Task;
  /** The decision. */
  readonly children: ReactNode;
}

/** An application for certification beside its papers, and those of the one before (clauses 二, 四). */
export function CertificationCase({ task, children }: CaseProps) {
  const application = useRead(registryRoutes.readCertification, { params: { certificationId: task.subject.id } });
  return (
    <Read of={application}>
      {(data) => (
        <Application application={data} task={task}>
          {children}
        </Application>
      )}
    </Read>
  );
}

function Application({ application, task, children }: CaseProps & { readonly application: Certification }) {
  const { strings } = useLanguage();
  const text = strings.reviewer.certification;
  const { organisationId, round, documents } = application;
  const earlier = useList(
    registryRoutes.listCertifications,
    { params: { organisationId }, query: { limit: 100 } },
    round > 1,
  );
  const last = earlier.items.find((one) => one.round === round - 1);
  const papers = (of: Certification['documents'], note = '', except: Partial<Certification['documents']> = {}) =>
    documentNames.flatMap((name) => {
      const id = of[name];
      return id && id !== except[name] ? [{ id, label: `${text.documents[name]}${note}` }] : [];
    });
  return (
    <Bench
      documents={[
        ...papers(documents),
        ...(last ? papers(last.documents, ` · ${text.rounds(last.round)}`, documents) : []),
      ]}
    >
      <Organisation application={application} />
      {application.organisationKind === 'provider' && <Path task={task} application={application} />}
      <Findings of={application.findings} />
      {earlier.error && <Failure error={earlier.error} retry={earlier.refetch} />}
      {last && <SinceLast application={application} last={last} />}
      <Identity organisationId={organisationId} />
      {children}
    </Bench>
  );
}

const documentNames = ['businessLicence', 'idCardFront', 'idCardBack', 'industryService'] as const;

function Organisation({ application }: { readonly application: Certification }) {
  const { strings, language, pick } = useLanguage();
  const text = strings.reviewer.certification;
  const { organisationId } = application;
  const organisation = useRead(registryRoutes.readOrganisation, { params: { organisationId } });
  return (
    <section className="bench-part">
      <h2>{text.organisation}</h2>
      <Read of={organisation}>
        {(data) => (
          <Facts
            of={[
              [strings.organisations.name, data.name],
              [
                strings.mine.uscc,
                <span key="uscc" className="code">
                  {data.uscc}
                </span>,
              ],
              [text.kind, strings.mine.kinds[data.kind]],
              [strings.mine.place, pick(data.jurisdictionName)],
              [text.section, `${data.industrySection} ${sectionName(strings.check.sections, data.industrySection)}`],
              [strings.mine.address, data.address],
              [text.submitted, minute(application.submittedAt, language)],
              [text.round, text.rounds(application.round)],
            ]}
          />
        )}
      </Read>
    </section>
  );
}

const sectionName = (sections: Readonly<Record<string, string>>, letter: string): string => sections[letter] ?? '';

/** A provider is recommended by its city and selected by the region: two people (clause 二-(二)). */
function Path({ task, application }: { readonly task: Task; readonly application: Certification }) {
  const { strings } = useLanguage();
  const text = strings.reviewer.certification;
  const atRegion = task.kind === 'provider-selection';
  const here = application.status === 'regional-review' || application.status === 'city-review' ? 'now' : 'done';
  return (
    <section className="bench-part">
      <h2>{text.path}</h2>
      <Hands
        title={text.path}
        of={[
          { role: text.hands.recommend, state: atRegion || application.status === 'regional-review' ? 'done' : 'now' },
          { role: text.hands.select, state: atRegion ? here : application.status === 'approved' ? 'done' : 'later' },
        ]}
      />
    </section>
  );
}

/** What was handed in anew, and what had been asked for. */
function SinceLast({ application, last }: { readonly application: Certification; readonly last: Certification }) {
  const { strings } = useLanguage();
  const text = strings.reviewer.certification;
  const differences = documentNames.flatMap((name) => {
    const [before, after] = [last.documents[name], application.documents[name]];
    if (before === after) return [];
    return [{ field: text.documents[name], after: after ? (before ? text.replaced : text.added) : text.removed }];
  });
  return (
    <Differences of={differences}>
      {last.reasons.length > 0 && (
        <>
          <h3>{strings.reviewer.task.lastReasons}</h3>
          <FieldReasons of={last.reasons} fields={text.fields} />
        </>
      )}
    </Differences>
  );
}

/** The people behind it, masked until somebody says why they must be seen (clause 四). */
function Identity({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.reviewer.certification;
  const identity = useRead(registryRoutes.readIdentity, { params: { organisationId } });
  const missing = identity.error instanceof ApiProblem && identity.error.problem.status === 404;
  return (
    <section className="bench-part">
      <h2>{text.identity}</h2>
      {missing ? (
        <p className="quiet">{text.noIdentity}</p>
      ) : (
        <Read of={identity}>
          {(data) => (
            <>
              <Facts
                of={[
                  [text.representative, data.legalRepresentative],
                  [text.contact, data.contactName],
                  [text.idNumber, data.contactIdNumber],
                  [text.phone, data.contactPhone],
                  ...(data.bankAccount
                    ? ([
                        [
                          text.account,
                          `${data.bankAccount.accountName} · ${data.bankAccount.bank} · ${data.bankAccount.number}`,
                        ],
                      ] as const)
                    : []),
                ]}
              />
              {data.masked && <Disclosure organisationId={organisationId} />}
            </>
          )}
        </Read>
      )}
    </section>
  );
}

function Disclosure({ organisationId }: { readonly organisationId: string }) {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.certification;
  const form = useForm(registryRoutes.discloseIdentity, {
    draft: `disclosure.${organisationId}`,
    call: { params: { organisationId } },
    reads: [registryRoutes.readIdentity],
  });
  return (
    <details>
      <summary>{text.disclose}</summary>
      <Form
        of={form}
        submit={text.disclose}
        look="quiet"
        aside={form.answer && <Badge tone="warm">{text.disclosed(minute(form.answer.until, language))}</Badge>}
      >
        <TextField label={text.discloseReason} hint={text.identityHint} {...form.bind('/reason')} maxLength={500} />
      </Form>
    </details>
  );
}
