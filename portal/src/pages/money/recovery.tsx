import { recoveriesRoutes } from '../../../../contracts/recoveries.ts';
import { useRead } from '../../api/queries.ts';
import { CommandForm } from '../../components/command-form.tsx';
import { ControlTotals } from '../../components/control-totals.tsx';
import { AmountField, SelectField, TextField } from '../../components/field.tsx';
import { Hands } from '../../components/hands.tsx';
import { Facts, Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Read } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { Who } from '../../components/who.tsx';
import { isNothing } from '../../format/amounts.ts';
import { day, minute, money, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useAddress } from '../../routing.ts';
import { useOfficer } from './departments.ts';
import { type Recovery, RecoveryState } from './recovery-state.tsx';
import '../../styles/plan.css';
import { NoteField } from './note-field.tsx';

/** Money taken back: who proposed it, who decided, and how it came back. */
export default function RecoveryPage() {
  const { providerId = '', recoveryId = '' } = useAddress();
  const recovery = useRead(recoveriesRoutes.readRecovery, { params: { providerId, recoveryId } });
  return <Read of={recovery}>{(data) => <RecoveryAtWork recovery={data} />}</Read>;
}

function RecoveryAtWork({ recovery }: { readonly recovery: Recovery }) {
  const { strings } = useLanguage();
  const { me, is } = useOfficer();
  const text = strings.money.recoveries;
  const { status, decision } = recovery;
  const isMine = recovery.proposedBy === me;
  const may = status === 'proposed' && is('finance-officer') && !isMine;
  return (
    <Page
      title={text.title(recovery.voucherNumber)}
      aside={
        <PageLink to="/recoveries" search={{ year: String(recovery.year) }}>
          {strings.money.form.back}
        </PageLink>
      }
    >
      <p className="plan-title">
        <RecoveryState status={status} /> {recovery.providerName}
      </p>
      <ControlTotals
        of={[
          { label: text.amount, stated: money(recovery.amount) },
          { label: text.recovered, stated: money(recovery.recovered) },
          ...(isNothing(recovery.held) ? [] : [{ label: text.held, stated: money(recovery.held) }]),
          { label: text.open, stated: money(recovery.open) },
        ]}
      />
      <div className="card">
        <Facts
          of={[
            [text.reason, text.reasons[recovery.reasonCode]],
            [strings.money.form.note, recovery.note],
            ...(decision ? [[text.decides, decision.note] as const] : []),
          ]}
        />
      </div>
      <Hands
        title={text.decide}
        me={me}
        names={recovery.names}
        say={
          status !== 'proposed'
            ? undefined
            : may
              ? text.may
              : isMine
                ? text.mayNot
                : is('finance-officer')
                  ? text.mayNot
                  : text.onlyFinance
        }
        of={[
          { role: text.proposes, who: recovery.proposedBy, at: recovery.proposedAt, state: 'done' },
          {
            role: text.decides,
            who: decision?.by,
            at: decision?.at,
            state: decision ? (status === 'rejected' ? 'refused' : 'done') : 'now',
          },
        ]}
      />
      {may && <Decide recovery={recovery} />}
      <Returns recovery={recovery} />
      <Receivable providerId={recovery.providerId} />
    </Page>
  );
}

function Decide({ recovery }: { readonly recovery: Recovery }) {
  const { strings } = useLanguage();
  const text = strings.money.recoveries;
  return (
    <div className="card">
      <CommandForm
        contract={recoveriesRoutes.decideRecovery}
        name={`decide-recovery.${recovery.id}`}
        initial={{ '/outcome': 'confirm' }}
        call={{ params: { providerId: recovery.providerId, recoveryId: recovery.id }, version: recovery.version }}
        submit={text.decide}
        checked={text.check}
      >
        {({ bind }) => (
          <div className="field-grid">
            <SelectField
              label={strings.money.payout.outcome}
              {...bind('/outcome')}
              groups={[{ choices: Object.entries(text.outcomes) }]}
            />
            <NoteField {...bind('/note')} />
          </div>
        )}
      </CommandForm>
    </div>
  );
}

function Returns({ recovery }: { readonly recovery: Recovery }) {
  const { strings, language } = useLanguage();
  const text = strings.money.recoveries;
  return (
    <Section title={text.returns}>
      {recovery.returns.length === 0 ? (
        <p className="quiet">{text.none_}</p>
      ) : (
        <Table
          caption={text.returns}
          rows={recovery.returns}
          keyOf={({ at, amount }) => `${at} ${amount}`}
          columns={[
            { title: strings.money.ledger.at, cell: ({ at }) => minute(at, language) },
            {
              title: text.returns,
              cell: (back) =>
                back.by === 'offset' ? (
                  <PageLink to="/payouts/$payoutId" params={{ payoutId: back.payoutId }}>
                    {text.byOffset}
                  </PageLink>
                ) : (
                  <>
                    {text.byTransfer} <span className="code">{back.bankSerial}</span> {day(back.paidOn, language)}{' '}
                    {back.recordedBy && (
                      <span className="quiet">
                        <Who sub={back.recordedBy} names={recovery.names} />
                      </span>
                    )}
                  </>
                ),
            },
            { title: text.amount, figures: true, cell: ({ amount }) => money(amount) },
          ]}
        />
      )}
    </Section>
  );
}

/** What the provider owes over all, and what it transfers back. */
function Receivable({ providerId }: { readonly providerId: string }) {
  const { strings } = useLanguage();
  const { is } = useOfficer();
  const text = strings.money.recoveries;
  const receivable = useRead(recoveriesRoutes.readReceivable, { params: { providerId } });
  return (
    <Section title={text.receivable}>
      <Read of={receivable}>
        {({ confirmed, recovered, held, open }) => (
          <>
            <ControlTotals
              of={[
                { label: text.confirmed, stated: money(confirmed) },
                { label: text.recovered, stated: money(recovered) },
                { label: text.held, stated: money(held) },
                { label: text.open, stated: money(open) },
              ]}
            />
            {is('finance-officer') && !isNothing(open) && (
              <details className="card fold">
                <summary>{text.repayment}</summary>
                <p className="quiet">{text.repaymentLead}</p>
                <CommandForm
                  contract={recoveriesRoutes.recordRepayment}
                  name={`repayment.${providerId}`}
                  initial={{ '/paidOn': today() }}
                  call={{ params: { providerId } }}
                  submit={text.record}
                  look="quiet"
                >
                  {({ bind }) => (
                    <div className="field-grid">
                      <AmountField label={text.repaid} {...bind('/amount')} />
                      <TextField label={text.serial} {...bind('/bankSerial')} autoComplete="off" maxLength={40} />
                      <TextField label={text.paidOn} {...bind('/paidOn')} type="date" />
                    </div>
                  )}
                </CommandForm>
              </details>
            )}
          </>
        )}
      </Read>
    </Section>
  );
}
