import { useState } from 'react';
import { catalogueRoutes } from '../../../../contracts/catalogue.ts';
import { call } from '../../api/client.ts';
import { useList, useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { AskedCommand } from '../../components/command-dialog.tsx';
import { CommandForm, Form } from '../../components/command-form.tsx';
import { useExpected } from '../../components/expected.ts';
import { LongTextField } from '../../components/field.tsx';
import { useForm } from '../../components/form.ts';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { day } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { Acting } from '../../session/acting.tsx';
import { contentErrors, contentOf, fieldsOf, OfferingFields } from './offering-form.tsx';
import { type Offering, type OfferingVersion, remarksOf, versionTones } from './offering-version.ts';
import { VersionHistory } from './version-history.tsx';
import '../../styles/provider.css';

/** An offering of the provider: the version that is being worked on, every version with what it changed, and its end. */
export default function OfferingPage() {
  return <Acting kind="provider">{(organisationId) => <OneOffering organisationId={organisationId} />}</Acting>;
}

function OneOffering({ organisationId }: { readonly organisationId: string }) {
  const { offeringId = '' } = useAddress();
  const offering = useRead(catalogueRoutes.readOffering, { params: { offeringId }, organisationId });
  const versions = useList(catalogueRoutes.listVersions, {
    params: { offeringId },
    query: { limit: 50 },
    organisationId,
  });
  return (
    <Read of={offering}>
      {(data) => (
        <Read of={{ ...versions, data: versions.items.length > 0 ? versions.items : undefined }}>
          {(all) => <Whole offering={data} versions={all} list={versions} organisationId={organisationId} />}
        </Read>
      )}
    </Read>
  );
}

interface WholeProps {
  readonly offering: Offering;
  /** Newest first. */
  readonly versions: readonly OfferingVersion[];
  readonly list: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  readonly organisationId: string;
}

function Whole({ offering, versions, list, organisationId }: WholeProps) {
  const { strings } = useLanguage();
  const text = strings.provider.offering;
  const [latest] = versions;
  if (!latest) return null;
  return (
    <Page
      title={offering.listing?.name ?? latest.name}
      aside={
        <div className="actions">
          <Badge tone={offering.status === 'published' ? 'good' : 'calm'}>
            {strings.provider.offerings.statuses[offering.status]}
          </Badge>
          <PageLink to="/provider/offerings">← {strings.pages.providerOfferings}</PageLink>
        </div>
      }
    >
      {offering.status === 'withdrawn' ? (
        <p className="note">{text.withdrawn}</p>
      ) : (
        <Current offering={offering} latest={latest} organisationId={organisationId} />
      )}
      <Section title={text.history}>
        <VersionHistory versions={versions} list={list} organisationId={organisationId} />
      </Section>
      {offering.status !== 'withdrawn' && <Withdrawal offering={offering} organisationId={organisationId} />}
    </Page>
  );
}

interface CurrentProps {
  readonly offering: Offering;
  readonly latest: OfferingVersion;
  readonly organisationId: string;
}

/** What can be done with the latest version, and what cannot and why. */
function Current({ offering, latest, organisationId }: CurrentProps) {
  const { strings, language } = useLanguage();
  const text = strings.provider.offering;
  const [starting, setStarting] = useState(false);
  const expected = useExpected();
  // What a submission was refused for outlives the version that was saved before it.
  const submission = useForm(catalogueRoutes.submitVersion);
  const title = (
    <>
      {strings.provider.offerings.versionN(latest.number)}{' '}
      <Badge tone={versionTones[latest.status]}>{strings.provider.offerings.versionStatuses[latest.status]}</Badge>
    </>
  );
  if (latest.status === 'draft' || latest.status === 'returned') {
    return (
      <section className="section">
        <h2>{title}</h2>
        <p className={latest.status === 'returned' ? 'note note-bad' : 'section-lead'}>
          {latest.status === 'returned' ? text.returnedText : text.draftText}
        </p>
        <VersionForm key={latest.version} latest={latest} submission={submission} organisationId={organisationId} />
      </section>
    );
  }
  if (latest.status === 'in-review') {
    return (
      <section className="section">
        <h2>{title}</h2>
        <p className="note">
          {text.underReview(day(latest.submittedAt ?? '', language))}{' '}
          {latest.decideBy && expected('region', latest.decideBy)}
        </p>
      </section>
    );
  }
  return (
    <section className="section">
      <h2>{title}</h2>
      <p className="section-lead">{latest.status === 'rejected' ? text.rejectedText : text.publishedText}</p>
      {starting ? (
        <NewVersion
          offering={offering}
          latest={latest}
          organisationId={organisationId}
          close={() => setStarting(false)}
        />
      ) : (
        <p className="actions">
          <Button onClick={() => setStarting(true)}>{text.newVersion}</Button>
          {offering.status === 'published' && (
            <PageLink to="/catalogue/$offeringId" params={{ offeringId: offering.id }}>
              {text.inCatalogue} →
            </PageLink>
          )}
        </p>
      )}
    </section>
  );
}

interface VersionFormProps {
  readonly latest: OfferingVersion;
  readonly submission: ReturnType<typeof useForm<typeof catalogueRoutes.submitVersion>>;
  readonly organisationId: string;
}

/** A draft, or what was returned with its reasons at their fields: saved, and submitted as it stands here. */
function VersionForm({ latest, submission, organisationId }: VersionFormProps) {
  const { strings } = useLanguage();
  const text = strings.provider;
  const params = { offeringId: latest.offeringId, number: String(latest.number) };
  const form = useForm(catalogueRoutes.editVersion, {
    draft: `offering.${latest.offeringId}.${latest.number}`,
    initial: fieldsOf(latest),
    remarks: remarksOf(latest.reasons),
    call: { params, version: latest.version, organisationId },
    body: contentOf,
    check: contentErrors,
  });
  const bind = (pointer: string) => {
    const bound = form.bind(pointer);
    return {
      ...bound,
      errors: [...bound.errors, ...submission.refused],
      change: (value: string) => {
        submission.touch(pointer);
        bound.change(value);
      },
    };
  };
  const submit = async () => {
    submission.refuse(undefined);
    if (!form.isDirty) return submission.submit({ params, version: latest.version, organisationId });
    if (!(await form.submit())) return false;
    const { version } = await call(catalogueRoutes.readVersion, { params, organisationId });
    return submission.submit({ params, version, organisationId });
  };
  const pending = form.pending || submission.pending;
  return (
    <Form
      of={{
        refusal: form.refusal ?? submission.refusal,
        refused: [...form.refused, ...submission.refused],
        pending,
        isDirty: form.isDirty,
        submit,
      }}
      submit={text.offering.submit}
      saves
      className="card"
      aside={
        <Button look="quiet" disabled={pending} onClick={() => form.submit()}>
          {text.form.save}
        </Button>
      }
    >
      <OfferingFields bind={bind} organisationId={organisationId} />
    </Form>
  );
}

interface NewVersionProps extends CurrentProps {
  readonly close: () => void;
}

/** A new version begins as the latest one is. */
function NewVersion({ offering, latest, organisationId, close }: NewVersionProps) {
  const { strings } = useLanguage();
  const text = strings.provider;
  return (
    <CommandForm
      contract={catalogueRoutes.addVersion}
      name={`offering.${offering.id}.next`}
      initial={fieldsOf(latest)}
      call={{ params: { offeringId: offering.id }, version: offering.version, organisationId }}
      body={contentOf}
      check={contentErrors}
      submit={text.offering.startVersion}
      className="card"
      aside={
        <Button look="quiet" onClick={close}>
          {text.form.cancel}
        </Button>
      }
    >
      {({ bind }) => <OfferingFields bind={bind} organisationId={organisationId} />}
    </CommandForm>
  );
}

/** Out of the catalogue for good, after what follows from it was read. */
function Withdrawal({ offering, organisationId }: { readonly offering: Offering; readonly organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.provider.offering;
  return (
    <AskedCommand
      title={text.withdraw}
      consequences={[text.withdrawText]}
      contract={catalogueRoutes.withdrawOffering}
      name={`withdrawal.${offering.id}`}
      call={{ params: { offeringId: offering.id }, version: offering.version, organisationId }}
      submit={text.withdrawConfirm}
    >
      {({ bind }) => <LongTextField label={text.withdrawNote} optional {...bind('/note')} rows={3} />}
    </AskedCommand>
  );
}
