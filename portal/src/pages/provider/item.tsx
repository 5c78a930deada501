import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { registryRoutes } from '../../../../contracts/registry.ts';
import { useCommand } from '../../api/command.ts';
import { useRead } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { ObjectionForm } from '../../components/objection-form.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Clause, Read } from '../../components/states.tsx';
import { lessOf } from '../../format/amounts.ts';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { Acting } from '../../session/acting.tsx';
import { readsOfClaim } from './add-items.ts';
import { type Claim, type ClaimItem, isOpen, itemTones, missingOf } from './claim-items.ts';
import type { Expected } from './evidence-fields.ts';
import { EvidenceForm } from './evidence-form.tsx';
import { EvidenceMarks } from './evidence-marks.tsx';
import { EvidenceView } from './evidence-view.tsx';
import { ItemAudit } from './item-audit.tsx';
import type { Order } from './sold-order.ts';
import '../../styles/provider.css';

/** A voucher in a claim: its evidence, what the audit says of it, and what was paid. */
export default function ItemPage() {
  return <Acting kind="provider">{(organisationId) => <OneItem organisationId={organisationId} />}</Acting>;
}

function OneItem({ organisationId }: { readonly organisationId: string }) {
  const { claimId = '', itemId = '' } = useAddress();
  const claim = useRead(claimsRoutes.readClaim, { params: { claimId }, organisationId });
  const item = useRead(claimsRoutes.readClaimItem, { params: { claimId, itemId }, organisationId });
  return (
    <Read of={claim}>
      {(claimData) => (
        <Read of={item}>{(data) => <Whole claim={claimData} item={data} organisationId={organisationId} />}</Read>
      )}
    </Read>
  );
}

interface ItemProps {
  readonly claim: Claim;
  readonly item: ClaimItem;
  readonly organisationId: string;
}

function Whole({ claim, item, organisationId }: ItemProps) {
  const { strings, pick } = useLanguage();
  const text = strings.provider.item;
  return (
    <Page
      title={item.enterpriseName}
      aside={
        <div className="actions">
          <Badge tone={itemTones[item.status]}>{strings.provider.claim.statuses[item.status]}</Badge>
          <PageLink to="/provider/claims/$claimId" params={{ claimId: claim.id }}>
            ← {text.back}
          </PageLink>
        </div>
      }
    >
      {item.status === 'objected' && <p className="note">{text.objected}</p>}
      <ItemAudit claim={claim} item={item} organisationId={organisationId} />
      <Evidence claim={claim} item={item} organisationId={organisationId} />
      {item.findings.length > 0 && (
        <Section title={text.findings} lead={text.findingsLead}>
          <ul className="findings">
            {item.findings.map((finding) => (
              <li key={`${finding.rule} ${finding.pointer ?? ''}`}>
                {pick(finding)} {finding.clause && <Clause clause={finding.clause} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Payment item={item} />
      <Objecting claim={claim} item={item} organisationId={organisationId} />
      {isOpen(item, claim) && <Withdrawal claim={claim} item={item} organisationId={organisationId} />}
    </Page>
  );
}

/** What the order says that the evidence should come to, and the evidence. */
function Evidence({ claim, item, organisationId }: ItemProps) {
  const { strings } = useLanguage();
  const text = strings.provider.item;
  const [isSaved, setSaved] = useState(false);
  const order = useRead(ordersRoutes.readOrder, { params: { orderId: item.orderId }, organisationId });
  const own = useRead(registryRoutes.readOrganisation, { params: { organisationId }, organisationId });
  const missing = missingOf(item);
  return (
    <Read of={order}>
      {(orderData) => (
        <Read of={own}>
          {({ name, uscc }) => {
            const expected = expectedOf(item, orderData, { name, uscc });
            return (
              <>
                <div className="card">
                  <Facts
                    of={[
                      [
                        text.facts,
                        <span key="number" className="code">
                          {item.voucherNumber}
                        </span>,
                      ],
                      [text.asked, money(item.asked)],
                      [text.fee, money(expected.fee)],
                      [text.own, money(expected.ownShare)],
                      [
                        text.order,
                        <PageLink key="order" to="/provider/orders/$orderId" params={{ orderId: item.orderId }}>
                          {orderData.offeringName}
                        </PageLink>,
                      ],
                    ]}
                  />
                </div>
                <section className="section">
                  <h2>{text.evidence}</h2>
                  <EvidenceMarks item={item} />
                  {isOpen(item, claim) ? (
                    <>
                      <p className="section-lead">{text.evidenceLead}</p>
                      <p role="status" className={isSaved ? 'note note-good' : 'visually-hidden'}>
                        {isSaved &&
                          (missing.length === 0
                            ? text.savedComplete
                            : text.savedMissing(missing.map((kind) => strings.provider.claim.kinds[kind]).join('、')))}
                      </p>
                      <EvidenceForm
                        key={item.version}
                        item={item}
                        expected={expected}
                        organisationId={organisationId}
                        saved={() => setSaved(true)}
                      />
                    </>
                  ) : (
                    <EvidenceView item={item} organisationId={organisationId} />
                  )}
                </section>
              </>
            );
          }}
        </Read>
      )}
    </Read>
  );
}

/** Fee = own share + voucher + local top-ups (clause 一-(三)). */
function expectedOf(item: ClaimItem, order: Order, own: { readonly name: string; readonly uscc: string }): Expected {
  const fee = order.deliveredFee ?? order.contract?.fee ?? order.fee;
  const topUps = order.voucher?.localTopUps?.map(({ amount }) => amount) ?? [];
  return {
    enterpriseName: item.enterpriseName,
    enterpriseUscc: item.enterpriseUscc,
    providerName: own.name,
    providerUscc: own.uscc,
    fee,
    ownShare: lessOf(fee, item.asked, ...topUps) ?? fee,
    startsOn: order.contract?.startsOn ?? '',
    contractDocumentId: order.contract?.documentId ?? '',
  };
}

function Payment({ item }: Pick<ItemProps, 'item'>) {
  const { strings } = useLanguage();
  const text = strings.provider.item;
  if (item.payable === undefined) return null;
  return (
    <Section title={text.payment}>
      <div className="card">
        <Facts
          of={[
            [text.payable, money(item.payable)],
            ...(item.paid ? [[text.paid, money(item.paid)] as const] : []),
            ...(item.deferred ? [[text.deferred, money(item.deferred)] as const] : []),
          ]}
        />
        <p>
          <PageLink to="/provider/payments">{strings.pages.providerPayments} →</PageLink>
        </p>
      </div>
    </Section>
  );
}

/** The provider objects to the result of its own item, as anybody may while it is publicised. */
function Objecting({ claim, item, organisationId }: ItemProps) {
  const { strings } = useLanguage();
  const text = strings.provider.item;
  const { audit } = item;
  const isPublic = claim.status === 'in-publicity' && (item.status === 'approved' || item.status === 'rejected');
  if (!isPublic || !claim.noticeId || !audit) return null;
  const outcome = item.status === 'rejected' ? 'rejected' : audit.outcome === 'reduce' ? 'reduced' : 'approved';
  return (
    <Section title={text.objection} lead={text.objectionText}>
      <ObjectionForm
        noticeId={claim.noticeId}
        organisationId={organisationId}
        line={{
          claimItemId: item.id,
          voucherNumber: item.voucherNumber,
          enterpriseName: item.enterpriseName,
          enterpriseUscc: item.enterpriseUscc,
          asked: item.asked,
          approved: audit.approved,
          outcome,
        }}
      />
    </Section>
  );
}

/** The item leaves the claim; its voucher can go into it again. */
function Withdrawal({ claim, item, organisationId }: ItemProps) {
  const { strings } = useLanguage();
  const text = strings.provider.item;
  const navigate = useNavigate();
  const command = useCommand(claimsRoutes.withdrawClaimItem);
  const [asked, setAsked] = useState(false);
  const act = async () => {
    const params = { claimId: claim.id, itemId: item.id };
    const refusal = await command.submit({ params, version: item.version, organisationId });
    if (refusal) return;
    await Promise.all([
      navigate({ to: `/provider/claims/${claim.id}` }),
      refresh(...readsOfClaim, ordersRoutes.listVouchers),
    ]);
  };
  const close = () => {
    setAsked(false);
    if (command.refusal) refresh(...readsOfClaim);
  };
  return (
    <p className="actions">
      <Button look="quiet" onClick={() => setAsked(true)}>
        {text.withdraw}
      </Button>
      {asked && (
        <Confirm
          title={text.withdraw}
          consequences={[text.withdrawText]}
          confirm={text.withdrawConfirm}
          pending={command.pending}
          refusal={command.refusal}
          act={act}
          close={close}
        />
      )}
    </p>
  );
}
