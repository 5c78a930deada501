import { ordersRoutes } from '../../../../contracts/orders.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Derivation } from '../../components/derivation.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { type Station, Timeline } from '../../components/timeline.tsx';
import { day, minute, money, percent } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useAddress } from '../../routing.ts';
import { Acting } from '../../session/acting.tsx';
import { type Voucher, voucherTones } from './order-status.ts';
import { TrailOf } from './trail.tsx';
import '../../styles/form-page.css';
import '../../styles/enterprise.css';

/** A voucher of an enterprise: what it is worth, why, where it stands, and everything that happened to it. */
export default function VoucherPage() {
  const { voucherId = '' } = useAddress();
  return (
    <Acting kind="enterprise">
      {(organisationId) => <OfEnterprise voucherId={voucherId} organisationId={organisationId} />}
    </Acting>
  );
}

function OfEnterprise({ voucherId, organisationId }: { voucherId: string; organisationId: string }) {
  const voucher = useRead(ordersRoutes.readVoucher, { params: { voucherId }, organisationId });
  return <Read of={voucher}>{(data) => <Details voucher={data} organisationId={organisationId} />}</Read>;
}

function Details({ voucher, organisationId }: { voucher: Voucher; organisationId: string }) {
  const { strings, language, pick } = useLanguage();
  const names = useNames();
  const text = strings.enterprise.voucher;
  const reduced = voucher.issuedFace !== voucher.face;
  return (
    <Page
      title={text.title(voucher.number)}
      lead={voucher.providerName}
      aside={
        <span className="badges">
          <Badge tone={voucherTones[voucher.status]}>{strings.register.statuses[voucher.status]}</Badge>
          <PageLink to="/vouchers">← {text.back}</PageLink>
        </span>
      }
    >
      <section className="card">
        <VoucherTimeline voucher={voucher} />
      </section>
      <section className="card outcome outcome-good">
        <p className="estimate">
          <span>{text.faceLead}</span>
          <strong className="figures">{money(voucher.face)}</strong>
        </p>
        <Facts
          of={[
            [text.year, strings.plan.years(voucher.year)],
            [text.active, minute(voucher.activeAt, language)],
            [text.expires, day(voucher.expiresOn, language)],
            ...(reduced ? [[text.issued, money(voucher.issuedFace)] as const] : []),
            ...(voucher.payable ? [[text.payable, money(voucher.payable)] as const] : []),
            ...(voucher.paid ? [[text.paid, money(voucher.paid)] as const] : []),
            ...(voucher.deferred ? [[text.deferred, money(voucher.deferred)] as const] : []),
            ...(voucher.recovered ? [[text.recovered, money(voucher.recovered)] as const] : []),
            ...(voucher.endReason ? [[text.endReason, voucher.endReason] as const] : []),
            [
              text.hash,
              <span key="hash" className="code">
                {voucher.contractSha256}
              </span>,
            ],
          ]}
        />
        <PageLink to="/orders/$orderId" params={{ orderId: voucher.orderId }}>
          {text.seeOrder} →
        </PageLink>
      </section>
      <Section title={text.parts}>
        <Table
          caption={text.parts}
          rows={voucher.parts}
          keyOf={({ specId }) => specId}
          columns={[
            { title: text.category, cell: ({ category }) => names.category(category) },
            { title: text.ratio, cell: ({ ratio }) => percent(ratio), figures: true },
            { title: text.fee, cell: ({ fee }) => money(fee), figures: true },
            { title: text.amount, cell: ({ amount }) => money(amount), figures: true },
          ]}
        />
      </Section>
      <Section title={text.receipt} lead={text.receiptLead}>
        <div className="card">
          <Derivation steps={voucher.receipt} />
        </div>
      </Section>
      {voucher.localTopUps?.map((topUp) => (
        <Section key={topUp.policyId} title={`${text.topUps} · ${pick(topUp.name)}`}>
          <div className="card">
            <Derivation steps={topUp.derivation} />
          </div>
        </Section>
      ))}
      <TrailOf
        title={text.history}
        contract={ordersRoutes.readVoucherTrail}
        params={{ voucherId: voucher.id }}
        organisationId={organisationId}
      />
    </Page>
  );
}

const way = ['active', 'used', 'claimed', 'payable', 'redeemed'] as const;

/** From the signature to the payment; what left that way ends where it left. */
function VoucherTimeline({ voucher }: { readonly voucher: Voucher }) {
  const { strings, language } = useLanguage();
  const text = strings.enterprise.voucher;
  const { status } = voucher;
  const reached = (way as readonly string[]).indexOf(status);
  const when = { active: voucher.activeAt, redeemed: voucher.paidAt } as Partial<Record<(typeof way)[number], string>>;
  const has = {
    used: strings.enterprise.timeline.own,
    claimed: voucher.providerName,
    payable: text.auditor,
    redeemed: text.finance,
  } as Partial<Record<(typeof way)[number], string>>;
  const mayExpire = status === 'active' || status === 'used';
  const station = (one: (typeof way)[number], state: Station['state']): Station => ({
    title: text.stations[one],
    state,
    who: state === 'now' ? has[one] : undefined,
    when: when[one] && minute(when[one], language),
    until: state === 'now' && mayExpire ? day(voucher.expiresOn, language) : undefined,
  });
  const stations =
    reached >= 0
      ? way.map((one, at) => station(one, at <= reached ? 'done' : at === reached + 1 ? 'now' : 'ahead'))
      : [
          station('active', 'done'),
          { title: strings.register.statuses[status], state: 'stopped', note: voucher.endReason } as const,
        ];
  return <Timeline label={text.progress} stations={stations} />;
}
