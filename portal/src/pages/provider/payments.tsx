import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { recoveriesRoutes } from '../../../../contracts/recoveries.ts';
import type { Answer } from '../../api/client.ts';
import { useList, useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { More } from '../../components/more.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Failure, Loading, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { day, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { Acting } from '../../session/acting.tsx';
import { AccountSection } from './account.tsx';
import { PaymentItems } from './payment-items.tsx';
import '../../styles/provider.css';

type Payment = Answer<typeof payoutsRoutes.listPayments>['items'][number];

/** What was paid, what is still owed and where it stands, what was taken back, and the account that it goes to. */
export default function Payments() {
  return <Acting kind="provider">{(organisationId) => <OwnPayments organisationId={organisationId} />}</Acting>;
}

function OwnPayments({ organisationId }: OwnProps) {
  const { strings } = useLanguage();
  return (
    <Page title={strings.pages.providerPayments} lead={strings.provider.payments.lead}>
      <PaymentList organisationId={organisationId} />
      <Queue organisationId={organisationId} />
      <Recoveries organisationId={organisationId} />
      <AccountSection organisationId={organisationId} />
    </Page>
  );
}

interface OwnProps {
  readonly organisationId: string;
}

const tones = {
  ready: 'calm',
  sent: 'warm',
  paid: 'good',
  failed: 'bad',
  'return-recorded': 'good',
  returned: 'bad',
} as const satisfies Record<Payment['status'], string>;

function PaymentList({ organisationId }: OwnProps) {
  const { strings } = useLanguage();
  const text = strings.provider.payments;
  const list = useList(payoutsRoutes.listPayments, { organisationId });
  return (
    <Section title={text.list}>
      {list.isPending && <Loading />}
      {list.error && <Failure error={list.error} retry={list.refetch} />}
      {list.data && list.items.length === 0 && <Empty title={text.none} text={text.noneText} />}
      <ol className="history">
        {list.items.map((payment) => (
          <PaymentCard key={payment.id} payment={payment} organisationId={organisationId} />
        ))}
      </ol>
      <More list={list} />
    </Section>
  );
}

function PaymentCard({ payment, organisationId }: OwnProps & { readonly payment: Payment }) {
  const { strings, language } = useLanguage();
  const text = strings.provider.payments;
  const answer = payment.answers.at(-1);
  const nothingSent = payment.status === 'paid' && payment.answers.length === 0;
  return (
    <li className="card history-entry">
      <h3>
        {strings.plan.years(payment.year)} <span className="figures">{money(payment.net)}</span>{' '}
        <Badge tone={tones[payment.status]}>{text.statuses[payment.status]}</Badge>
      </h3>
      <Facts
        of={[
          [text.amount, money(payment.amount)],
          ...(payment.offset === '0.00' ? [] : [[text.offset, money(payment.offset)] as const]),
          [text.net, money(payment.net)],
        ]}
      />
      {nothingSent && <p className="quiet">{text.wholly}</p>}
      {answer?.outcome === 'paid' && answer.bankSerial && (
        <p className="quiet">{text.bankSerial(answer.bankSerial, day(answer.at, language))}</p>
      )}
      {payment.status === 'failed' && answer?.reason && (
        <p className="note note-bad">{text.failedReason(answer.reason)}</p>
      )}
      {payment.bankReturn && (
        <p className="note">
          {text.returnReason(day(payment.bankReturn.returnedOn, language), payment.bankReturn.reason)}
          {payment.bankReturn.resentBy && <> · {text.resent}</>}
        </p>
      )}
      <PaymentItems payment={payment} organisationId={organisationId} />
    </li>
  );
}

/** What is owed and has no money yet, in the order in which everybody is paid. */
function Queue({ organisationId }: OwnProps) {
  const { strings } = useLanguage();
  const text = strings.provider.payments;
  const deferrals = useRead(payoutsRoutes.readDeferrals, { organisationId });
  return (
    <Section title={text.queue} lead={text.queueLead}>
      <Read of={deferrals}>
        {({ items, places, amount }) => (
          <>
            {items.length === 0 ? (
              <p className="card quiet">{text.queueNone}</p>
            ) : (
              <Table
                caption={text.queue}
                rows={items}
                keyOf={({ claimItemId }) => claimItemId}
                columns={[
                  { title: text.position, cell: ({ position }) => text.positionN(position) },
                  {
                    title: strings.provider.claim.voucher,
                    cell: ({ claimId, claimItemId, voucherNumber }) => (
                      <PageLink
                        to="/provider/claims/$claimId/items/$itemId"
                        params={{ claimId, itemId: claimItemId }}
                        className="code"
                      >
                        {voucherNumber}
                      </PageLink>
                    ),
                  },
                  { title: strings.provider.claim.enterprise, cell: ({ enterpriseName }) => enterpriseName },
                  { title: text.deferred, figures: true, cell: (item) => money(item.amount) },
                  { title: text.ahead, figures: true, cell: ({ ahead }) => money(ahead) },
                ]}
              />
            )}
            {places > 0 && <p className="quiet">{text.queueAll(places, money(amount))}</p>}
          </>
        )}
      </Read>
    </Section>
  );
}

const recoveryTones = { proposed: 'warm', confirmed: 'bad', rejected: 'calm', recovered: 'good' } as const;

/** What is taken back, and how it came back. */
function Recoveries({ organisationId }: OwnProps) {
  const { strings, language } = useLanguage();
  const text = strings.provider.payments;
  const own = { params: { providerId: organisationId }, organisationId };
  const owed = useRead(recoveriesRoutes.readReceivable, own);
  const list = useList(recoveriesRoutes.listRecoveriesOfProvider, own);
  return (
    <Section title={text.recoveries} lead={text.recoveriesLead}>
      {list.error && <Failure error={list.error} retry={list.refetch} />}
      {list.data && list.items.length === 0 && <p className="card quiet">{text.recoveriesNone}</p>}
      {owed.data && owed.data.open !== '0.00' && (
        <p className="note note-bad">
          {text.owed} <strong className="figures">{money(owed.data.open)}</strong>
        </p>
      )}
      {list.items.length > 0 && (
        <Table
          caption={text.recoveries}
          rows={list.items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: strings.provider.claim.voucher,
              cell: ({ voucherNumber }) => <span className="code">{voucherNumber}</span>,
            },
            {
              title: text.recoveryReason,
              cell: ({ reasonCode, note }) => (
                <>
                  {text.recoveryReasons[reasonCode]}
                  <p className="quiet">{note}</p>
                </>
              ),
            },
            { title: text.recoveryAmount, figures: true, cell: ({ amount }) => money(amount) },
            {
              title: text.recovered,
              figures: true,
              cell: ({ recovered, returns }) => (
                <>
                  {money(recovered)}
                  {returns.map((part) => (
                    <p key={`${part.by} ${part.at}`} className="quiet">
                      {part.by === 'offset'
                        ? text.offsetBy(money(part.amount), day(part.at, language))
                        : text.transferBy(money(part.amount), day(part.paidOn, language))}
                    </p>
                  ))}
                </>
              ),
            },
            { title: text.openAmount, figures: true, cell: ({ open }) => money(open) },
            {
              title: text.status,
              cell: ({ status }) => <Badge tone={recoveryTones[status]}>{text.recoveryStatuses[status]}</Badge>,
            },
          ]}
        />
      )}
      <More list={list} />
    </Section>
  );
}
