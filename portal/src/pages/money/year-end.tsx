import { yearEndRoutes } from '../../../../contracts/year-end.ts';
import type { Answer } from '../../api/client.ts';
import { useWatched } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { CommandForm } from '../../components/command-form.tsx';
import { ControlTotals } from '../../components/control-totals.tsx';
import { type Hand, Hands } from '../../components/hands.tsx';
import { Meter } from '../../components/meter.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { difference, fenOf, isNothing, total } from '../../format/amounts.ts';
import { minute, money, share } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { Approval, useApproval } from './approval.tsx';
import { type Department, useOfficer } from './departments.ts';
import { Expected } from './expected.tsx';
import { isMissing } from './missing.ts';
import { Refused } from './refused.tsx';
import { useYear, yearNow } from './year.ts';
import '../../styles/plan.css';

type YearEnd = Answer<typeof yearEndRoutes.readReport>;
type Report = NonNullable<YearEnd['report']>;
type Carries = Report['carries'];

/** How often to look again: soon while the system counts or moves, now and then while somebody else may decide. */
const paceOf = ({ status }: YearEnd): number | false => {
  if (status === 'surveying' || status === 'moving') return 700;
  return status === 'industry-approval' || status === 'finance-approval' ? 1500 : false;
};

/** The close of a year: dry run with every difference, two approvals, the run as it goes, and what came of it. */
export default function YearEndPage() {
  const { strings } = useLanguage();
  const { year, years, choose } = useYear(yearNow(true));
  const { is } = useOfficer();
  const text = strings.money.yearEnd;
  const yearEnd = useWatched(yearEndRoutes.readReport, { params: { year: String(year) } }, paceOf);
  return (
    <Page
      title={strings.pages.yearEnd}
      lead={text.lead}
      aside={<YearChoice years={years} chosen={year} choose={choose} />}
    >
      {isMissing(yearEnd.error) ? (
        <Empty title={text.none(year)} text={text.noneText}>
          {is('finance-officer') && <AskForSurvey year={year} submit={text.survey} />}
        </Empty>
      ) : (
        <Read of={yearEnd}>{(data) => <YearEndAtWork yearEnd={data} />}</Read>
      )}
    </Page>
  );
}

const AskForSurvey = ({
  year,
  submit,
  look,
}: {
  readonly year: number;
  readonly submit: string;
  readonly look?: 'quiet';
}) => (
  <CommandForm
    contract={yearEndRoutes.requestSurvey}
    name={`survey.${year}`}
    call={{ params: { year: String(year) } }}
    submit={submit}
    {...(look ? { look } : {})}
  />
);

function YearEndAtWork({ yearEnd }: { readonly yearEnd: YearEnd }) {
  const { strings } = useLanguage();
  const text = strings.money.yearEnd;
  const { status, report, year } = yearEnd;
  return (
    <>
      <p className="plan-title">
        {year} <Badge tone={status === 'closed' ? 'good' : 'warm'}>{text.statuses[status]}</Badge>
      </p>
      {status === 'surveying' && (
        <p className="note" role="status">
          {text.surveying}
        </p>
      )}
      <Steps yearEnd={yearEnd} />
      {(status === 'moving' || status === 'waiting' || status === 'closed') && <Progress yearEnd={yearEnd} />}
      {report && status !== 'closed' && <ReportOf report={report} yearEnd={yearEnd} />}
      <Next yearEnd={yearEnd} />
      {yearEnd.carried && yearEnd.closedAt && <Result yearEnd={yearEnd} carries={yearEnd.carried} />}
      {Object.keys(yearEnd.vouchers).length > 0 && <Vouchers yearEnd={yearEnd} />}
    </>
  );
}

function Steps({ yearEnd }: { readonly yearEnd: YearEnd }) {
  const { strings, language } = useLanguage();
  const { me, department } = useOfficer();
  const text = strings.money.yearEnd;
  const { status, report, refusal } = yearEnd;
  const approved = (of: Department) => yearEnd.approvals.find((one) => one.department === of);
  const refusedBy = (of: Department) => (refusal?.department === of ? refusal : undefined);
  const asked = !['surveying', 'reported'].includes(status);
  const stateOf = (of: Department): Hand['state'] =>
    approved(of) ? 'done' : refusedBy(of) ? 'refused' : status === `${of}-approval` ? 'now' : 'later';
  const awaited = (['industry', 'finance'] as const).find((of) => status === `${of}-approval`);
  return (
    <Section title={text.hands}>
      <Hands
        title={text.hands}
        me={me}
        names={yearEnd.names}
        say={
          awaited && department !== awaited ? strings.money.payout.wait(strings.plan.departments[awaited]) : undefined
        }
        of={[
          { role: text.surveys, who: yearEnd.surveyedBy, at: report?.at, state: report || asked ? 'done' : 'now' },
          {
            role: text.requests,
            who: asked ? yearEnd.requestedBy : undefined,
            at: yearEnd.requestedAt,
            state: asked ? 'done' : report ? 'now' : 'later',
          },
          ...(['industry', 'finance'] as const).map((of) => ({
            role: text.approves[of],
            who: (approved(of) ?? refusedBy(of))?.sub,
            at: (approved(of) ?? refusedBy(of))?.at,
            state: stateOf(of),
            limit: <Expected of={yearEnd} />,
          })),
          {
            role: text.closes,
            at: yearEnd.closedAt,
            state: status === 'closed' ? 'done' : status === 'moving' || status === 'waiting' ? 'now' : 'later',
          },
        ]}
      />
      {refusal && <Refused of={refusal} />}
      {report && status !== 'surveying' && <p className="quiet">{text.reportAt(minute(report.at, language))}</p>}
    </Section>
  );
}

/** What whoever looks may do next. */
function Next({ yearEnd }: { readonly yearEnd: YearEnd }) {
  const { strings } = useLanguage();
  const { is, department } = useOfficer();
  const text = strings.money.yearEnd;
  const { status, year, version, report } = yearEnd;
  const isMine = department !== undefined && status === `${department}-approval`;
  const approval = useApproval('year-end', isMine ? department : undefined, String(year));
  const isOver = yearNow() > year;
  const ask = (submit: string, checked?: string) => (
    <div className="card">
      <CommandForm
        contract={yearEndRoutes.requestRun}
        name={`close.${year}`}
        call={{ params: { year: String(year) }, version }}
        submit={submit}
        {...(checked ? { checked } : {})}
      />
    </div>
  );
  return (
    <>
      {isMine && (
        <Approval
          approval={approval}
          title={strings.money.payout.approval}
          may={text.yourTurn}
          mayNot={text.mayNotRequester}
          checked={text.requestCheck}
        />
      )}
      {status === 'waiting' && (
        <>
          <p className="note">{text.waiting}</p>
          {is('finance-officer') && ask(text.resume)}
        </>
      )}
      {status === 'reported' && is('finance-officer') && (
        <>
          {isOver && report?.blocks.length === 0 && ask(text.request, text.requestCheck)}
          {!isOver && <p className="note">{text.yearNotOver}</p>}
          <AskForSurvey year={year} submit={text.surveyAgain} look="quiet" />
        </>
      )}
    </>
  );
}

const sumOf = (lots: Carries['live']): string => total(lots.map(({ amount }) => amount));

/** What the close would change: every account now, what stays, and what moves on. */
function ReportOf({ report, yearEnd }: { readonly report: Report; readonly yearEnd: YearEnd }) {
  const { strings, pick } = useLanguage();
  const text = strings.money.yearEnd;
  const { accounts } = strings.money;
  const { balances, carries } = report;
  const balance = (account: keyof typeof accounts) => balances[account] ?? '0.00';
  const held = total((['available', 'reserved', 'active', 'accrued', 'deferred'] as const).map(balance));
  const moved = difference(total([sumOf(carries.live), sumOf(carries.free), sumOf(carries.lapsed)]), carries.shortfall);
  const free = total([sumOf(carries.free), sumOf(carries.lapsed)]);
  const rows = (['available', 'reserved', 'active', 'accrued', 'deferred', 'paid'] as const).map((account) => ({
    account,
    now: balance(account),
    stays: account === 'paid' ? balance('paid') : '0.00',
    moves:
      account === 'available'
        ? sumOf(carries.free)
        : account === 'paid' || account === 'reserved'
          ? '0.00'
          : balance(account),
    lapses: account === 'available' ? sumOf(carries.lapsed) : '0.00',
  }));
  return (
    <Section title={text.report} lead={text.balancesLead}>
      {report.blocks.length > 0 ? (
        <div className="note note-bad">
          <strong>{text.blocks}</strong>
          <ul>
            {report.blocks.map((block) => (
              <li key={block.rule}>{pick(block)}</li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="note note-good">
          {text.noBlocks} {text.nextPlan(text.nextPlans[report.nextPlan])}{' '}
          <PageLink to="/plan-desk" search={{ year: String(yearEnd.year + 1) }}>
            {strings.pages.planDesk}
          </PageLink>
        </p>
      )}
      <Table
        caption={text.balances}
        rows={rows}
        keyOf={({ account }) => account}
        columns={[
          { title: text.account, cell: ({ account }) => <strong>{accounts[account]}</strong> },
          { title: text.now, figures: true, cell: ({ now }) => money(now) },
          { title: text.stays, figures: true, cell: ({ stays }) => (isNothing(stays) ? '—' : money(stays)) },
          { title: text.moves, figures: true, cell: ({ moves }) => (isNothing(moves) ? '—' : money(moves)) },
          { title: text.lapses, figures: true, cell: ({ lapses }) => (isNothing(lapses) ? '—' : money(lapses)) },
        ]}
      />
      <ControlTotals
        of={[
          { label: text.toMove, stated: money(held) },
          { label: text.moved, stated: money(moved), counted: money(held), agrees: text.check },
          { label: text.free, stated: money(free) },
          ...(fenOf(carries.shortfall) > 0n ? [{ label: text.shortfall, stated: money(carries.shortfall) }] : []),
        ]}
      />
      <Lots carries={carries} />
    </Section>
  );
}

/** Money by the year it was appropriated in, which it keeps wherever it moves. */
function Lots({ carries }: { readonly carries: Carries }) {
  const { strings } = useLanguage();
  const text = strings.money.yearEnd;
  const kinds = ['live', 'free', 'lapsed'] as const;
  const years = [...new Set(kinds.flatMap((kind) => carries[kind].map(({ originYear }) => originYear)))].sort();
  if (years.length === 0) return null;
  const of = (kind: (typeof kinds)[number], year: number) =>
    sumOf(carries[kind].filter(({ originYear }) => originYear === year));
  return (
    <Table
      caption={text.lots}
      rows={years.map((year) => ({ year }))}
      keyOf={({ year }) => String(year)}
      columns={[
        { title: text.origin, cell: ({ year }) => strings.money.payout.fundYear(year) },
        ...kinds.map((kind) => ({
          title: text[kind],
          figures: true,
          cell: ({ year }: { readonly year: number }) => money(of(kind, year)),
        })),
      ]}
    />
  );
}

const liveStatuses = ['active', 'used', 'claimed', 'payable'] as const;

function Progress({ yearEnd }: { readonly yearEnd: YearEnd }) {
  const { strings } = useLanguage();
  const text = strings.money.yearEnd;
  const live = liveStatuses.reduce((sum, status) => sum + (yearEnd.vouchers[status]?.count ?? 0), 0);
  const done = yearEnd.moved.count;
  const of = yearEnd.status === 'closed' ? done : Math.max(live, done);
  return (
    <Section title={text.progress}>
      <div className="card" aria-live="polite">
        <Meter
          label={text.movedVouchers}
          filled={of === 0 ? 1 : share(done, of)}
          value={text.progressOf(done, of)}
          left={
            of > done
              ? text.toGo(of - done)
              : money(total([yearEnd.moved.active, yearEnd.moved.accrued, yearEnd.moved.deferred]))
          }
        />
        {yearEnd.reservations.count > 0 && (
          <p className="quiet">
            {text.reservations}: {yearEnd.reservations.count} · {money(yearEnd.reservations.amount)}
          </p>
        )}
      </div>
    </Section>
  );
}

function Result({ yearEnd, carries }: { readonly yearEnd: YearEnd; readonly carries: Carries }) {
  const { strings, language } = useLanguage();
  const text = strings.money.yearEnd;
  return (
    <Section title={text.result} lead={text.closedAt(minute(yearEnd.closedAt ?? '', language))}>
      <ControlTotals
        of={[
          { label: text.live, stated: money(sumOf(carries.live)) },
          { label: text.free, stated: money(sumOf(carries.free)) },
          { label: text.lapsed, stated: money(sumOf(carries.lapsed)) },
          { label: text.shortfall, stated: money(carries.shortfall) },
        ]}
      />
      <Lots carries={carries} />
      <p>
        <PageLink to="/ledger" search={{ year: String(yearEnd.year + 1) }}>
          {strings.pages.ledger} {yearEnd.year + 1} →
        </PageLink>
      </p>
    </Section>
  );
}

function Vouchers({ yearEnd }: { readonly yearEnd: YearEnd }) {
  const { strings } = useLanguage();
  const text = strings.money.yearEnd;
  const rows = Object.entries(yearEnd.vouchers).map(([status, tally]) => ({ status, ...tally }));
  return (
    <Section title={text.vouchers}>
      <Table
        caption={text.vouchers}
        rows={rows}
        keyOf={({ status }) => status}
        columns={[
          { title: text.voucherStatus, cell: ({ status }) => text.voucherStatuses[status] ?? status },
          { title: text.count, figures: true, cell: ({ count }) => String(count) },
          { title: text.amount, figures: true, cell: ({ amount }) => money(amount ?? '0.00') },
        ]}
      />
    </Section>
  );
}
