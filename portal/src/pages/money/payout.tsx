import { useEffect } from 'react';
import { MOST_ANSWERS, payoutsRoutes } from '../../../../contracts/payouts.ts';
import { useList, useRead, useWatched } from '../../api/queries.ts';
import { refresh } from '../../api/refresh.ts';
import { ControlTotals } from '../../components/control-totals.tsx';
import { Hands } from '../../components/hands.tsx';
import { LongTable } from '../../components/long-table.tsx';
import { More } from '../../components/more.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Failure, Loading, Read } from '../../components/states.tsx';
import { fenOf, isNothing } from '../../format/amounts.ts';
import { minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { Approval, useApproval } from './approval.tsx';
import { BankAnswers } from './bank-answers.tsx';
import { type Department, useOfficer } from './departments.ts';
import { Expected } from './expected.tsx';
import { FundTotals } from './fund-totals.tsx';
import { PaymentFile } from './payment-file.tsx';
import { PayoutLine } from './payout-line.tsx';
import { isMoving, type Payout, PayoutState, paceOf } from './payout-state.tsx';
import { Refused } from './refused.tsx';
import { Trail } from './trail.tsx';
import '../../styles/plan.css';

/** A payment order: who has approved it, what it adds up to, its lines, and what the bank says. */
export default function PayoutPage() {
  const { payoutId = '' } = useAddress();
  const payout = useWatched(payoutsRoutes.readPayout, { params: { payoutId } }, paceOf);
  return <Read of={payout}>{(data) => <PayoutAtWork payout={data} />}</Read>;
}

function PayoutAtWork({ payout }: { readonly payout: Payout }) {
  const { strings, language } = useLanguage();
  const { is } = useOfficer();
  const text = strings.money.payout;
  const lines = useLines(payout);
  const isFinance = is('finance-officer');
  return (
    <Page
      title={text.title(payout.year)}
      aside={
        <PageLink to="/payouts" search={{ year: String(payout.year) }}>
          {strings.money.form.back}
        </PageLink>
      }
    >
      <p className="plan-title">
        <PayoutState payout={payout} /> <span className="quiet">{minute(payout.proposedAt, language)}</span>{' '}
        <span className="code quiet">{payout.id}</span>
      </p>
      {isMoving(payout) && (
        <p className="note" role="status">
          {text.moving}
        </p>
      )}
      {payout.resends && (
        <p className="note">
          <PageLink to="/payouts/$payoutId" params={{ payoutId: payout.resends.payoutId }}>
            {text.resends}
          </PageLink>
        </p>
      )}
      <Approvals payout={payout} />
      {!isMoving(payout) && <Totals payout={payout} />}
      <Decision payout={payout} />
      {payout.status === 'at-bank' && isFinance && <PaymentFile payout={payout} />}
      {payout.status === 'at-bank' && isFinance && <BankAnswers payout={payout} list={lines} />}
      {payout.skipped.length > 0 && <Skipped payout={payout} />}
      <Section title={text.lines}>
        {lines.error && <Failure error={lines.error} retry={lines.refetch} />}
        {lines.isPending && <Loading />}
        {lines.data && lines.items.length === 0 && <p className="quiet">{text.noLines}</p>}
        {lines.items.length < payout.lineCount && lines.items.length > 0 && (
          <p className="section-lead">{text.linesSoFar(lines.items.length, payout.lineCount)}</p>
        )}
        {lines.items.map((line) => (
          <PayoutLine key={line.id} payout={payout} line={line} />
        ))}
        <More list={lines} />
      </Section>
      {!isNothing(payout.deferred) && <Deferrals payout={payout} />}
      <Trail
        contract={payoutsRoutes.readPayoutTrail}
        params={{ payoutId: payout.id }}
        decided={{
          approveByIndustry: approvalOf(payout, 'industry')?.sub,
          approveByFinance: approvalOf(payout, 'finance')?.sub,
          refuse: payout.refusal?.sub,
        }}
        names={payout.names}
      />
    </Page>
  );
}

const approvalOf = ({ approvals }: Payout, of: Department) => approvals.find(({ department }) => department === of);

/** The lines of an order, as many at a time as answers of the bank are taken at once. */
function useLines({ id, version }: Payout) {
  const list = useList(payoutsRoutes.listPayoutLines, { params: { payoutId: id }, query: { limit: MOST_ANSWERS } });
  // The order changed by itself: so did its lines, and what they add up to.
  useEffect(() => {
    if (version > 1)
      refresh(payoutsRoutes.listPayoutLines, payoutsRoutes.readControlTotals, payoutsRoutes.readPayoutTrail);
  }, [version]);
  return list;
}

/** Every line of an order, read to the end. */
function useEveryLine({ id }: Payout) {
  const list = useList(payoutsRoutes.listPayoutLines, { params: { payoutId: id }, query: { limit: 100 } });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { ...list, complete: list.data && !hasNextPage ? list.items : undefined };
}

function Approvals({ payout }: { readonly payout: Payout }) {
  const { strings } = useLanguage();
  const { me, department } = useOfficer();
  const text = strings.money.payout;
  const { status, refusal } = payout;
  const isAtWork = status === 'at-bank' ? payout.unanswered > 0 : status === 'correcting' && payout.failed > 0;
  const approved = (of: Department) => approvalOf(payout, of);
  const refusedBy = (of: Department) => (refusal?.department === of ? refusal : undefined);
  const stateOf = (of: Department) => {
    if (approved(of)) return 'done' as const;
    if (refusedBy(of)) return 'refused' as const;
    if (status === 'refused') return 'later' as const;
    return status === `${of}-approval` ? ('now' as const) : ('later' as const);
  };
  const awaited = (['industry', 'finance'] as const).find((of) => status === `${of}-approval`);
  const say =
    awaited &&
    (payout.proposedBy === me
      ? text.mayNotProposer
      : payout.approvals.some(({ sub }) => sub === me)
        ? text.mayNotApproved
        : department === awaited
          ? undefined
          : text.wait(strings.plan.departments[awaited]));
  return (
    <Section title={text.hands}>
      <Hands
        title={text.hands}
        me={me}
        names={payout.names}
        say={say}
        of={[
          { role: text.proposes, who: payout.proposedBy, at: payout.proposedAt, state: 'done' },
          ...(['industry', 'finance'] as const).map((of) => ({
            role: text.approves[of],
            who: (approved(of) ?? refusedBy(of))?.sub,
            at: (approved(of) ?? refusedBy(of))?.at,
            state: stateOf(of),
            limit: <Expected of={payout} />,
          })),
          {
            role: text.sends,
            state: status === 'settled' ? 'done' : status === 'at-bank' || status === 'correcting' ? 'now' : 'later',
            limit: isAtWork && <Expected of={payout} />,
          },
        ]}
      />
      {refusal && <Refused of={refusal} />}
    </Section>
  );
}

/** The approval of the department whose turn it is, for whoever may give it. */
function Decision({ payout }: { readonly payout: Payout }) {
  const { strings } = useLanguage();
  const { me, department } = useOfficer();
  const text = strings.money.payout;
  const isMine = department !== undefined && payout.status === `${department}-approval`;
  const approval = useApproval('payout', isMine ? department : undefined, payout.id);
  if (!isMine || payout.proposedBy === me || payout.approvals.some(({ sub }) => sub === me)) return null;
  return (
    <Approval
      approval={approval}
      title={text.approval}
      may={text.yourTurn}
      mayNot={text.mayNotExcluded}
      checked={text.check}
    />
  );
}

/** What the order states, beside what the system finds when it adds up every line anew. */
function Totals({ payout }: { readonly payout: Payout }) {
  const { strings } = useLanguage();
  const text = strings.money.payout;
  const isCollected = !['collecting', 'reopening'].includes(payout.status);
  const totals = useRead(payoutsRoutes.readControlTotals, { params: { payoutId: payout.id } }, isCollected);
  // While it is read anew, what was found before is of another order than the one that is shown.
  const found = totals.isFetching ? undefined : totals.data;
  return (
    <Section title={text.totals}>
      <ControlTotals
        of={[
          { label: text.lineCount, stated: String(payout.lineCount), counted: found && String(found.lineCount) },
          { label: text.itemCount, stated: String(payout.itemCount), counted: found && String(found.itemCount) },
          { label: text.total, stated: money(payout.total), counted: found && money(found.total) },
          { label: text.deferred, stated: money(payout.deferred), counted: found && money(found.deferred) },
          ...(found && !isNothing(found.offset) ? [{ label: text.offset, stated: money(found.offset) }] : []),
          ...(found ? [{ label: text.net, stated: money(found.net) }] : []),
          ...(payout.sent === undefined ? [] : [{ label: text.sent, stated: money(payout.sent) }]),
          ...(isNothing(payout.paid) ? [] : [{ label: text.paid, stated: money(payout.paid) }]),
          ...(isNothing(payout.returned) ? [] : [{ label: text.returned, stated: money(payout.returned) }]),
        ]}
      />
      {isCollected && <FundTotals of={totals} />}
    </Section>
  );
}

function Skipped({ payout }: { readonly payout: Payout }) {
  const { strings, pick } = useLanguage();
  const text = strings.money.payout;
  return (
    <Section title={text.skipped} lead={text.skippedLead}>
      <ul className="findings card">
        {payout.skipped.map((skipped) => (
          <li key={skipped.claimItemId}>
            {pick(skipped)} <span className="code quiet">{skipped.claimItemId}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the fund could not pay, in the order in which it will be: the order of use. */
function Deferrals({ payout }: { readonly payout: Payout }) {
  const { strings, language } = useLanguage();
  const text = strings.money.payout;
  const { complete, error, refetch } = useEveryLine(payout);
  const deferred = (complete ?? [])
    .flatMap((line) => line.items.map((item) => ({ ...item, providerName: line.providerName })))
    .filter((item) => fenOf(item.deferred) > 0n)
    .sort((a, b) => (a.activeAt < b.activeAt ? -1 : 1))
    .map((item, at) => ({ ...item, position: at + 1 }));
  return (
    <Section title={text.deferrals} lead={text.deferralsLead}>
      {error && <Failure error={error} retry={refetch} />}
      {!complete && !error && <Loading />}
      {complete && (
        <LongTable
          caption={text.deferrals}
          list={{ items: deferred, ...WHOLE }}
          keyOf={({ claimItemId }) => claimItemId}
          columns={[
            { title: text.position, cell: ({ position }) => String(position) },
            { title: text.activeAt, cell: ({ activeAt }) => minute(activeAt, language) },
            { title: text.payee, cell: ({ providerName }) => providerName },
            { title: text.itemAmount, figures: true, cell: ({ amount }) => money(amount) },
            { title: text.itemDeferred, figures: true, cell: (item) => money(item.deferred) },
          ]}
        />
      )}
    </Section>
  );
}

/** A list that is all there. */
const WHOLE = { hasNextPage: false, isFetchingNextPage: false, error: undefined, fetchNextPage: () => undefined };
