import { type FormEvent, useState } from 'react';
import type { FieldError } from '../../../../contracts/field-errors.ts';
import { deliveryErrors } from '../../../../contracts/order-checks.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { refresh } from '../../api/refresh.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceField } from '../../components/choice-field.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { AmountField, focusFirstRefused, LongTextField, Refused } from '../../components/field.tsx';
import { readBody, useForm } from '../../components/form.ts';
import { TurnedDown } from '../../components/turned-down.tsx';
import { UploadField } from '../../components/upload.tsx';
import { day, money, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { OrderDetails } from './order-status.ts';

type Outcome = 'full' | 'part' | 'not-performed';
const outcomes = ['full', 'part', 'not-performed'] as const;

/** What was delivered of a signed contract: all, a part of each line, or nothing (clause 六). */
export function DeliveryForm({ order, organisationId }: { order: OrderDetails; organisationId: string }) {
  const { strings, language } = useLanguage();
  const text = strings.enterprise.order;
  const { contract } = order;
  const lines = contract?.lines ?? [];
  const form = useForm<typeof ordersRoutes.confirmDelivery, Readonly<Record<string, string>>>(
    ordersRoutes.confirmDelivery,
    `delivery.${order.id}`,
    { outcome: '', reason: '', documentId: '' },
    { 'nothing-delivered': '/deliveredFees', 'delivery-complete': '/deliveredFees' },
  );
  const [early, setEarly] = useState<readonly FieldError[]>([]);
  const [asking, setAsking] = useState(false);
  if (!contract) return null;
  const { fields } = form;
  const outcome = outcomes.find((one) => one === fields.outcome);
  const unstarted = contract.startsOn > today();
  const errors = [...form.errors, ...early];
  const bind = (name: string, pointer = `/${name}`) => {
    const bound = form.bind(name, pointer);
    return {
      ...bound,
      errors,
      change: (value: string) => {
        setEarly(early.filter((error) => error.pointer !== pointer && error.pointer !== '/deliveredFees'));
        bound.change(value);
      },
    };
  };
  const body = bodyOf(outcome, fields, lines.length);
  const call = { params: { orderId: order.id }, version: order.version, organisationId, body: body as never };
  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const { value, errors: refused } = readBody(ordersRoutes.confirmDelivery, body);
    const judged = refused ?? (value && 'deliveredFees' in value ? deliveryErrors(contract, value.deliveredFees) : []);
    setEarly(judged);
    if (judged.length > 0) focusFirstRefused(element);
    else setAsking(true);
  };
  const confirm = async () => {
    const done = await form.submit(call);
    setAsking(false);
    if (done !== 'accepted') return;
    form.forget();
    await refresh();
  };
  return (
    <form className="card outcome form" onSubmit={ask} noValidate>
      <h2>{text.deliver}</h2>
      <p className="quiet">{text.deliverLead}</p>
      {unstarted && <p className="note">{text.notYet(day(contract.startsOn, language))}</p>}
      <ChoiceField
        label={text.outcome}
        {...bind('outcome')}
        choices={outcomes.map((one) => ({ value: one, ...text.outcomes[one] }))}
        closed={unstarted ? ['full', 'part'] : []}
      />
      {outcome === 'part' &&
        lines.map((line, index) => (
          <AmountField
            key={line.description + String(index)}
            label={text.deliveredFee(line.description, money(line.fee))}
            {...bind(`fee${index}`, `/deliveredFees/${index}`)}
          />
        ))}
      <WholeError errors={errors} />
      {outcome && outcome !== 'full' && (
        <LongTextField label={text.reason} hint={text.reasonHint} {...bind('reason')} rows={3} />
      )}
      {outcome && (
        <UploadField
          label={text.evidence}
          hint={text.evidenceHint}
          optional
          purpose="delivery-evidence"
          pointer="/documentId"
          errors={errors}
          value={fields.documentId || undefined}
          change={(id) => form.set({ documentId: id ?? '' })}
          organisationId={organisationId}
        />
      )}
      <Refused errors={errors} />
      <TurnedDown cause={form.cause} />
      <Button type="submit" disabled={form.pending}>
        {text.deliverNow}
      </Button>
      {asking && outcome && (
        <Confirm
          title={`${text.confirmDelivery} ${text.outcomes[outcome].title}`}
          consequences={text.deliveryConsequences[outcome]}
          confirm={text.deliverNow}
          pending={form.pending}
          act={confirm}
          close={() => setAsking(false)}
        />
      )}
    </form>
  );
}

/** Of the fees together: nothing, or everything. */
function WholeError({ errors }: { readonly errors: readonly FieldError[] }) {
  const { language } = useLanguage();
  const own = errors.filter(({ pointer }) => pointer === '/deliveredFees');
  if (own.length === 0) return null;
  return (
    <p className="field-error" role="alert">
      {own.map((error) => (language === 'zh' ? error.detail : error.detailEn)).join(' ')}
    </p>
  );
}

/** As the contract takes it; a line that was left empty is refused at its field. */
function bodyOf(outcome: Outcome | undefined, fields: Readonly<Record<string, string>>, lines: number): object {
  const { reason = '', documentId } = fields;
  const evidence = documentId ? { documentId } : {};
  const given = reason.trim() === '' ? {} : { reason: reason.trim() };
  switch (outcome) {
    case 'full':
      return { outcome, ...evidence };
    case 'part': {
      const deliveredFees = Array.from({ length: lines }, (_, index) => fields[`fee${index}`]?.trim() || undefined);
      return { outcome, deliveredFees, ...given, ...evidence };
    }
    default:
      return { ...(outcome ? { outcome } : {}), ...given, ...evidence };
  }
}
