import { useState } from 'react';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import { useCommand } from '../../api/command.ts';
import { useRead } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { type ControlTotal, ControlTotals } from '../../components/control-totals.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { useExpected } from '../../components/expected.ts';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { sumOf } from '../../format/amounts.ts';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { Acting } from '../../session/acting.tsx';
import { readsOfClaim } from './add-items.ts';
import { ChooseVouchers } from './choose-vouchers.tsx';
import { awaitsHearing, type Claim, type ClaimItem, claimTones, isOpen, isReady, itemTones } from './claim-items.ts';
import { EvidenceMarks } from './evidence-marks.tsx';
import { useWholeList } from './whole-list.ts';
import '../../styles/provider.css';

/** The workbench of a claim: what is in it, what is missing, what it adds up to, and what became of each item. */
export default function ClaimPage() {
  return <Acting kind="provider">{(organisationId) => <OneClaim organisationId={organisationId} />}</Acting>;
}

function OneClaim({ organisationId }: { readonly organisationId: string }) {
  const { claimId = '' } = useAddress();
  const claim = useRead(claimsRoutes.readClaim, { params: { claimId }, organisationId });
  const items = useWholeList(claimsRoutes.listClaimItems, {
    params: { claimId },
    query: { limit: 100 },
    organisationId,
  });
  return (
    <Read of={claim}>
      {(data) => (
        <Read of={items}>
          {(all) => (
            <Workbench
              claim={data}
              items={all.filter(({ status }) => status !== 'withdrawn')}
              organisationId={organisationId}
            />
          )}
        </Read>
      )}
    </Read>
  );
}

interface WorkbenchProps {
  readonly claim: Claim;
  readonly items: readonly ClaimItem[];
  readonly organisationId: string;
}

function Workbench({ claim, items, organisationId }: WorkbenchProps) {
  const { strings } = useLanguage();
  const text = strings.provider.claim;
  return (
    <Page
      title={text.title(claim.year)}
      aside={
        <div className="actions">
          <Badge tone={claimTones[claim.status]}>{strings.provider.claims.statuses[claim.status]}</Badge>
          <PageLink to="/provider/claims">← {strings.pages.providerClaims}</PageLink>
        </div>
      }
    >
      <Standing claim={claim} items={items} />
      <Section title={text.totals} lead={text.totalsLead}>
        <Totals claim={claim} items={items} />
      </Section>
      <Section title={text.items}>
        {items.length === 0 ? (
          <Empty title={text.noItems} text={text.noItemsText} />
        ) : (
          <Items claim={claim} items={items} />
        )}
      </Section>
      {(claim.status === 'draft' || claim.status === 'returned') && (
        <Filing claim={claim} items={items} organisationId={organisationId} />
      )}
      {claim.status === 'draft' && <ChooseVouchers claim={claim} organisationId={organisationId} />}
    </Page>
  );
}

/** Where the claim is, and what that asks of the provider. */
function Standing({ claim, items }: Omit<WorkbenchProps, 'organisationId'>) {
  const { strings } = useLanguage();
  const text = strings.provider.claim;
  const expected = useExpected();
  const toHear = items.filter((item) => awaitsHearing(item, claim)).length;
  return (
    <>
      {claim.status === 'under-audit' && (
        <p className="note">
          {text.filedText} {claim.auditBy && expected('audit', claim.auditBy)}
        </p>
      )}
      {claim.status === 'returned' && <p className="note note-bad">{text.returnedText}</p>}
      {claim.status === 'in-publicity' && (
        <p className="note">
          {text.publicityText}{' '}
          {claim.noticeId && (
            <PageLink to="/notices/$noticeId" params={{ noticeId: claim.noticeId }}>
              {text.toNotice} →
            </PageLink>
          )}
        </p>
      )}
      {claim.status === 'final' && <p className="note note-good">{text.finalText}</p>}
      {toHear > 0 && <p className="note note-bad">{text.heardText(toHear)}</p>}
    </>
  );
}

/** What the claim says it adds up to, beside what its items do, and what their evidence comes to. */
function Totals({ claim, items }: Omit<WorkbenchProps, 'organisationId'>) {
  const { strings } = useLanguage();
  const text = strings.provider.claim;
  const differing = (rule: string) => items.filter(({ findings }) => findings.some((one) => one.rule === rule)).length;
  const evidence = (label: string, amounts: readonly string[], rule: string): ControlTotal => ({
    label,
    stated: money(sumOf(amounts) ?? '0.00'),
    ...(differing(rule) > 0 ? { note: text.differing(differing(rule)) } : {}),
  });
  return (
    <ControlTotals
      of={[
        { label: text.count, stated: String(claim.itemCount), counted: String(items.length) },
        {
          label: text.asked,
          stated: money(claim.asked),
          counted: money(sumOf(items.map(({ asked }) => asked)) ?? '0.00'),
        },
        { label: text.complete, stated: text.completeOf(items.filter(isReady).length, items.length) },
        evidence(
          text.invoices,
          items.flatMap(({ invoices }) => invoices.map(({ amount }) => amount)),
          'invoices-total-differs',
        ),
        evidence(
          text.transfers,
          items.flatMap(({ transfers }) => transfers.map(({ amount }) => amount)),
          'transfers-total-differs',
        ),
        ...(claim.approved ? [{ label: text.approved, stated: money(claim.approved) }] : []),
      ]}
    />
  );
}

function Items({ claim, items }: Omit<WorkbenchProps, 'organisationId'>) {
  const { strings } = useLanguage();
  const text = strings.provider.claim;
  const deed = (item: ClaimItem) =>
    !isOpen(item, claim) ? text.view : item.status === 'returned' ? text.correct : text.fill;
  return (
    <Table
      caption={text.items}
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        {
          title: text.voucher,
          cell: ({ voucherNumber }) => <span className="code">{voucherNumber}</span>,
        },
        { title: text.enterprise, cell: ({ enterpriseName }) => enterpriseName },
        { title: text.amount, figures: true, cell: ({ asked }) => money(asked) },
        { title: text.evidence, cell: (item) => <EvidenceMarks item={item} /> },
        { title: text.result, cell: (item) => <Result claim={claim} item={item} /> },
        {
          title: text.open,
          cell: (item) => (
            <PageLink
              to="/provider/claims/$claimId/items/$itemId"
              params={{ claimId: claim.id, itemId: item.id }}
              aria-label={`${deed(item)} ${text.ofVoucher(item.voucherNumber)}`}
            >
              {deed(item)}
            </PageLink>
          ),
        },
      ]}
    />
  );
}

function Result({ claim, item }: { readonly claim: Claim; readonly item: ClaimItem }) {
  const { strings } = useLanguage();
  const text = strings.provider.claim;
  const { audit } = item;
  const isReduced = audit?.outcome === 'reduce' && item.status !== 'returned';
  return (
    <span className="badges">
      <Badge tone={isReduced ? 'warm' : itemTones[item.status]}>
        {isReduced && item.status === 'approved' ? strings.provider.item.outcomes.reduce : text.statuses[item.status]}
      </Badge>
      {item.status === 'returned' && item.correctedAt && <Badge tone="good">{text.corrected}</Badge>}
      {awaitsHearing(item, claim) && <Badge tone="bad">{text.toHear}</Badge>}
      {isOpen(item, claim) && item.findings.length > 0 && <Badge tone="warm">{text.hints(item.findings.length)}</Badge>}
      {audit && item.status !== 'returned' && item.status !== 'draft' && item.status !== 'filed' && (
        <span className="figures">{money(audit.approved)}</span>
      )}
    </span>
  );
}

/** The claim goes to the auditors, once it is complete and its totals were read. */
function Filing({ claim, items, organisationId }: WorkbenchProps) {
  const { strings, language } = useLanguage();
  const text = strings.provider.claim;
  const command = useCommand(claimsRoutes.fileClaim);
  const [asked, setAsked] = useState(false);
  const lacking = items.filter((item) => !isReady(item));
  const label = claim.status === 'returned' ? text.fileAgain : text.file;
  const errors = command.refusal?.errors ?? [];
  const numberOf = (pointer: string) => items.find(({ id }) => pointer.includes(id))?.voucherNumber;
  const act = async () => {
    const refusal = await command.submit({
      params: { claimId: claim.id },
      version: claim.version,
      organisationId,
    });
    if (refusal && !refusal.errors.length) return;
    setAsked(false);
    await refresh(...readsOfClaim);
  };
  return (
    <section className="card filing">
      <p>{items.length === 0 ? text.fileEmpty : lacking.length > 0 ? text.fileNot(lacking.length) : text.fileLead}</p>
      {errors.length > 0 && (
        <div role="alert">
          <p className="refused">{text.problems}</p>
          <ul className="findings">
            {errors.map(({ pointer, code, detail, detailEn }) => (
              <li key={`${pointer} ${code}`}>
                <span className="code">{numberOf(pointer)}</span> {language === 'zh' ? detail : detailEn}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className="actions">
        <Button disabled={items.length === 0 || lacking.length > 0} onClick={() => setAsked(true)}>
          {label}
        </Button>
        {claim.status === 'draft' && (
          <PageLink
            to="/provider/claims/$claimId/import"
            params={{ claimId: claim.id }}
            className="button button-quiet"
          >
            {text.import}
          </PageLink>
        )}
      </p>
      {asked && (
        <Confirm
          title={label}
          consequences={[text.fileSure(items.length, money(claim.asked))]}
          confirm={text.fileConfirm}
          pending={command.pending}
          refusal={command.refusal}
          act={act}
          close={() => setAsked(false)}
        />
      )}
    </section>
  );
}
