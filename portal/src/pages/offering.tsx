import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/queries.ts';
import { Facts, Page } from '../components/page.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Read } from '../components/states.tsx';
import { day, money, percent } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import { useAddress } from '../routing.ts';
import { useRoles } from '../session/use-session.ts';
import '../styles/catalogue.css';

export type Offering = Answer<typeof catalogueRoutes.readPublicOffering>;

/** An offering with its price beside the market's, and what a voucher pays of it. */
export default function OfferingPage() {
  const { offeringId = '' } = useAddress();
  const offering = useRead(catalogueRoutes.readPublicOffering, { params: { offeringId } });
  return <Read of={offering}>{(data) => <Details offering={data} />}</Read>;
}

function Details({ offering }: { readonly offering: Offering }) {
  const { strings, language } = useLanguage();
  const names = useNames();
  const roles = useRoles();
  const text = strings.offering;
  const mayOrder = !roles || roles.length === 0 || roles.includes('enterprise') || roles.includes('person');
  return (
    <Page
      title={offering.name}
      lead={`${names.kind(offering.kind)} · ${offering.providerName}`}
      aside={<PageLink to="/catalogue">← {text.back}</PageLink>}
    >
      <div className="offering-page">
        <section className="card">
          <h2>{text.description}</h2>
          <p className="prose">{offering.description}</p>
          <Facts
            of={[
              [text.provider, offering.providerName],
              [text.kind, names.kind(offering.kind)],
              [text.source, offering.marketPrice.source],
              [text.observed, day(offering.marketPrice.observedOn, language)],
              [text.published, day(offering.publishedAt, language)],
              [text.version, text.versionN(offering.number)],
            ]}
          />
        </section>
        <aside className="card offering-terms">
          <p className="offering-price">
            <strong className="figures">{money(offering.price)}</strong>{' '}
            <span className="quiet">{strings.catalogue.per[offering.priceUnit]}</span>
          </p>
          <p className="quiet">
            {text.market} <span className="figures">{money(offering.marketPrice.price)}</span> ·{' '}
            <BelowMarket offering={offering} />
          </p>
          <h2>{text.voucher}</h2>
          <VoucherTerms offering={offering} />
          {mayOrder && (
            <PageLink
              to="/catalogue/$offeringId/order"
              params={{ offeringId: offering.id }}
              className="button button-main"
            >
              {text.order}
            </PageLink>
          )}
          {offering.voucher && (
            <PageLink
              to="/calculator"
              search={{ kind: offering.kind, fee: offering.price }}
              className="button button-quiet"
            >
              {text.estimate}
            </PageLink>
          )}
        </aside>
      </div>
    </Page>
  );
}

export function BelowMarket({ offering }: { readonly offering: Offering }) {
  const { strings } = useLanguage();
  const below = 1 - Number(offering.price) / Number(offering.marketPrice.price);
  return below > 0.0005
    ? strings.offering.below(percent(String(Math.round(below * 1000) / 1000)))
    : strings.offering.same;
}

export function VoucherTerms({ offering }: { readonly offering: Offering }) {
  const { strings } = useLanguage();
  if (offering.voucher)
    return <p>{strings.offering.ratio(percent(offering.voucher.ratio), offering.voucher.planYear)}</p>;
  return <p className="quiet">{offering.voucherSupported ? strings.offering.noPlan : strings.offering.noVoucher}</p>;
}
