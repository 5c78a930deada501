import { useEffect, useState } from 'react';
import { payoutsRoutes } from '../../../../contracts/payouts.ts';
import { Button } from '../../components/button.tsx';
import { CommandForm, PartRefused } from '../../components/command-form.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { Section } from '../../components/page.tsx';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { Line, Payout } from './payout-state.tsx';

interface BankAnswersProps {
  readonly payout: Payout;
  /** Its lines, page by page: a page is what is answered at once. */
  readonly list: {
    readonly data: { readonly pages: readonly { readonly items: readonly Line[] }[] } | undefined;
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}

const outcomeOf = ({ id }: Line) => `/${id}/outcome`;
const serialOf = ({ id }: Line) => `/${id}/bankSerial`;
const reasonOf = ({ id }: Line) => `/${id}/reason`;

/** What the bank said of the lines of this sending that it has not answered, page by page: of all of a page, or of some. */
export function BankAnswers({ payout, list }: BankAnswersProps) {
  const { strings } = useLanguage();
  const text = strings.money.payout;
  const [chosen, setChosen] = useState(0);
  const pages = (list.data?.pages ?? []).map(({ items }) =>
    items.filter(({ status, sending }) => status === 'sent' && sending === payout.sending),
  );
  const at = Math.min(chosen, Math.max(pages.length - 1, 0));
  const sent = pages[at] ?? [];
  const before = pages.findLastIndex((lines, page) => page < at && lines.length > 0);
  const after = pages.findIndex((lines, page) => page > at && lines.length > 0);
  // A page of which all is answered gives way to the next one that asks for something.
  const goOn = list.data !== undefined && sent.length === 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (!goOn) return;
    if (after >= 0) setChosen(after);
    else if (hasNextPage) {
      if (!isFetchingNextPage) fetchNextPage();
    } else if (before >= 0) setChosen(before);
  }, [goOn, after, before, hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (sent.length === 0) return null;
  const next = async () => {
    if (after < 0) await fetchNextPage();
    setChosen(after < 0 ? at + 1 : after);
  };
  return (
    <Section title={text.answers} lead={text.answersLead(payout.sending)}>
      <div className="card">
        <CommandForm
          key={at}
          contract={payoutsRoutes.recordBankAnswers}
          name={`bank.${payout.id}.${payout.sending}.${at}`}
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
      {(before >= 0 || after >= 0 || hasNextPage) && (
        <p className="pager">
          <Button look="quiet" disabled={before < 0} onClick={() => setChosen(before)}>
            {text.answersBefore}
          </Button>
          {text.answersShown(sent.length, payout.unanswered)}
          <Button look="quiet" disabled={after < 0 && (!hasNextPage || isFetchingNextPage)} onClick={next}>
            {text.answersNext}
          </Button>
        </p>
      )}
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
        <p className="field-error part-refused" role="alert" data-refused="/lines">
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
                  // Which lines are sent, and so how they are numbered, is another matter then.
                  change={(said) => set({ [outcomeOf(line)]: said }, '/lines')}
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
