import { ordersRoutes } from '../../../../contracts/orders.ts';
import { useWatched } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { FundingStack } from '../../components/funding.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Clause, Read } from '../../components/states.tsx';
import { day, minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useAddress } from '../../routing.ts';
import { Acting } from '../../session/acting.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { ContractCard } from './contract-card.tsx';
import { DeliveryForm } from './delivery-form.tsx';
import { type OrderDetails, orderTones, voucherTones } from './order-status.ts';
import { OrderTimeline } from './order-timeline.tsx';
import { SigningCard } from './signing-card.tsx';
import { TrailOf } from './trail.tsx';
import { WaitingCard } from './waiting-card.tsx';
import '../../styles/form-page.css';
import '../../styles/enterprise.css';

/** An order of an enterprise: where it stands, what there is to do, and everything that was agreed and computed. */
export default function OrderPage() {
  const { orderId = '' } = useAddress();
  return (
    <Acting kind="enterprise">
      {(organisationId) => <OfEnterprise orderId={orderId} organisationId={organisationId} />}
    </Acting>
  );
}

/** How often it is looked, in milliseconds. */
const MOMENT = 2500;

interface OrderProps {
  readonly order: OrderDetails;
  readonly organisationId: string;
}

function OfEnterprise({ orderId, organisationId }: { readonly orderId: string; readonly organisationId: string }) {
  // The provider answers, and money comes back to who waits, while somebody looks.
  const order = useWatched(
    ordersRoutes.readOrder,
    { params: { orderId }, organisationId },
    ({ status, waiting }) => (status === 'placed' || (status === 'answered' && waiting !== undefined)) && MOMENT,
  );
  return <Read of={order}>{(data) => <Details order={data} organisationId={organisationId} />}</Read>;
}

function Details({ order, organisationId }: OrderProps) {
  const { strings, pick } = useLanguage();
  const text = strings.enterprise.order;
  const { status } = order;
  const isOpen = status === 'placed' || status === 'answered';
  return (
    <Page
      title={order.offeringName}
      lead={order.providerName}
      aside={
        <span className="badges">
          <Badge tone={orderTones[status]}>{text.statuses[status]}</Badge>
          <PageLink to="/orders">← {text.back}</PageLink>
        </span>
      }
    >
      <section className="card">
        <OrderTimeline order={order} />
      </section>
      {isOpen && order.waiting && <WaitingCard order={order} organisationId={organisationId} />}
      {status === 'answered' && <SigningCard order={order} organisationId={organisationId} />}
      {status === 'signed' && <DeliveryForm order={order} organisationId={organisationId} />}
      {order.voucher && <VoucherCard order={order} />}
      {order.contract && <ContractCard order={order} organisationId={organisationId} />}
      <Content order={order} />
      {order.findings.length > 0 && (
        <Section title={text.findings}>
          <ul className="findings">
            {order.findings.map((finding) => (
              <li key={finding.rule + finding.zh}>
                {pick(finding)} {finding.clause && <Clause clause={finding.clause} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {isOpen && <CancelOrder order={order} organisationId={organisationId} />}
      <TrailOf
        title={text.trail}
        contract={ordersRoutes.readOrderTrail}
        params={{ orderId: order.id }}
        organisationId={organisationId}
      />
    </Page>
  );
}

function Content({ order }: { readonly order: OrderDetails }) {
  const { strings, language } = useLanguage();
  const names = useNames();
  const text = strings.enterprise.order;
  const { choice } = order;
  return (
    <Section title={text.facts}>
      <div className="card">
        <Facts
          of={[
            [text.offering, `${order.offeringName} · ${names.kind(order.kind)}`],
            [text.quantity, String(order.quantity)],
            [text.fee, money(order.fee)],
            [text.wanted, text.period(day(order.wantedFrom, language), day(order.wantedTo, language))],
            [
              text.choice,
              choice.use === 'amount' ? text.choices.amount(money(choice.amount ?? '0.00')) : text.choices[choice.use],
            ],
            ...(order.reservedAmount ? [[text.reserved, money(order.reservedAmount)] as const] : []),
            [text.policy, strings.calculator.policy(order.planYear, order.policyVersion)],
            [text.placed, minute(order.createdAt, language)],
            ...(order.deliveredAt ? [[text.deliveredAt, minute(order.deliveredAt, language)] as const] : []),
            ...(order.deliveredFee ? [[text.deliveredFees, money(order.deliveredFee)] as const] : []),
            ...(order.endReason ? [[text.endReason, order.endReason] as const] : []),
            [
              text.number,
              <span key="id" className="code">
                {order.id}
              </span>,
            ],
          ]}
        />
      </div>
    </Section>
  );
}

/** The voucher that the signature generated, and who pays what. */
function VoucherCard({ order: { voucher, funding } }: { readonly order: OrderDetails }) {
  const { strings } = useLanguage();
  const text = strings.enterprise.order;
  if (!voucher) return null;
  return (
    <section className="card outcome outcome-good">
      <p className="estimate">
        <span>
          {text.voucher} <span className="code">{voucher.number}</span>{' '}
          <Badge tone={voucherTones[voucher.status]}>{strings.register.statuses[voucher.status]}</Badge>
        </span>
        <strong className="figures">{money(voucher.face)}</strong>
      </p>
      {funding && <FundingStack of={funding} />}
      <PageLink to="/vouchers/$voucherId" params={{ voucherId: voucher.id }}>
        {text.seeVoucher} →
      </PageLink>
    </section>
  );
}
