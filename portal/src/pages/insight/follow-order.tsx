import { clauseOfEntry } from '../../../../contracts/clauses.ts';
import { flowsOf } from '../../../../contracts/flows.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Clause, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { minute, money } from '../../format/format.ts';
import { useCodes } from '../../language/codes.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useAddress } from '../../routing.ts';
import { Decisions } from './decisions.tsx';
import { type Matter, useMatter } from './matter.ts';
import { Papers } from './papers.tsx';
import { Way } from './way.tsx';
import '../../styles/insight.css';

/** A fen from the appropriation to the payment: what moved, who decided, what proves it (clause 八-(三)). */
export default function FollowOrder() {
  const { orderId: id = '' } = useAddress();
  return id.startsWith('vch_') ? <OfVoucher voucherId={id} /> : <OfOrder orderId={id} />;
}

function OfVoucher({ voucherId }: { readonly voucherId: string }) {
  const { strings } = useLanguage();
  const voucher = useRead(ordersRoutes.readVoucher, { params: { voucherId } });
  if (voucher.data) return <OfOrder orderId={voucher.data.orderId} />;
  return (
    <Page title={strings.pages.followOrder}>
      <Read of={voucher}>{() => null}</Read>
    </Page>
  );
}

function OfOrder({ orderId }: { readonly orderId: string }) {
  const { strings } = useLanguage();
  const text = strings.insight.follow;
  const matter = useMatter(orderId);
  const number = matter.data?.order.voucher?.number;
  return (
    <Page
      title={matter.data ? text.title(number ?? text.withoutVoucher) : strings.pages.followOrder}
      lead={text.lead}
      aside={<PageLink to="/follow">{text.find}</PageLink>}
    >
      <Read of={matter}>{(found) => <Followed matter={found} />}</Read>
    </Page>
  );
}

function Followed({ matter }: { readonly matter: Matter }) {
  const { strings } = useLanguage();
  const text = strings.insight.follow;
  return (
    <>
      <Summary matter={matter} />
      <Section title={text.way} lead={text.wayLead}>
        <Way matter={matter} />
        <Entries matter={matter} />
      </Section>
      <Section title={text.steps} lead={text.stepsLead}>
        <Decisions matter={matter} />
      </Section>
      <Section title={text.documents} lead={text.documentsLead}>
        <Papers matter={matter} />
      </Section>
      <Receipt matter={matter} />
    </>
  );
}

function Summary({ matter: { order } }: { readonly matter: Matter }) {
  const { strings } = useLanguage();
  const codes = useCodes();
  const names = useNames();
  const text = strings.insight.follow;
  const { voucher } = order;
  return (
    <div className="card">
      <Facts
        of={[
          [strings.register.enterprise, order.enterpriseName],
          [strings.offering.provider, order.providerName],
          [strings.insight.category, names.category(order.category)],
          [text.order, <OrderState key="order" id={order.id} state={codes.state(order.status)} />],
          ...(voucher
            ? [
                [
                  text.voucher,
                  <OrderState key="voucher" id={voucher.number} state={codes.state(voucher.status)} />,
                ] as const,
                [text.face, money(voucher.face)] as const,
                [
                  strings.insight.standings.paid,
                  money(voucher.paid ?? (voucher.paidAt ? (voucher.payable ?? voucher.face) : '0.00')),
                ] as const,
                [strings.insight.dashboard.year, text.fundOf(voucher.fundYear)] as const,
              ]
            : []),
        ]}
      />
    </div>
  );
}

const OrderState = ({ id, state }: { readonly id: string; readonly state: string }) => (
  <>
    <span className="code">{id}</span> <Badge>{state}</Badge>
  </>
);

function Entries({ matter: { postings } }: { readonly matter: Matter }) {
  const { strings, language } = useLanguage();
  const text = strings.insight.follow;
  if (postings.length === 0)
    return (
      <div className="card">
        <p className="quiet">{text.entriesNone}</p>
      </div>
    );
  return (
    <details className="card entries" open>
      <summary>{text.entries}</summary>
      <Table
        caption={text.entriesTable}
        rows={postings}
        keyOf={({ id }) => id}
        columns={[
          { title: text.at, cell: ({ at }) => minute(at, language) },
          { title: text.movement, cell: ({ reason }) => text.reasons[reason] ?? reason },
          {
            title: text.amount,
            figures: true,
            cell: ({ entries }) =>
              flowsOf(entries).map(({ from, to, amount }) => (
                <span key={`${from} ${to}`} className="entry-flow">
                  {text.accounts[from]} → {text.accounts[to]} <strong>{money(amount)}</strong>
                </span>
              )),
          },
          { title: text.basis, cell: ({ reason }) => <ClauseOf reason={reason} /> },
          { title: text.entryId, cell: ({ id }) => <span className="code">{id}</span> },
        ]}
      />
    </details>
  );
}

function ClauseOf({ reason }: { readonly reason: string }) {
  const clause = clauseOfEntry(reason);
  return clause ? <Clause clause={clause} /> : '–';
}

function Receipt({ matter: { order } }: { readonly matter: Matter }) {
  const { strings, pick } = useLanguage();
  const receipt = order.voucher?.receipt ?? [];
  if (receipt.length === 0) return null;
  return (
    <Section title={strings.insight.follow.receipt}>
      <ol className="card receipt">
        {receipt.map((step) => (
          <li key={`${step.rule} ${step.zh}`}>
            <span>
              {pick(step)} <Clause clause={step.clause} />
            </span>
            <strong className="figures">{money(step.amount)}</strong>
          </li>
        ))}
      </ol>
    </Section>
  );
}
