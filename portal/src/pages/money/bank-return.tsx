import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { CommandForm } from '../../components/command-form.tsx';
import { AmountField, SelectField, TextField } from '../../components/field.tsx';
import { Hands } from '../../components/hands.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { isNothing } from '../../format/amounts.ts';
import { day, money, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useOfficer } from './departments.ts';
import { NoteField } from './note-field.tsx';
import type { Line } from './payout-state.tsx';

interface BankReturnProps {
  readonly payout: { readonly id: string };
  readonly line: Line;
}

/** A payment that the bank gave back: one person of finance records it, another confirms that the money is there. */
export function BankReturn({ payout, line }: BankReturnProps) {
  const { is } = useOfficer();
  const isFinance = is('finance-officer');
  if (line.bankReturn) return <Recorded payout={payout} line={line} />;
  const wasPaid = line.status === 'paid' && line.answers.at(-1)?.outcome === 'paid' && !isNothing(line.net);
  return wasPaid && isFinance ? <Recording payout={payout} line={line} /> : null;
}

function Recording({ payout, line }: BankReturnProps) {
  const { strings } = useLanguage();
  const text = strings.money.payout;
  return (
    <details className="fold line-work">
      <summary>{text.recordReturn}</summary>
      <p className="quiet">{text.recordReturnLead}</p>
      <CommandForm
        contract={payoutsRoutes.recordBankReturn}
        name={`return.${line.id}`}
        initial={{ '/amount': line.net, '/returnedOn': today() }}
        call={{ params: { payoutId: payout.id, lineId: line.id }, version: line.version }}
        submit={text.recordReturn}
        look="quiet"
      >
        {({ bind }) => (
          <div className="field-grid">
            <AmountField label={text.returnAmount} {...bind('/amount')} />
            <TextField label={text.returnSerial} {...bind('/bankSerial')} autoComplete="off" maxLength={40} />
            <TextField label={text.returnedOn} {...bind('/returnedOn')} type="date" />
            <TextField label={text.returnReason} {...bind('/reason')} maxLength={100} />
          </div>
        )}
      </CommandForm>
    </details>
  );
}

function Recorded({ payout, line }: BankReturnProps) {
  const { strings, language } = useLanguage();
  const { me, is } = useOfficer();
  const text = strings.money.payout;
  const { bankReturn } = line;
  if (!bankReturn) return null;
  const { decision } = bankReturn;
  const isMine = bankReturn.recordedBy === me;
  const may = !decision && is('finance-officer') && !isMine;
  return (
    <section className="line-work">
      <h3>{text.decideReturn}</h3>
      <p>
        {money(line.net)} · {day(bankReturn.returnedOn, language)} ·{' '}
        <span className="code">{bankReturn.bankSerial}</span> · {bankReturn.reason}
      </p>
      <Hands
        title={text.decideReturn}
        me={me}
        names={bankReturn.names}
        say={decision ? undefined : may ? text.mayConfirm : isMine ? text.mayNotConfirm : text.onlyFinance}
        of={[
          { role: text.returnRecorded, who: bankReturn.recordedBy, at: bankReturn.recordedAt, state: 'done' },
          {
            role: text.returnConfirmed,
            who: decision?.by,
            at: decision?.at,
            state: decision ? 'done' : 'now',
          },
        ]}
      />
      {bankReturn.resentBy && (
        <p>
          <PageLink to="/payouts/$payoutId" params={{ payoutId: bankReturn.resentBy }}>
            {text.resentBy} →
          </PageLink>
        </p>
      )}
      {may && (
        <CommandForm
          contract={payoutsRoutes.decideBankReturn}
          name={`decide-return.${line.id}`}
          initial={{ '/outcome': 'confirm' }}
          call={{ params: { payoutId: payout.id, lineId: line.id }, version: line.version }}
          submit={text.decide}
          checked={text.decideReturnCheck}
        >
          {({ bind }) => (
            <div className="field-grid">
              <SelectField
                label={text.outcome}
                {...bind('/outcome')}
                groups={[{ choices: Object.entries(text.returnOutcomes) }]}
              />
              <NoteField {...bind('/note')} />
            </div>
          )}
        </CommandForm>
      )}
    </section>
  );
}
