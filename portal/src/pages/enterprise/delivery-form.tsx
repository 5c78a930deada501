import { deliveryErrors } from '../../../../contracts/order-checks.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { Form, PartRefused } from '../../components/command-form.tsx';
import { AmountField, LongTextField } from '../../components/field.tsx';
import { useForm } from '../../components/form.ts';
import { DocumentField } from '../../components/upload.tsx';
import { day, money, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { OrderDetails } from './order-status.ts';

const outcomes = ['full', 'part', 'not-performed'] as const;
const feeOf = (line: number) => `/deliveredFees/${line}`;

/** What was delivered of a signed contract: all, a part of each line, or nothing (clause 六). */
export function DeliveryForm({ order, organisationId }: { order: OrderDetails; organisationId: string }) {
  const { strings, language } = useLanguage();
  const text = strings.enterprise.order;
  const { contract } = order;
  const lines = contract?.lines ?? [];
  const form = useForm(ordersRoutes.confirmDelivery, {
    draft: `delivery.${order.id}`,
    call: { params: { orderId: order.id }, version: order.version, organisationId },
    body: (fields, { outcome, documentId, reason }) => ({
      outcome,
      documentId,
      ...(outcome === 'full' ? {} : { reason }),
      // A line that was left empty is refused at its field.
      ...(outcome === 'part' ? { deliveredFees: lines.map((_, at) => fields[feeOf(at)]?.trim() || undefined) } : {}),
    }),
    check: (body) => (contract && 'deliveredFees' in body ? deliveryErrors(contract, body.deliveredFees) : []),
    places: { 'nothing-delivered': '/deliveredFees', 'delivery-complete': '/deliveredFees' },
  });
  if (!contract) return null;
  const { fields, errors, bind, set } = form;
  const outcome = outcomes.find((one) => one === fields['/outcome']);
  const unstarted = contract.startsOn > today();
  return (
    <Form
      of={form}
      title={text.deliver}
      lead={text.deliverLead}
      submit={text.deliverNow}
      className="card outcome"
      confirm={
        outcome && {
          title: `${text.confirmDelivery} ${text.outcomes[outcome].title}`,
          consequences: text.deliveryConsequences[outcome],
        }
      }
    >
      {unstarted && <p className="note">{text.notYet(day(contract.startsOn, language))}</p>}
      <ChoiceField
        label={text.outcome}
        {...bind('/outcome')}
        change={(one) => set({ '/outcome': one }, '')}
        choices={outcomes.map((one) => ({ value: one, ...text.outcomes[one] }))}
        closed={unstarted ? ['full', 'part'] : []}
      />
      {outcome === 'part' &&
        lines.map((line, at) => (
          <AmountField
            key={line.description + String(at)}
            label={text.deliveredFee(line.description, money(line.fee))}
            {...bind(feeOf(at))}
          />
        ))}
      <PartRefused of="/deliveredFees" errors={errors} />
      {outcome && outcome !== 'full' && (
        <LongTextField label={text.reason} hint={text.reasonHint} {...bind('/reason')} rows={3} />
      )}
      {outcome && (
        <DocumentField
          label={text.evidence}
          hint={text.evidenceHint}
          optional
          purpose="delivery-evidence"
          organisationId={organisationId}
          {...bind('/documentId')}
        />
      )}
    </Form>
  );
}
