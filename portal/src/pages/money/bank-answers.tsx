import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { Button } from '../../components/button.tsx';
import { CommandForm, type Fields, type Filling, PartRefused } from '../../components/command-form.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Section } from '../../components/page.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Line, Payout } from './payout-state.tsx';

interface BankAnswersProps {
  readonly payout: Payout;
  readonly lines: readonly Line[];
}

const outcomeOf = ({ id }: Line) => `/${id}/outcome`;
const serialOf = ({ id }: Line) => `/${id}/bankSerial`;
const reasonOf = ({ id }: Line) => `/${id}/reason`;

/** What the bank said of the lines of this sending that it has not answered: all of them, or some. */
export function BankAnswers({ payout, lines }: BankAnswersProps) {
  const { strings } = useLanguage();
  const text = strings.money.payout;
  const sent = lines.filter(({ status, sending }) => status === 'sent' && sending === payout.sending);
  if (sent.length === 0) return null;
  return (
    <Section title={text.answers} lead={text.answersLead(payout.sending)}>
      <div className="card">
        <CommandForm
          contract={payoutsRoutes.recordBankAnswers}
          name={`bank.${payout.id}.${payout.sending}`}
          initial={Object.fromEntries(sent.map((line) => [outcomeOf(line), '']))}
          call={{ params: { payoutId: payout.id } }}
          body={(fields) => ({
            sending: payout.sending,
            lines: answered(sent, fields).map((line) => said(line, fields)),
          })}
          submit={text.record}
        >
          {(filling) => <AnswerFields sent={sent} filling={filling} />}
        </CommandForm>
      </div>
    </Section>
  );
}

const answered = (sent: readonly Line[], fields: Fields) => sent.filter((line) => fields[outcomeOf(line)]);

function said(line: Line, fields: Fields): object {
  const typed = (name: string) => fields[name]?.trim() || undefined;
  return fields[outcomeOf(line)] === 'paid'
    ? { lineId: line.id, outcome: 'paid', bankSerial: typed(serialOf(line)) }
    : { lineId: line.id, outcome: 'failed', reason: typed(reasonOf(line)) };
}

function AnswerFields({ sent, filling }: { readonly sent: readonly Line[]; readonly filling: Filling }) {
  const { strings, language } = useLanguage();
  const text = strings.money.payout;
  const { fields, errors, bind, set } = filling;
  const chosen = answered(sent, fields);
  const none = errors.some(({ pointer }) => pointer === '/lines') && chosen.length === 0;
  return (
    <>
      {none ? (
        <p className="field-error part-refused" role="alert">
          {text.nothingChosen}
        </p>
      ) : (
        <PartRefused of="/lines" errors={errors} />
      )}
      <div>
        <Button look="quiet" onClick={() => set(Object.fromEntries(sent.map((line) => [outcomeOf(line), 'paid'])))}>
          {text.allPaid}
        </Button>
      </div>
      <ul className="answers">
        {sent.map((line) => {
          const pointer = `/lines/${chosen.indexOf(line)}`;
          const outcome = fields[outcomeOf(line)];
          return (
            <li key={line.id}>
              <p>
                <strong>{line.providerName}</strong> <span className="figures">{money(line.net)}</span>{' '}
                <span className="code quiet">{line.id}</span>
              </p>
              <div className="answer-fields">
                <SelectField
                  label={`${text.answer}${language === 'zh' ? '：' : ': '}${line.providerName}`}
                  {...bind(outcomeOf(line), `${pointer}/outcome`)}
                  none={text.noAnswer}
                  groups={[
                    {
                      choices: [
                        ['paid', text.saidPaid],
                        ['failed', text.saidFailed],
                      ],
                    },
                  ]}
                />
                {outcome === 'paid' && (
                  <TextField
                    label={text.serial}
                    {...bind(serialOf(line), `${pointer}/bankSerial`)}
                    autoComplete="off"
                    maxLength={40}
                  />
                )}
                {outcome === 'failed' && (
                  <TextField
                    label={text.failedBecause}
                    {...bind(reasonOf(line), `${pointer}/reason`)}
                    maxLength={100}
                  />
                )}
              </div>
              <PartRefused of={pointer} errors={errors} />
            </li>
          );
        })}
      </ul>
    </>
  );
}
