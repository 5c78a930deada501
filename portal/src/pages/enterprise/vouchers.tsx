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
import { voucherTones } from './order-status.ts';
import '../../styles/enterprise.css';

/** Vouchers of an enterprise, newest first, and what is left of its yearly cap. */
export default function Vouchers() {
  const { strings } = useLanguage();
  return (
    <Page title={strings.pages.vouchers} lead={strings.enterprise.voucher.listLead}>
      <Acting kind="enterprise">{(organisationId) => <OfEnterprise organisationId={organisationId} />}</Acting>
    </Page>
  );
}

function OfEnterprise({ organisationId }: { readonly organisationId: string }) {
  const { strings, language } = useLanguage();
  const text = strings.enterprise.voucher;
  const list = useList(ordersRoutes.listVouchers, { organisationId });
  return (
    <div className="page">
      <CapMeter organisationId={organisationId} />
      <ListStates of={list}>
        <Empty title={text.none} text={text.noneText}>
          <PageLink to="/orders" className="button button-quiet">
            {strings.pages.orders}
          </PageLink>
        </Empty>
      </ListStates>
      {list.items.length > 0 && (
        <Table
          caption={strings.pages.vouchers}
          rows={list.items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: text.number,
              cell: ({ id, number }) => (
                <PageLink to="/vouchers/$voucherId" params={{ voucherId: id }} className="code">
                  {number}
                </PageLink>
              ),
            },
            { title: text.provider, cell: ({ providerName }) => providerName },
            { title: text.face, cell: ({ face }) => money(face), figures: true },
            {
              title: text.status,
              cell: ({ status }) => <Badge tone={voucherTones[status]}>{strings.register.statuses[status]}</Badge>,
            },
            { title: text.active, cell: ({ activeAt }) => day(activeAt, language) },
            { title: text.expires, cell: ({ expiresOn }) => day(expiresOn, language) },
          ]}
        />
      )}
      <More list={list} />
    </div>
  );
}
