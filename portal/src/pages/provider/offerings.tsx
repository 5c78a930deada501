import { catalogueRoutes } from '../../../../contracts/catalogue.ts';
import { useList, useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { More } from '../../components/more.tsx';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { Acting } from '../../session/acting.tsx';
import { type Offering, versionTones } from './offering-version.ts';
import '../../styles/provider.css';

/** The provider's offerings, each with where its latest version stands. */
export default function Offerings() {
  return <Acting kind="provider">{(organisationId) => <OwnOfferings organisationId={organisationId} />}</Acting>;
}

function OwnOfferings({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.provider.offerings;
  return (
    <Page
      title={strings.pages.providerOfferings}
      lead={text.lead}
      aside={
        <PageLink to="/provider/offerings/new" className="button button-main">
          {text.create}
        </PageLink>
      }
    >
      <List organisationId={organisationId} />
    </Page>
  );
}

function List({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  const text = strings.provider.offerings;
  const list = useList(catalogueRoutes.listOwnOfferings, { organisationId });
  if (list.isPending) return <Loading />;
  if (list.error) return <Failure error={list.error} retry={list.refetch} />;
  if (list.items.length === 0) return <Empty title={text.none} text={text.noneText} />;
  return (
    <>
      <Table
        caption={strings.pages.providerOfferings}
        rows={list.items}
        keyOf={({ id }) => id}
        columns={[
          { title: text.name, cell: (offering) => <Name offering={offering} organisationId={organisationId} /> },
          {
            title: text.price,
            figures: true,
            cell: (offering) => <Price offering={offering} organisationId={organisationId} />,
          },
          {
            title: text.status,
            cell: ({ status }) => (
              <Badge tone={status === 'published' ? 'good' : 'calm'}>{text.statuses[status]}</Badge>
            ),
          },
          { title: text.latest, cell: (offering) => <Latest offering={offering} organisationId={organisationId} /> },
        ]}
      />
      <More list={list} />
    </>
  );
}

interface RowProps {
  readonly offering: Offering;
  readonly organisationId: string;
}

const useLatest = ({ offering, organisationId }: RowProps) =>
  useRead(catalogueRoutes.readVersion, {
    params: { offeringId: offering.id, number: String(offering.latestNumber) },
    organisationId,
  }).data;

function Name(row: RowProps) {
  const { strings } = useLanguage();
  const { kind } = useNames();
  const latest = useLatest(row);
  const shown = row.offering.listing ?? latest;
  return (
    <>
      <PageLink to="/provider/offerings/$offeringId" params={{ offeringId: row.offering.id }} className="strong-link">
        {shown?.name ?? strings.states.loading}
      </PageLink>
      {shown && <p className="quiet">{kind(shown.kind)}</p>}
    </>
  );
}

function Price(row: RowProps) {
  const { strings } = useLanguage();
  const latest = useLatest(row);
  const shown = row.offering.listing ?? latest;
  return (
    shown && (
      <>
        {money(shown.price)} <span className="quiet">{strings.catalogue.per[shown.priceUnit]}</span>
      </>
    )
  );
}

function Latest(row: RowProps) {
  const { strings } = useLanguage();
  const text = strings.provider.offerings;
  const latest = useLatest(row);
  return (
    <>
      {text.versionN(row.offering.latestNumber)}{' '}
      {latest && <Badge tone={versionTones[latest.status]}>{text.versionStatuses[latest.status]}</Badge>}
    </>
  );
}
