import { ordersRoutes } from '../../../../contracts/orders.ts';
import { planRoutes } from '../../../../contracts/plan.ts';
import { answerErrors } from '../../../../contracts/provider-checks.ts';
import { useRead } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { CommandForm, PartRefused } from '../../components/command-form.tsx';
import { AmountField, SelectField, TextField } from '../../components/field.tsx';
import { entriesOf, entryAdded, entryRemoved, type Fields, listed } from '../../components/fields.ts';
import type { Filling } from '../../components/filling.ts';
import { Facts, Section } from '../../components/page.tsx';
import { DocumentField } from '../../components/upload.tsx';
import { lessOf, sumOf } from '../../format/amounts.ts';
import { money } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { Part } from './part.tsx';
import type { Order } from './sold-order.ts';

/** What the form starts with: the answer that was given, or what the order itself says. */
function fieldsOf(order: Order): Fields {
  const { contract } = order;
  return {
    '/contractNumber': contract?.number ?? '',
    ...listed(
      '/lines',
      contract?.lines.map(({ kind, description, listPrice, discount }) => ({
        kind,
        description,
        listPrice,
        discount,
      })) ?? [{ kind: order.kind, description: order.offeringName, listPrice: order.estimatedFee, discount: '0.00' }],
    ),
    '/startsOn': contract?.startsOn ?? order.wantedFrom,
    '/endsOn': contract?.endsOn ?? order.wantedTo,
    '/documentId': contract?.documentId ?? '',
    '/agreesToWait': order.waiting?.agreedAt ? 'true' : '',
  };
}

const MOST_LINES = 50;

interface AnswerFormProps {
  readonly order: Order;
  readonly organisationId: string;
}

/** The provider's answer: the contract, line by line, and whether the offer holds while the order waits. */
export function AnswerForm({ order, organisationId }: AnswerFormProps) {
  const { strings } = useLanguage();
  const text = strings.provider.order;
  const plan = useRead(planRoutes.readPublishedPlan, { params: { year: String(order.planYear) } });
  // Until the plan is here, its limit is left to the system.
  const longestDays = plan.data?.parameters.longestContractDays ?? Number.POSITIVE_INFINITY;
  const again = order.status === 'answered';
  return (
    <Section title={again ? text.answerAgain : text.answer} lead={text.answerLead}>
      <CommandForm
        contract={ordersRoutes.answerOrder}
        name={`answer.${order.id}`}
        initial={fieldsOf(order)}
        call={{ params: { orderId: order.id }, version: order.version, organisationId }}
        body={(_, { agreesToWait, ...given }) => ({
          ...given,
          ...(order.waiting && agreesToWait ? { agreesToWait: agreesToWait === 'true' } : {}),
        })}
        check={(given) => answerErrors(given, { orderedKind: order.kind, longestDays })}
        submit={again ? text.submitAgain : text.submit}
        className="card"
      >
        {(filling) => <AnswerFields order={order} organisationId={organisationId} filling={filling} />}
      </CommandForm>
    </Section>
  );
}

function AnswerFields({ order, organisationId, filling }: AnswerFormProps & { readonly filling: Filling }) {
  const { strings } = useLanguage();
  const text = strings.provider.order;
  const { fields, errors, bind, set } = filling;
  const lines = entriesOf(fields, '/lines');
  const another = { kind: order.kind, description: '', listPrice: '', discount: '0.00' };
  return (
    <>
      <div className="field-row">
        <TextField
          label={text.contractNumber}
          hint={text.contractNumberHint}
          {...bind('/contractNumber')}
          maxLength={80}
          autoComplete="off"
        />
        <TextField label={text.startsOn} {...bind('/startsOn')} type="date" />
        <TextField label={text.endsOn} {...bind('/endsOn')} type="date" />
      </div>
      <DocumentField
        label={text.file}
        hint={text.fileHint}
        purpose="contract"
        organisationId={organisationId}
        {...bind('/documentId')}
      />
      {lines.map((line, index) => (
        <Line
          key={line}
          at={line}
          number={index + 1}
          filling={filling}
          {...(lines.length > 1 ? { remove: () => set(entryRemoved(fields, '/lines', index)) } : {})}
        />
      ))}
      <PartRefused of="/lines" errors={errors} />
      {lines.length < MOST_LINES && (
        <Button look="quiet" onClick={() => set(entryAdded(fields, '/lines', another))}>
          {text.addLine}
        </Button>
      )}
      <Totals fields={fields} lines={lines} />
      {order.waiting && (
        <SelectField
          label={text.agrees}
          hint={text.agreesHint}
          {...bind('/agreesToWait')}
          none={strings.states.choose}
          groups={[
            {
              choices: [
                ['true', text.agreesYes],
                ['false', text.agreesNo],
              ],
            },
          ]}
        />
      )}
    </>
  );
}

interface LineProps {
  /** Pointer of the line. */
  readonly at: string;
  readonly number: number;
  readonly filling: Filling;
  readonly remove?: () => void;
}

function Line({ at, number, filling: { fields, bind }, remove }: LineProps) {
  const { strings } = useLanguage();
  const { kindChoices } = useNames();
  const text = strings.provider.order;
  const fee = lessOf(fields[`${at}/listPrice`] ?? '', fields[`${at}/discount`] ?? '');
  return (
    <Part title={text.lineN(number)}>
      <div className="field-row">
        <TextField label={text.description} {...bind(`${at}/description`)} maxLength={220} />
        <SelectField label={text.kind} {...bind(`${at}/kind`)} none={strings.states.choose} groups={kindChoices} />
      </div>
      <div className="field-row">
        <AmountField label={text.listPrice} {...bind(`${at}/listPrice`)} />
        <AmountField label={text.discount} hint={text.discountHint} {...bind(`${at}/discount`)} />
        <p className="line-fee">
          <span className="quiet">{text.fee}</span>
          <strong className="figures">{fee ? money(fee) : '—'}</strong>
        </p>
      </div>
      {remove && (
        <button type="button" className="link-button part-remove" onClick={remove}>
          {text.removeLine(number)}
        </button>
      )}
    </Part>
  );
}

function Totals({ fields, lines }: { readonly fields: Fields; readonly lines: readonly string[] }) {
  const { strings } = useLanguage();
  const text = strings.provider.order;
  const total = (name: string) => sumOf(lines.map((line) => fields[`${line}/${name}`] ?? ''));
  const listPrice = total('listPrice');
  const discount = total('discount');
  const fee = listPrice && discount && lessOf(listPrice, discount);
  return (
    <div aria-live="polite" className="form-totals">
      {listPrice && discount && fee ? (
        <Facts
          of={[
            [text.listPriceTotal, money(listPrice)],
            [text.discountTotal, money(discount)],
            [text.feeTotal, money(fee)],
          ]}
        />
      ) : (
        <p className="quiet">{text.incomplete}</p>
      )}
    </div>
  );
}
