import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import { call } from '../api/client.ts';
import { Page } from '../components/page.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Empty, Failure, Loading } from '../components/states.tsx';
import { day, money } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { useNames } from '../language/names.ts';
import { useQuestion } from '../routing.ts';
import { BelowMarket, type Offering, VoucherTerms } from './offering.tsx';

/** Offerings side by side. */
export default function Compare() {
  const { strings, language } = useLanguage();
  const names = useNames();
  const [question, ask] = useQuestion();
  const ids = (question.ids ?? '')
    .split(',')
    .filter((id) => /^off_[0-9A-Z]{26}$/.test(id))
    .slice(0, 4);
  const reads = useQueries({
    queries: ids.map((offeringId) => ({
      queryKey: [catalogueRoutes.readPublicOffering.operation, { params: { offeringId } }],
      queryFn: () => call(catalogueRoutes.readPublicOffering, { params: { offeringId } }),
    })),
  });
  const failed = reads.find(({ error }) => error);
  const offerings = reads.flatMap(({ data }) => (data ? [data] : []));
  const text = strings.offering;
  const rows: readonly (readonly [string, (offering: Offering) => ReactNode])[] = [
    [text.provider, (offering) => offering.providerName],
    [text.kind, (offering) => names.kind(offering.kind)],
    [
      text.price,
      (offering) => (
        <strong className="figures">
          {money(offering.price)} {strings.catalogue.per[offering.priceUnit]}
        </strong>
      ),
    ],
    [
      text.market,
      (offering) => (
        <>
          <span className="figures">{money(offering.marketPrice.price)}</span>{' '}
          <span className="quiet">
            <BelowMarket offering={offering} />
          </span>
        </>
      ),
    ],
    [text.voucher, (offering) => <VoucherTerms offering={offering} />],
    [text.observed, (offering) => day(offering.marketPrice.observedOn, language)],
    [text.description, (offering) => offering.description],
  ];
  return (
    <Page
      title={strings.pages.compare}
      lead={strings.compare.lead}
      aside={
        <PageLink to="/catalogue" search={{ compare: ids.join(',') }}>
          ← {text.back}
        </PageLink>
      }
    >
      {failed?.error && <Failure error={failed.error} retry={failed.refetch} />}
      {ids.length === 0 && <Empty title={strings.compare.none} />}
      {offerings.length < ids.length && !failed && <Loading />}
      {offerings.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="scrolls card" aria-label={strings.pages.compare} tabIndex={0}>
          <table className="comparison">
            <thead>
              <tr>
                <td />
                {offerings.map((offering) => (
                  <th key={offering.id} scope="col">
                    <PageLink to="/catalogue/$offeringId" params={{ offeringId: offering.id }}>
                      {offering.name}
                    </PageLink>
                    <button
                      type="button"
                      className="link-button"
                      aria-label={`${strings.compare.remove} ${offering.name}`}
                      onClick={() => ask({ ids: ids.filter((id) => id !== offering.id).join(',') })}
                    >
                      {strings.compare.remove}
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([title, cell]) => (
                <tr key={title}>
                  <th scope="row">{title}</th>
                  {offerings.map((offering) => (
                    <td key={offering.id}>{cell(offering)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Page>
  );
}
