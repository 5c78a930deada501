import { type FormEvent, useState } from 'react';
import { catalogueRoutes } from '../../../../contracts/catalogue.ts';
import { offeringErrors } from '../../../../contracts/provider-checks.ts';
import { call } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { useList, useRead } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { useExpected } from '../../components/expected.ts';
import { focusFirstRefused, LongTextField } from '../../components/field.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { day } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { Acting } from '../../session/acting.tsx';
import { FormRefusal, usePartedForm } from './form.tsx';
import { contentOf, fieldsOf, OfferingFields } from './offering-form.tsx';
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
  const submission = usePartedForm(catalogueRoutes.submitVersion, `submission.${offering.id}`, {});
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

const ofOffering = [
  catalogueRoutes.readOffering,
  catalogueRoutes.listVersions,
  catalogueRoutes.readVersion,
  catalogueRoutes.listOwnOfferings,
] as const;

interface VersionFormProps {
  readonly latest: OfferingVersion;
  readonly submission: ReturnType<typeof usePartedForm<typeof catalogueRoutes.submitVersion>>;
  readonly organisationId: string;
}

/** A draft, or what was returned with its reasons at their fields: saved, and submitted as it stands here. */
function VersionForm({ latest, submission, organisationId }: VersionFormProps) {
  const { strings } = useLanguage();
  const text = strings.provider;
  const params = { offeringId: latest.offeringId, number: String(latest.number) };
  const form = usePartedForm(
    catalogueRoutes.editVersion,
    `offering.${latest.offeringId}.${latest.number}`,
    fieldsOf(latest),
    remarksOf(latest.reasons),
  );
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
  const act = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const wanted = (event.nativeEvent as SubmitEvent).submitter?.dataset.deed;
    let { version } = latest;
    if (form.isDirty || wanted !== 'submit') {
      const saved = await form.submit(
        { params, version, body: contentOf(form.fields) as never, organisationId },
        (content) => offeringErrors(content, Date.now()),
      );
      if (saved === 'refused') focusFirstRefused(element);
      if (saved !== 'accepted') return;
      form.forget();
      await refresh(...ofOffering);
      if (wanted === 'submit') ({ version } = await call(catalogueRoutes.readVersion, { params, organisationId }));
    }
    if (wanted !== 'submit') return;
    await submission.submit({ params, version, organisationId });
    await refresh(...ofOffering);
  };
  const pending = form.pending || submission.pending;
  return (
    <form className="card form" onSubmit={act} noValidate>
      <FormRefusal of={form} />
      <FormRefusal of={submission} />
      <OfferingFields bind={bind} organisationId={organisationId} />
      <div className="actions">
        <Button type="submit" data-deed="submit" disabled={pending}>
          {submission.pending ? text.offering.submitting : text.offering.submit}
        </Button>
        <Button type="submit" look="quiet" data-deed="save" disabled={pending}>
          {form.pending ? text.form.saving : text.form.save}
        </Button>
        <span className="quiet" role="status">
          {form.isDirty ? text.form.unsaved : ''}
        </span>
      </div>
    </form>
  );
}

interface NewVersionProps extends CurrentProps {
  readonly close: () => void;
}

/** A new version begins as the latest one is. */
function NewVersion({ offering, latest, organisationId, close }: NewVersionProps) {
  const { strings } = useLanguage();
  const text = strings.provider;
  const form = usePartedForm(catalogueRoutes.addVersion, `offering.${offering.id}.next`, fieldsOf(latest));
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const outcome = await form.submit(
      {
        params: { offeringId: offering.id },
        version: offering.version,
        body: contentOf(form.fields) as never,
        organisationId,
      },
      (content) => offeringErrors({ ...content } as Parameters<typeof offeringErrors>[0], Date.now()),
    );
    if (outcome === 'refused') focusFirstRefused(element);
    if (outcome !== 'accepted') return;
    form.forget();
    await refresh(...ofOffering);
  };
  return (
    <form className="card form" onSubmit={submit} noValidate>
      <FormRefusal of={form} />
      <OfferingFields bind={form.bind} organisationId={organisationId} />
      <div className="actions">
        <Button type="submit" disabled={form.pending}>
          {form.pending ? text.form.saving : text.offering.startVersion}
        </Button>
        <Button look="quiet" onClick={close}>
          {text.form.cancel}
        </Button>
      </div>
    </form>
  );
}

/** Out of the catalogue for good, after what follows from it was read. */
function Withdrawal({ offering, organisationId }: { readonly offering: Offering; readonly organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.provider.offering;
  const command = useCommand(catalogueRoutes.withdrawOffering);
  const [asked, setAsked] = useState(false);
  const [note, setNote] = useState('');
  const act = async () => {
    const body = note.trim() ? { note } : {};
    const refusal = await command.submit({
      params: { offeringId: offering.id },
      version: offering.version,
      body,
      organisationId,
    });
    if (refusal) return;
    setAsked(false);
    await refresh(...ofOffering);
  };
  // Whatever refused it is seen on the page then.
  const close = () => {
    setAsked(false);
    if (command.refusal) refresh(...ofOffering);
  };
  return (
    <p className="actions">
      <Button look="quiet" onClick={() => setAsked(true)}>
        {text.withdraw}
      </Button>
      {asked && (
        <Confirm
          title={text.withdraw}
          consequences={[text.withdrawText]}
          confirm={text.withdrawConfirm}
          pending={command.pending}
          refusal={command.refusal}
          act={act}
          close={close}
        >
          <LongTextField
            label={text.withdrawNote}
            optional
            pointer="/note"
            errors={command.refusal?.errors ?? []}
            value={note}
            change={setNote}
            rows={3}
          />
        </Confirm>
      )}
    </p>
  );
}
