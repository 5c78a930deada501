import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { CommandForm } from '../../components/command-form.tsx';
import { SelectField } from '../../components/field.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Table } from '../../components/table.tsx';
import { Who } from '../../components/who.tsx';
import { isNothing } from '../../format/amounts.ts';
import { minute, money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { BankReturn } from './bank-return.tsx';
import { useOfficer } from './departments.ts';
import { NoteField } from './note-field.tsx';
import { type Line, LineState, type Payout } from './payout-state.tsx';

interface PayoutLineProps {
  readonly payout: Payout;
  readonly line: Line;
}

/** What one payee receives: items, what is kept back, every answer of the bank, and what there is to do. */
export function PayoutLine({ payout, line }: PayoutLineProps) {
  const { strings, language } = useLanguage();
  const { is } = useOfficer();
  const text = strings.money.payout;
  const toCorrect = payout.status === 'correcting' && line.status === 'failed' && is('finance-officer');
  const isOpen = toCorrect || line.status === 'return-recorded';
  return (
    <details className="card fold payout-line" id={line.id} open={isOpen || undefined}>
      <summary>
        <span className="line-payee">{line.providerName}</span>
        <span className="quiet">{text.items(line.items.length)}</span>
        <strong className="figures">{money(line.net)}</strong>
        <LineState line={line} />
      </summary>
      {!isNothing(line.offset) && (
        <p className="note">
          {money(line.amount)} − {text.offset} {money(line.offset)} = {text.net} {money(line.net)}
        </p>
      )}
      <Table
        caption={text.lines}
        rows={line.items}
        keyOf={({ claimItemId }) => claimItemId}
        columns={[
          { title: text.activeAt, cell: ({ activeAt }) => minute(activeAt, language) },
          { title: text.voucher, cell: ({ voucherId }) => <span className="code">{voucherId}</span> },
          { title: text.itemAmount, figures: true, cell: ({ amount }) => money(amount) },
          {
            title: text.itemDeferred,
            figures: true,
            cell: ({ deferred }) => (isNothing(deferred) ? '—' : money(deferred)),
          },
          ...(is('regional-officer') && line.status === 'paid'
            ? [
                {
                  title: text.recover,
                  cell: ({ voucherId }: Line['items'][number]) => (
                    <PageLink to="/recoveries/propose" search={{ voucher: voucherId }}>
                      {text.recover}
                    </PageLink>
                  ),
                },
              ]
            : []),
        ]}
      />
      {line.answers.length > 0 && (
        <ul className="line-answers">
          {line.answers.map(({ sending, outcome, bankSerial, reason, at, recordedBy }) => (
            <li key={`${sending} ${at}`}>
              <strong>{outcome === 'paid' ? text.saidPaid : text.saidFailed}</strong> {text.answered(sending)}{' '}
              {bankSerial && <span className="code">{bankSerial}</span>} {reason}{' '}
              <span className="quiet">
                {minute(at, language)} <Who sub={recordedBy} names={line.names} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {toCorrect && <Correction payout={payout} line={line} />}
      <BankReturn payout={payout} line={line} />
    </details>
  );
}

function Correction({ payout, line }: PayoutLineProps) {
  const { strings } = useLanguage();
  const text = strings.money.payout;
  return (
    <section className="line-work">
      <h3>{text.correct}</h3>
      <p className="quiet">{text.correctLead}</p>
      <CommandForm
        contract={payoutsRoutes.correctLine}
        name={`correct.${line.id}`}
        initial={{ '/account': 'changed' }}
        call={{ params: { payoutId: payout.id, lineId: line.id }, version: line.version }}
        submit={text.correct}
      >
        {({ bind }) => (
          <div className="field-grid">
            <SelectField
              label={text.account}
              {...bind('/account')}
              groups={[{ choices: Object.entries(text.accounts) }]}
            />
            <NoteField {...bind('/note')} />
          </div>
        )}
      </CommandForm>
    </section>
  );
}
