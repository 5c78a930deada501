import { correctionRoutes } from '../../../../contracts/corrections.ts';
import type { Answer } from '../../api/client.ts';
import { useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { CommandForm } from '../../components/command-form.tsx';
import { ControlTotals } from '../../components/control-totals.tsx';
import { AmountField, SelectField } from '../../components/field.tsx';
import { Hands } from '../../components/hands.tsx';
import { Moved, Reference, useReasonName } from '../../components/journal-table.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { EnteredBy } from '../../components/who.tsx';
import { minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { type Department, useOfficer } from './departments.ts';
import { NoteField } from './note-field.tsx';

type Posting = Answer<typeof correctionRoutes.readPosting>;
type Correction = NonNullable<Posting['correction']>;

/** An entry of the journal, and how it is put right when it was wrong: by its opposite, through three people. */
export default function PostingPage() {
  const { year = '', postingId = '' } = useAddress();
  const { strings } = useLanguage();
  const reading = useRead(correctionRoutes.readPosting, { params: { year, postingId } });
  const text = strings.money.posting;
  return (
    <Page
      title={text.title}
      aside={
        <PageLink to="/ledger" search={{ year, view: 'journal' }}>
          {strings.money.form.back}
        </PageLink>
      }
    >
      <Read of={reading}>
        {({ posting, correction }) => (
          <>
            <EntryFacts year={year} posting={posting} />
            <Section title={text.correction} lead={text.lead}>
              {correction && <Corrected year={year} correction={correction} />}
              {(!correction || ['posted', 'refused'].includes(correction.status)) && (
                <Propose year={year} postingId={postingId} />
              )}
            </Section>
          </>
        )}
      </Read>
    </Page>
  );
}

function EntryFacts({ year, posting }: { readonly year: string; readonly posting: Posting['posting'] }) {
  const { strings, language } = useLanguage();
  const reasonName = useReasonName();
  const text = strings.money.posting;
  return (
    <div className="card posting">
      <h2>{reasonName(posting.reason, posting.corrects?.reason)}</h2>
      <Moved entries={posting.entries} />
      <Facts
        of={[
          [strings.money.ledger.at, minute(posting.at, language)],
          [strings.money.ledger.reference, <Reference key="reference" {...posting.reference} />],
          [text.actor, <EnteredBy key="actor" actor={posting.actor} by={posting.by} />],
          [
            text.id,
            <span key="id" className="code">
              {posting.id}
            </span>,
          ],
          ...(posting.corrects
            ? [
                [
                  text.corrects,
                  <PageLink
                    key="corrects"
                    to="/ledger/$year/$postingId"
                    params={{ year, postingId: posting.corrects.id }}
                  >
                    {reasonName(posting.corrects.reason)}
                  </PageLink>,
                ] as const,
              ]
            : []),
          ...(posting.cap ? [[text.cap, `${posting.cap.uscc} ${money(posting.cap.amount)}`] as const] : []),
        ]}
      />
    </div>
  );
}

function Propose({ year, postingId }: { readonly year: string; readonly postingId: string }) {
  const { strings } = useLanguage();
  const { is } = useOfficer();
  const text = strings.money.posting;
  if (!is('finance-officer')) return null;
  return (
    <details className="card fold">
      <summary>{text.propose}</summary>
      <CommandForm
        contract={correctionRoutes.proposeCorrection}
        name={`correction.${postingId}`}
        call={{ params: { year, postingId } }}
        submit={text.propose}
        look="quiet"
      >
        {({ bind }) => (
          <div className="field-grid">
            <SelectField
              label={text.reasonCode}
              {...bind('/reasonCode')}
              none={strings.states.choose}
              groups={[{ choices: Object.entries(text.reasons) }]}
            />
            <AmountField label={text.amount} hint={text.amountHint} optional {...bind('/amount')} />
            <NoteField {...bind('/note')} />
          </div>
        )}
      </CommandForm>
    </details>
  );
}

function Corrected({ year, correction }: { readonly year: string; readonly correction: Correction }) {
  const { strings } = useLanguage();
  const { me, department } = useOfficer();
  const text = strings.money.posting;
  const { status } = correction;
  const isOpen = status === 'proposed' || status === 'approved';
  const approved = (of: Department) => correction.approvals.find((one) => one.department === of);
  const tookPart = correction.proposedBy === me || correction.approvals.some(({ sub }) => sub === me);
  const mine = department && approved(department);
  const say = !isOpen
    ? undefined
    : !department
      ? strings.money.desk.mayNotRead
      : correction.proposedBy === me
        ? text.mayNot
        : mine
          ? text.mayNotDepartment
          : text.may;
  return (
    <div className="card proposal">
      <p>
        <Badge tone={status === 'posted' ? 'good' : status === 'refused' ? 'bad' : 'warm'}>
          {text.statuses[status]}
        </Badge>{' '}
        <strong>{text.reasons[correction.reasonCode]}</strong> {correction.note}
      </p>
      <ControlTotals
        of={[
          { label: text.movedAmount, stated: money(correction.moved) },
          { label: text.corrected, stated: money(correction.corrected) },
          { label: text.proposedAmount, stated: money(correction.amount) },
        ]}
      />
      <Hands
        title={text.correction}
        me={me}
        names={correction.names}
        say={say}
        of={[
          { role: text.proposes, who: correction.proposedBy, at: correction.proposedAt, state: 'done' },
          ...(['industry', 'finance'] as const).map((of) => ({
            role: text.approves[of],
            who: approved(of)?.sub,
            at: approved(of)?.at,
            state: approved(of) ? ('done' as const) : status === 'refused' ? ('refused' as const) : ('now' as const),
          })),
        ]}
      />
      {correction.postings.length > 0 && (
        <p>
          {text.entries}{' '}
          {correction.postings.map((postingId) => (
            <PageLink key={postingId} to="/ledger/$year/$postingId" params={{ year, postingId }}>
              <span className="code">{postingId}</span>
            </PageLink>
          ))}
        </p>
      )}
      {isOpen && department && !mine && !tookPart && (
        <CommandForm
          contract={correctionRoutes.decideCorrection}
          name={`decide-correction.${correction.postingId}`}
          initial={{ '/outcome': 'approve' }}
          call={{ params: { year, postingId: correction.postingId }, version: correction.version }}
          submit={text.decide}
          checked={text.check}
        >
          {({ bind }) => (
            <div className="field-grid">
              <SelectField
                label={strings.money.payout.outcome}
                {...bind('/outcome')}
                groups={[{ choices: Object.entries(strings.money.payout.outcomes) }]}
              />
              <NoteField {...bind('/note')} />
            </div>
          )}
        </CommandForm>
      )}
    </div>
  );
}
