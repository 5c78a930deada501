import { ordersRoutes } from '../../../../contracts/orders.ts';
import { useList } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { More } from '../../components/more.tsx';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, ListStates } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { day, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { Acting } from '../../session/acting.tsx';
import { CapMeter } from './cap-meter.tsx';
import { orderTones } from './order-status.ts';
import '../../styles/enterprise.css';

/** Orders of an enterprise, newest first, and what is left of its yearly cap. */
export default function Orders() {
  const { strings } = useLanguage();
  return (
    <Page title={strings.pages.orders} lead={strings.enterprise.order.listLead}>
      <Acting kind="enterprise">{(organisationId) => <OfEnterprise organisationId={organisationId} />}</Acting>
    </Page>
  );
}

function OfEnterprise({ organisationId }: { readonly organisationId: string }) {
  const { strings, language } = useLanguage();
  const text = strings.enterprise.order;
  const list = useList(ordersRoutes.listOrders, { organisationId });
  return (
    <div className="page">
      <CapMeter organisationId={organisationId} />
      <ListStates of={list}>
        <Empty title={text.none} text={text.noneText}>
          <PageLink to="/catalogue" search={{ voucher: 'true' }} className="button button-main">
            {text.browse}
          </PageLink>
        </Empty>
      </ListStates>
      {list.items.length > 0 && (
        <Table
          caption={strings.pages.orders}
          rows={list.items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: text.offering,
              cell: ({ id, offeringName }) => (
                <PageLink to="/orders/$orderId" params={{ orderId: id }}>
                  <strong>{offeringName}</strong>
                </PageLink>
              ),
            },
            { title: text.provider, cell: ({ providerName }) => providerName },
            { title: text.fee, cell: ({ fee }) => money(fee), figures: true },
            {
              title: text.reserved,
              cell: ({ reservedAmount }) => (reservedAmount ? money(reservedAmount) : '—'),
              figures: true,
            },
            {
              title: text.status,
              cell: ({ status }) => <Badge tone={orderTones[status]}>{text.statuses[status]}</Badge>,
            },
            { title: text.placed, cell: ({ createdAt }) => day(createdAt, language) },
          ]}
        />
      )}
      <More list={list} />
    </div>
  );
}
