import { useNavigate } from '@tanstack/react-router';
import { catalogueRoutes } from '../../../../contracts/catalogue.ts';
import { CommandForm } from '../../components/command-form.tsx';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { useLanguage } from '../../language/language.tsx';
import { Acting } from '../../session/acting.tsx';
import { contentErrors, contentOf, emptyOffering, OfferingFields } from './offering-form.tsx';
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
  return (
    <CommandForm
      contract={catalogueRoutes.createOffering}
      name={`offering.new.${organisationId}`}
      initial={emptyOffering()}
      call={{ organisationId }}
      body={contentOf}
      check={contentErrors}
      submit={strings.provider.newOffering.create}
      className="card"
      done={({ id }) => navigate({ to: `/provider/offerings/${id}`, replace: true })}
    >
      {({ bind }) => <OfferingFields bind={bind} organisationId={organisationId} />}
    </CommandForm>
  );
}
