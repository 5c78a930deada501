import { ordersRoutes } from '../../../../contracts/orders.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { AskedCommand } from '../../components/command-dialog.tsx';
import { DocumentLink } from '../../components/document-link.tsx';
import { LongTextField } from '../../components/field.tsx';
import { FundingStack } from '../../components/funding.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Clause, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { day, minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useAddress } from '../../routing.ts';
import { Acting } from '../../session/acting.tsx';
import { AnswerForm } from './answer-form.tsx';
import { orderTones } from './orders.tsx';
import type { Order } from './sold-order.ts';
import '../../styles/form-page.css';
import '../../styles/provider.css';

/** An order as its provider sees it: what is asked, the answer, and what became of it. */
export default function OrderPage() {
  return <Acting kind="provider">{(organisationId) => <OneOrder organisationId={organisationId} />}</Acting>;
}

function OneOrder({ organisationId }: { readonly organisationId: string }) {
  const { orderId = '' } = useAddress();
  const order = useRead(ordersRoutes.readOrder, { params: { orderId }, organisationId });
  return <Read of={order}>{(data) => <Whole order={data} organisationId={organisationId} />}</Read>;
}

interface WholeProps {
  readonly order: Order;
  readonly organisationId: string;
}

function Whole({ order, organisationId }: WholeProps) {
  const { strings, language, pick } = useLanguage();
  const { kind } = useNames();
  const text = strings.provider.order;
  const open = order.status === 'placed' || order.status === 'answered';
  return (
    <Page
      title={text.title(order.enterpriseName)}
      aside={
        <div className="actions">
          <Badge tone={orderTones[order.status]}>{strings.provider.orders.statuses[order.status]}</Badge>
          <PageLink to="/provider/orders">← {strings.pages.providerOrders}</PageLink>
        </div>
      }
    >
      <div className="card">
        <Facts
          of={[
            [strings.provider.orders.offering, order.offeringName],
            [text.kind, kind(order.kind)],
            [text.quantity, String(order.quantity)],
            [text.estimated, money(order.estimatedFee)],
            [text.wanted, text.period(day(order.wantedFrom, language), day(order.wantedTo, language))],
            [
              text.uscc,
              <span key="uscc" className="code">
                {order.enterpriseUscc}
              </span>,
            ],
            [strings.provider.orders.placedAt, minute(order.createdAt, language)],
            ...(order.choice.use === 'none'
              ? [[text.voucher, text.noVoucher] as const]
              : open && order.reservedAmount
                ? [
                    [text.reserved, money(order.reservedAmount)] as const,
                    ...(order.reservedUntil ? [[text.signBy, day(order.reservedUntil, language)] as const] : []),
                  ]
                : []),
            ...(order.endReason ? [[text.endReason, order.endReason] as const] : []),
          ]}
        />
        {order.findings.length > 0 && (
          <>
            <h2 className="small-heading">{text.findings}</h2>
            <ul className="findings">
              {order.findings.map((finding) => (
                <li key={finding.rule}>
                  {pick(finding)} {finding.clause && <Clause clause={finding.clause} />}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {order.waiting && <Waiting order={order} organisationId={organisationId} />}
      {order.status === 'answered' && (
        <p className="note note-good" role="status">
          <strong>{text.answered}</strong> {text.answeredText}
        </p>
      )}
      {order.contract && <Contract order={order} organisationId={organisationId} />}
      {order.status === 'answered' && <Preview order={order} organisationId={organisationId} />}
      {open && (
        <>
          <AnswerForm key={order.version} order={order} organisationId={organisationId} />
          <Declining order={order} organisationId={organisationId} />
        </>
      )}
      {order.signedAt && <Delivery order={order} organisationId={organisationId} />}
    </Page>
  );
}

function Waiting({ order, organisationId }: WholeProps) {
  const { strings, language } = useLanguage();
  const text = strings.provider.order;
  const place = useRead(ordersRoutes.readPlace, { params: { orderId: order.id }, organisationId });
  const { data } = place;
  return (
    <p className="note">
      <strong>{text.waiting}</strong> {text.waitingText(money(order.waiting?.missing ?? '0.00'))}{' '}
      {data && text.place(data.position, money(data.ahead))}{' '}
      {data?.forecast.kind === 'date' && text.forecastOn(day(data.forecast.on, language))}
      {data?.forecast.kind === 'next-year' && text.forecastNextYear}
    </p>
  );
}

function Contract({ order, organisationId }: WholeProps) {
  const { strings, language } = useLanguage();
  const { kind } = useNames();
  const text = strings.provider.order;
  const { contract } = order;
  if (!contract) return null;
  return (
    <Section title={text.contract}>
      <div className="card">
        <Facts
          of={[
            [text.contractNumber, contract.number],
            [text.contractPeriod, text.period(day(contract.startsOn, language), day(contract.endsOn, language))],
            [text.feeTotal, money(contract.fee)],
            ...(order.signedAt ? [[text.signedAt, minute(order.signedAt, language)] as const] : []),
            [
              text.file,
              <DocumentLink
                key="file"
                documentId={contract.documentId}
                organisationId={organisationId}
                name={text.file}
              />,
            ],
          ]}
        />
      </div>
      <Table
        caption={text.lines}
        rows={contract.lines.map((line, index) => ({ ...line, index }))}
        keyOf={({ index }) => String(index)}
        columns={[
          { title: text.description, cell: (line) => line.description },
          { title: text.kind, cell: (line) => kind(line.kind) },
          { title: text.listPrice, figures: true, cell: (line) => money(line.listPrice) },
          { title: text.discount, figures: true, cell: (line) => money(line.discount) },
          { title: text.fee, figures: true, cell: (line) => money(line.fee) },
          ...(order.deliveredFees
            ? [
                {
                  title: text.deliveredLine,
                  figures: true,
                  cell: ({ index }: { index: number }) => money(order.deliveredFees?.[index] ?? '0.00'),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

/** What signing would make of the contract as it is. */
function Preview({ order, organisationId }: WholeProps) {
  const { strings } = useLanguage();
  const preview = useRead(ordersRoutes.previewSigning, { params: { orderId: order.id }, organisationId });
  return (
    <Section title={strings.provider.order.preview}>
      <Read of={preview}>
        {({ funding }) => (
          <div className="card">
            <FundingStack of={funding} />
          </div>
        )}
      </Read>
    </Section>
  );
}

/** The provider ends an order that was not signed. */
function Declining({ order, organisationId }: WholeProps) {
  const { strings } = useLanguage();
  const text = strings.provider.order;
  return (
    <AskedCommand
      title={text.decline}
      consequences={[text.declineText]}
      contract={ordersRoutes.declineOrder}
      name={`decline.${order.id}`}
      call={{ params: { orderId: order.id }, version: order.version, organisationId }}
      submit={text.declineConfirm}
    >
      {({ bind }) => <LongTextField label={text.reason} hint={text.reasonHint} {...bind('/reason')} rows={3} />}
    </AskedCommand>
  );
}

/** What the enterprise confirmed, and the voucher that follows from it. */
function Delivery({ order, organisationId }: WholeProps) {
  const { strings, language } = useLanguage();
  const text = strings.provider.order;
  const { voucher, funding } = order;
  return (
    <Section title={text.delivery}>
      {order.deliveredAt === undefined && <p className="note">{text.deliveryWaits}</p>}
      <div className="card audit">
        {funding && <FundingStack of={funding} />}
        <Facts
          of={[
            ...(order.deliveredAt ? [[text.deliveredAt, minute(order.deliveredAt, language)] as const] : []),
            ...(order.deliveredFee ? [[text.deliveredFee, money(order.deliveredFee)] as const] : []),
            ...(order.deliveryDocumentId
              ? [
                  [
                    text.deliveredLine,
                    <DocumentLink
                      key="delivery"
                      documentId={order.deliveryDocumentId}
                      organisationId={organisationId}
                      name={text.delivery}
                    />,
                  ] as const,
                ]
              : []),
            ...(voucher
              ? ([
                  [
                    text.voucherNumber,
                    <span key="number" className="code">
                      {voucher.number}
                    </span>,
                  ],
                  [text.voucher, money(voucher.face)],
                  [text.voucherStatus, strings.register.statuses[voucher.status]],
                  [text.expiresOn, day(voucher.expiresOn, language)],
                ] as const)
              : [[text.voucher, text.noVoucher] as const]),
          ]}
        />
        {voucher?.status === 'used' && (
          <p>
            <PageLink to="/provider/claims">{text.toClaim} →</PageLink>
          </p>
        )}
      </div>
    </Section>
  );
}
