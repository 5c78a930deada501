import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect } from 'react';
import { catalogueRoutes } from '../../../../contracts/catalogue.ts';
import { offeringErrors } from '../../../../contracts/provider-checks.ts';
import { refresh } from '../../api/refresh.ts';
import { Button } from '../../components/button.tsx';
import { focusFirstRefused } from '../../components/field.tsx';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { useLanguage } from '../../language/language.tsx';
import { Acting } from '../../session/acting.tsx';
import { FormRefusal, usePartedForm } from './form.tsx';
import { contentOf, emptyOffering, OfferingFields } from './offering-form.tsx';
import '../../styles/provider.css';

/** A new offering, with its first version as a draft. */
export default function NewOffering() {
  return <Acting kind="provider">{(organisationId) => <NewOfferingPage organisationId={organisationId} />}</Acting>;
}

function NewOfferingPage({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  return (
    <Page
      title={strings.pages.providerNewOffering}
      lead={strings.provider.newOffering.lead}
      aside={<PageLink to="/provider/offerings">← {strings.pages.providerOfferings}</PageLink>}
    >
      <NewOfferingForm organisationId={organisationId} />
    </Page>
  );
}

function NewOfferingForm({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const navigate = useNavigate();
  const form = usePartedForm(catalogueRoutes.createOffering, `offering.new.${organisationId}`, emptyOffering());
  const { answer } = form;
  useEffect(() => {
    if (answer) navigate({ to: `/provider/offerings/${answer.id}`, replace: true });
  }, [answer, navigate]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const outcome = await form.submit({ body: contentOf(form.fields) as never, organisationId }, (content) =>
      offeringErrors(content, Date.now()),
    );
    if (outcome === 'refused') focusFirstRefused(element);
    if (outcome !== 'accepted') return;
    form.forget();
    await refresh(catalogueRoutes.listOwnOfferings);
  };
  return (
    <form className="card form" onSubmit={submit} noValidate>
      <FormRefusal of={form} />
      <OfferingFields bind={form.bind} organisationId={organisationId} />
      <Button type="submit" disabled={form.pending}>
        {form.pending ? strings.provider.form.saving : strings.provider.newOffering.create}
      </Button>
    </form>
  );
}
