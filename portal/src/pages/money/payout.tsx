import { useEffect } from 'react';
import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { useList, useWatched } from '../../api/queries.ts';
import { ControlTotals } from '../../components/control-totals.tsx';
import { Hands } from '../../components/hands.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Failure, Loading, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { fenOf, isNothing, total } from '../../format/amounts.ts';
import { minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { Approval, useApproval } from './approval.tsx';
import { BankAnswers } from './bank-answers.tsx';
import { type Department, useOfficer } from './departments.ts';
import { FundTotals } from './fund-totals.tsx';
import { PaymentFile } from './payment-file.tsx';
import { PayoutLine } from './payout-line.tsx';
import { isMoving, type Line, type Payout, PayoutState, paceOf } from './payout-state.tsx';
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
      {!isMoving(payout) && <Totals payout={payout} lines={lines.complete} />}
      <Decision payout={payout} />
      {payout.status === 'at-bank' && isFinance && <PaymentFile payout={payout} />}
      {payout.status === 'at-bank' && isFinance && lines.complete && (
        <BankAnswers payout={payout} lines={lines.complete} />
      )}
      {payout.skipped.length > 0 && <Skipped payout={payout} />}
      <Section title={text.lines}>
        {lines.error && <Failure error={lines.error} retry={lines.refetch} />}
        {lines.isPending && <Loading />}
        {lines.data && lines.items.length === 0 && <p className="quiet">{text.noLines}</p>}
        {lines.items.map((line) => (
          <PayoutLine key={line.id} payout={payout} line={line} />
        ))}
      </Section>
      {lines.complete && <Deferrals lines={lines.complete} />}
      <Trail contract={payoutsRoutes.readPayoutTrail} params={{ payoutId: payout.id }} />
    </Page>
  );
}

/** Every line of an order: totals are compared with all of them or with none. */
function useLines({ id, version }: Payout) {
  const list = useList(payoutsRoutes.listPayoutLines, { params: { payoutId: id }, query: { limit: 100 } });
  const { hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  // The order changed by itself: so did its lines.
  useEffect(() => {
    if (version > 1) refetch();
  }, [version, refetch]);
  return { ...list, complete: list.data && !hasNextPage ? list.items : undefined };
}

function Approvals({ payout }: { readonly payout: Payout }) {
  const { strings } = useLanguage();
  const { me, department } = useOfficer();
  const text = strings.money.payout;
  const { status } = payout;
  const approved = (of: Department) => payout.approvals.find((one) => one.department === of);
  const stateOf = (of: Department) => {
    if (approved(of)) return 'done' as const;
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
        say={say}
        of={[
          { role: text.proposes, who: payout.proposedBy, at: payout.proposedAt, state: 'done' },
          ...(['industry', 'finance'] as const).map((of) => ({
            role: text.approves[of],
            who: approved(of)?.sub,
            at: approved(of)?.at,
            state: stateOf(of),
          })),
          {
            role: text.sends,
            state:
              status === 'settled'
                ? 'done'
                : status === 'refused'
                  ? 'refused'
                  : status === 'at-bank' || status === 'correcting'
                    ? 'now'
                    : 'later',
          },
        ]}
      />
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

function Totals({ payout, lines }: { readonly payout: Payout; readonly lines: readonly Line[] | undefined }) {
  const { strings } = useLanguage();
  const text = strings.money.payout;
  const counted = (of: (line: Line) => string) => (lines ? money(total(lines.map(of))) : undefined);
  const items = lines?.flatMap((line) => line.items);
  const offset = lines && total(lines.map((line) => line.offset));
  return (
    <Section title={text.totals}>
      <ControlTotals
        of={[
          { label: text.lineCount, stated: String(payout.lineCount), counted: lines && String(lines.length) },
          { label: text.itemCount, stated: String(payout.itemCount), counted: items && String(items.length) },
          { label: text.total, stated: money(payout.total), counted: counted(({ amount }) => amount) },
          {
            label: text.deferred,
            stated: money(payout.deferred),
            counted: items && money(total(items.map(({ deferred }) => deferred))),
          },
          ...(offset !== undefined && !isNothing(offset) ? [{ label: text.offset, stated: money(offset) }] : []),
          ...(lines ? [{ label: text.net, stated: money(total(lines.map(({ net }) => net))) }] : []),
          ...(payout.sent === undefined
            ? []
            : [
                {
                  label: text.sent,
                  stated: money(payout.sent),
                  counted:
                    lines &&
                    money(total(lines.filter(({ sending }) => sending === payout.sending).map(({ net }) => net))),
                },
              ]),
          ...(isNothing(payout.paid) ? [] : [{ label: text.paid, stated: money(payout.paid) }]),
          ...(isNothing(payout.returned) ? [] : [{ label: text.returned, stated: money(payout.returned) }]),
        ]}
      />
      {!['collecting', 'reopening'].includes(payout.status) && <FundTotals payout={payout} />}
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
function Deferrals({ lines }: { readonly lines: readonly Line[] }) {
  const { strings, language } = useLanguage();
  const text = strings.money.payout;
  const deferred = lines
    .flatMap((line) => line.items.map((item) => ({ ...item, providerName: line.providerName })))
    .filter((item) => fenOf(item.deferred) > 0n)
    .sort((a, b) => (a.activeAt < b.activeAt ? -1 : 1))
    .map((item, at) => ({ ...item, position: at + 1 }));
  if (deferred.length === 0) return null;
  return (
    <Section title={text.deferrals} lead={text.deferralsLead}>
      <Table
        caption={text.deferrals}
        rows={deferred}
        keyOf={({ claimItemId }) => claimItemId}
        columns={[
          { title: text.position, cell: ({ position }) => String(position) },
          { title: text.activeAt, cell: ({ activeAt }) => minute(activeAt, language) },
          { title: text.payee, cell: ({ providerName }) => providerName },
          { title: text.itemAmount, figures: true, cell: ({ amount }) => money(amount) },
          { title: text.itemDeferred, figures: true, cell: (item) => money(item.deferred) },
        ]}
      />
    </Section>
  );
}
