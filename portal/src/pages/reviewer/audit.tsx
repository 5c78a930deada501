import { useIsFetching } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import { auditProgress } from '../../../../contracts/judgement.ts';
import type { Answer } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { queryClient, useList, useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ControlTotals } from '../../components/control-totals.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { showNextDocument } from '../../components/document-view.tsx';
import { Meter } from '../../components/meter.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { ShortcutHelp, useShortcuts } from '../../components/shortcuts.tsx';
import { Failure, Loading, Read } from '../../components/states.tsx';
import { minute, money, share } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress, useQuestion } from '../../routing.ts';
import { useSession } from '../../session/use-session.ts';
import { AuditItem } from './audit-item.tsx';
import { claimTones } from './audits.tsx';
import { useDeclaration } from './declaration.tsx';
import type { ClaimItem } from './evidence.tsx';
import '../../styles/reviewer.css';

type Claim = Answer<typeof claimsRoutes.readClaim>;

/** The audit of a claim, item by item: progress, control totals, each item beside its evidence (clause 七-(一)). */
export default function Audit() {
  const { claimId = '' } = useAddress();
  const claim = useRead(claimsRoutes.readClaim, { params: { claimId } });
  return <Read of={claim}>{(data) => <ClaimInFull claim={data} />}</Read>;
}

/** All items of a claim, read to the end: totals are of all of them. */
function useItems(claimId: string) {
  const list = useList(claimsRoutes.listClaimItems, { params: { claimId }, query: { limit: 100 } });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return list;
}

const isUndecided = ({ status }: ClaimItem) => status === 'filed';

function ClaimInFull({ claim }: { readonly claim: Claim }) {
  const { strings } = useLanguage();
  const text = strings.reviewer.audit;
  const list = useItems(claim.id);
  const session = useSession();
  const [question, ask] = useQuestion();
  const navigate = useNavigate();
  const [saved, setSaved] = useState<ClaimItem>();
  const items = list.items.filter(({ status }) => status !== 'withdrawn');
  const chosen = items.find(({ id }) => id === question.item) ?? items.find(isUndecided) ?? items[0];
  const at = chosen ? items.indexOf(chosen) : -1;
  const isAuditor = session.status !== 'anonymous' && session.person.roles.includes('auditor');
  const isOpen = claim.status === 'under-audit' && claim.auditCompletedAt === undefined;
  const declaration = useDeclaration(isAuditor);
  const conflict = declaration.data?.organisationIds.some(
    (id) => id === claim.providerId || items.some(({ enterpriseId }) => enterpriseId === id),
  );
  const mayAudit = isAuditor && isOpen && declaration.data !== undefined && !conflict;

  const choose = (item: ClaimItem | undefined) => {
    if (item) ask({ item: item.id });
  };
  const keys = strings.reviewer.shortcuts;
  useShortcuts([
    { key: 'j', does: keys.next, act: () => choose(items[at + 1]) },
    { key: 'k', does: keys.previous, act: () => choose(items[at - 1]) },
    { key: 'd', does: keys.document, act: showNextDocument },
    { key: 'u', does: keys.back, act: () => navigate({ to: '/audits' } as never) },
  ]);
  const onSaved = (item: ClaimItem) => {
    setSaved(item);
    const left = [...items.slice(at + 1), ...items.slice(0, at)].find(isUndecided);
    choose(left ?? item);
  };
  return (
    <article className="page bench-page">
      <nav className="bench-way" aria-label={strings.pages.audits}>
        <PageLink to="/audits" search={{ year: String(claim.year) }}>
          ‹ {text.back}
        </PageLink>
        <ShortcutHelp />
      </nav>
      <Head claim={claim} items={items} mayComplete={mayAudit} />
      {isAuditor && declaration.none && isOpen && (
        <p className="note">
          {strings.reviewer.declaration.none} <PageLink to="/audits">{strings.reviewer.declaration.title}</PageLink>
        </p>
      )}
      {conflict && <p className="note note-bad">{strings.reviewer.declaration.conflict}</p>}
      {!isAuditor && <p className="note">{text.readOnly}</p>}
      {saved && (
        <p className="note note-good" role="status">
          {text.saved(saved.voucherNumber, saved.audit ? text.outcomes[saved.audit.outcome] : '')}
        </p>
      )}
      {list.error && <Failure error={list.error} retry={list.refetch} />}
      {list.isPending && <Loading />}
      {items.length > 0 && <Items of={items} chosen={chosen} choose={choose} />}
      {chosen && (
        <AuditItem
          key={chosen.id}
          item={chosen}
          position={text.of(at + 1, items.length)}
          mayAudit={mayAudit}
          saved={onSaved}
        />
      )}
    </article>
  );
}

interface HeadProps {
  readonly claim: Claim;
  readonly items: readonly ClaimItem[];
  readonly mayComplete: boolean;
}

/** How far the audit is, and what it comes to. */
function Head({ claim, items, mayComplete }: HeadProps) {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.audit;
  const progress = auditProgress(items);
  const { totals } = text;
  const whole = items.length === claim.itemCount;
  return (
    <>
      <header className="page-head">
        <div>
          <p className="quiet">
            {strings.plan.years(claim.year)} · {strings.reviewer.audits.round(claim.round)}
          </p>
          <h1>{claim.providerName}</h1>
        </div>
        <div className="page-aside">
          <Badge tone={claimTones[claim.status]}>{strings.reviewer.audits.statuses[claim.status]}</Badge>
        </div>
      </header>
      <section className="audit-head">
        <Meter
          label={text.progress}
          filled={share(progress.decided, progress.items)}
          value={text.progressValue(progress.decided, progress.items)}
          left={text.progressLeft(progress.items - progress.decided)}
        />
        <ControlTotals
          of={[
            {
              label: totals.asked,
              stated: money(claim.asked),
              ...(whole ? { counted: money(progress.asked) } : {}),
            },
            { label: totals.approved, stated: money(progress.approved) },
            { label: totals.deducted, stated: money(progress.deducted) },
            { label: totals.returned, stated: money(progress.returned) },
            { label: totals.open, stated: money(progress.open) },
          ]}
        />
        <p className="quiet">{totals.equation}</p>
        {claim.auditCompletedAt && <p className="note">{text.completedAt(minute(claim.auditCompletedAt, language))}</p>}
        {mayComplete && <Completion claim={claim} items={items} />}
      </section>
    </>
  );
}

function Completion({ claim, items }: { readonly claim: Claim; readonly items: readonly ClaimItem[] }) {
  const { strings } = useLanguage();
  const text = strings.reviewer.audit;
  const command = useCommand(claimsRoutes.completeAudit);
  const [confirming, setConfirming] = useState(false);
  // Every word on an item makes a new version of the claim: what is completed is the one that was read.
  const reading = useIsFetching({ queryKey: [claimsRoutes.readClaim.operation] }) > 0;
  const left = items.filter(isUndecided).length;
  const returned = items.filter(({ status }) => status === 'returned').length;
  const { answer } = command;
  const told = useRef(false);
  useEffect(() => {
    if (!answer || told.current) return;
    told.current = true;
    setConfirming(false);
    queryClient.invalidateQueries();
  });
  const reread = () => {
    setConfirming(false);
    queryClient.invalidateQueries();
  };
  return (
    <p className="audit-completion">
      <Button disabled={left > 0 || items.length === 0 || reading} onClick={() => setConfirming(true)}>
        {text.complete}
      </Button>
      <span className="quiet">{left > 0 ? text.completeNotYet(left) : text.deductionLead}</span>
      {confirming && (
        <Confirm
          title={text.completeTitle}
          consequences={[
            returned > 0
              ? text.completeReturned(returned)
              : text.completeApproved(money(auditProgress(items).approved)),
            text.completeFinal,
          ]}
          confirm={text.complete}
          pending={command.pending}
          refusal={command.refusal}
          act={() => command.submit({ params: { claimId: claim.id }, version: claim.version, body: {} })}
          close={reread}
        />
      )}
    </p>
  );
}

const statusTones: Readonly<Record<string, 'calm' | 'good' | 'warm' | 'bad'>> = {
  filed: 'calm',
  approved: 'good',
  rejected: 'bad',
  returned: 'warm',
};

interface ItemsProps {
  readonly of: readonly ClaimItem[];
  readonly chosen: ClaimItem | undefined;
  readonly choose: (item: ClaimItem) => void;
}

/** Every item with what became of it; one is open below. */
function Items({ of, chosen, choose }: ItemsProps) {
  const { strings } = useLanguage();
  const text = strings.reviewer.audit;
  const list = useRef<HTMLOListElement>(null);
  const chosenId = chosen?.id;
  useEffect(() => {
    const row = chosenId && list.current?.querySelector(`[data-item="${chosenId}"]`);
    if (row) row.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);
  return (
    <div className="audit-list">
      <p className="audit-items-head" aria-hidden="true">
        <span />
        <span>{text.enterprise}</span>
        <span>{text.asked}</span>
        <span>{text.approved}</span>
        <span>{text.verdict}</span>
        <span>{text.findings}</span>
      </p>
      <ol className="audit-items" ref={list} aria-label={text.list}>
        {of.map((item, i) => (
          <li key={item.id} data-item={item.id}>
            <button type="button" aria-current={item.id === chosenId} onClick={() => choose(item)}>
              <span className="figures quiet">{i + 1}</span>
              <span className="audit-item-name">{item.enterpriseName}</span>
              <span className="figures">{money(item.asked)}</span>
              <span className="figures">
                {item.audit && item.status !== 'filed' ? money(item.audit.approved) : '—'}
              </span>
              <Badge tone={statusTones[item.status] ?? 'calm'}>
                {item.status === 'approved' && item.audit?.outcome === 'reduce'
                  ? text.reduced
                  : text.itemStatuses[item.status]}
              </Badge>
              {item.findings.length > 0 && (
                <span className="audit-item-findings" title={text.findings}>
                  {item.findings.length} !
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
