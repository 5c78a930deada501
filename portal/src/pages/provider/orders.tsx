import { ordersRoutes } from '../../../../contracts/orders.ts';
import type { Answer } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { More } from '../../components/more.tsx';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { day, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useQuestion } from '../../routing.ts';
import { Acting } from '../../session/acting.tsx';
import '../../styles/provider.css';

type Status = Answer<typeof ordersRoutes.readOrder>['status'];

/** What a provider has to do with an order, by its state. */
const groups: Readonly<Record<string, readonly Status[]>> = {
  placed: ['placed'],
  answered: ['answered'],
  signed: ['signed'],
  done: ['delivered', 'partly-performed', 'not-performed', 'declined', 'cancelled', 'lapsed'],
};

export const orderTones: Readonly<Record<Status, 'calm' | 'good' | 'warm' | 'bad'>> = {
  placed: 'warm',
  answered: 'calm',
  declined: 'calm',
  cancelled: 'calm',
  lapsed: 'calm',
  signed: 'good',
  delivered: 'good',
  'partly-performed': 'warm',
  'not-performed': 'bad',
};

/** Orders of the provider, newest first; those that wait for an answer can be shown alone. */
export default function Orders() {
  return <Acting kind="provider">{(organisationId) => <OwnOrders organisationId={organisationId} />}</Acting>;
}

function OwnOrders({ organisationId }: { readonly organisationId: string }) {
  const { strings } = useLanguage();
  return (
    <Page title={strings.pages.providerOrders} lead={strings.provider.orders.lead}>
      <List organisationId={organisationId} />
    </Page>
  );
}

function List({ organisationId }: { readonly organisationId: string }) {
  const { strings, language } = useLanguage();
  const text = strings.provider.orders;
  const [{ show = 'all' }, ask] = useQuestion();
  const list = useList(ordersRoutes.listOrders, { query: { limit: 50 }, organisationId });
  const wanted = groups[show];
  const shown = list.items.filter(({ status }) => wanted?.includes(status) ?? true);
  const countOf = (group: string) => list.items.filter(({ status }) => groups[group]?.includes(status)).length;
  if (list.isPending) return <Loading />;
  if (list.error) return <Failure error={list.error} retry={list.refetch} />;
  return (
    <>
      <fieldset className="chips" aria-label={text.filter}>
        {Object.entries(text.filters).map(([group, name]) => (
          <button
            key={group}
            type="button"
            aria-pressed={group === show}
            onClick={() => ask({ show: group === 'all' ? undefined : group })}
          >
            {name}
            {group === 'placed' && countOf(group) > 0 && ` ${countOf(group)}`}
          </button>
        ))}
      </fieldset>
      {shown.length === 0 ? (
        <Empty title={text.none} {...(list.items.length === 0 ? { text: text.noneText } : {})} />
      ) : (
        <Table
          caption={strings.pages.providerOrders}
          rows={shown}
          keyOf={({ id }) => id}
          columns={[
            {
              title: text.enterprise,
              cell: (order) => (
                <PageLink to="/provider/orders/$orderId" params={{ orderId: order.id }} className="strong-link">
                  {order.enterpriseName}
                </PageLink>
              ),
            },
            {
              title: text.offering,
              cell: ({ offeringName, quantity }) => `${offeringName}${quantity > 1 ? ` × ${quantity}` : ''}`,
            },
            { title: text.fee, figures: true, cell: ({ fee }) => money(fee) },
            {
              title: text.status,
              cell: ({ status, reservedUntil }) => (
                <>
                  <Badge tone={orderTones[status]}>{text.statuses[status]}</Badge>
                  {reservedUntil && (status === 'placed' || status === 'answered') && (
                    <p className="quiet">{text.until(day(reservedUntil, language))}</p>
                  )}
                </>
              ),
            },
            { title: text.placedAt, cell: ({ createdAt }) => day(createdAt, language) },
          ]}
        />
      )}
      <More list={list} />
    </>
  );
}
