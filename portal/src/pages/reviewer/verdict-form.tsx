import { useRef } from 'react';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import { previewVerdict } from '../../../../contracts/judgement.ts';
import {
  correctableFields,
  correctionReasons,
  reductionReasons,
  rejectionReasons,
} from '../../../../contracts/names.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { planRoutes } from '../../../../contracts/plan.ts';
import { useRead } from '../../api/queries.ts';
import { Form } from '../../components/command-form.tsx';
import { AmountField, LongTextField, SelectField } from '../../components/field.tsx';
import type { Fields } from '../../components/fields.ts';
import { useForm } from '../../components/form.ts';
import { useShortcuts } from '../../components/shortcuts.tsx';
import { money, percent } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import type { ClaimItem } from './evidence.tsx';
import { OutcomeChoice } from './outcome-choice.tsx';
import { SendKeys } from './send-keys.tsx';
import { choicesOf, SentBack, sentBack, sentBackFields } from './sent-back.tsx';

interface VerdictFormProps {
  readonly item: ClaimItem;
  readonly saved: (item: ClaimItem) => void;
}

const outcomes = ['approve', 'reduce', 'reject', 'return'] as const;
const severities = ['minor', 'serious', 'critical'] as const;

/** The auditor's word on an item. What is paid follows from it, shown as it is chosen and never typed in (clause 七-(二)). */
export function VerdictForm({ item, saved }: VerdictFormProps) {
  const { strings, pick } = useLanguage();
  const text = strings.reviewer.audit;
  const element = useRef<HTMLFormElement>(null);
  const facts = useFacts(item);
  const judge = (body: Parameters<typeof previewVerdict>[1]) => facts && previewVerdict(item, body, facts);
  const form = useForm(claimsRoutes.auditItem, {
    draft: `verdict.${item.id}`,
    initial: fieldsOf(item),
    call: { params: { claimId: item.claimId, itemId: item.id }, version: item.version },
    body: bodyOf,
    check: (body) => judge(body)?.errors ?? [],
    reads: [claimsRoutes.listClaimItems, claimsRoutes.readClaim],
    done: saved,
  });
  const { fields, bind } = form;
  const typed = form.read();
  const approved = typed && judge(typed)?.approved;
  const outcome = { ...bind('/outcome'), change: (one: string) => form.set({ '/outcome': one }, '') };
  const reduction = fields['reduced for'];
  useShortcuts([
    ...outcomes.map((one, i) => ({
      key: String(i + 1),
      does: strings.reviewer.shortcuts.outcome(text.outcomes[one]),
      act: () => outcome.change(one),
    })),
    {
      key: 'Ctrl+Enter',
      does: strings.reviewer.shortcuts.submit,
      act: () => element.current?.requestSubmit(),
    },
  ]);
  return (
    <Form of={form} element={element} title={text.verdict} submit={text.save} className="decision" aside={<SendKeys />}>
      <OutcomeChoice {...outcome} legend={text.verdict} outcomes={outcomes.map((one) => [one, text.outcomes[one]])} />
      {outcome.value === 'reduce' && (
        <>
          <SelectField
            {...bind('reduced for', '/reasonCode')}
            label={text.reason}
            none={strings.states.choose}
            groups={choicesOf(reductionReasons, pick)}
          />
          {reduction === 'quality-problem' && (
            <SelectField
              {...bind('/severity')}
              label={text.severity}
              none={strings.states.choose}
              groups={[
                {
                  choices: severities.map((severity): [string, string] => [
                    severity,
                    facts
                      ? text.severityValue(text.severities[severity], percent(facts.deductions[severity]))
                      : text.severities[severity],
                  ]),
                },
              ]}
            />
          )}
          {reduction && reduction !== 'quality-problem' && (
            <AmountField
              {...bind('/recognisedFee')}
              label={text.recognised}
              {...(facts ? { hint: text.recognisedHint(money(facts.fee)) } : {})}
            />
          )}
        </>
      )}
      {outcome.value === 'reject' && (
        <SelectField
          {...bind('rejected for', '/reasonCode')}
          label={text.reason}
          none={strings.states.choose}
          groups={choicesOf(rejectionReasons, pick)}
        />
      )}
      {outcome.value === 'return' && (
        <SentBack
          legend={text.fields}
          of={Object.fromEntries(correctableFields.map((field) => [field, text.fieldNames[field] ?? field]))}
          reasons={correctionReasons}
          filling={form}
        />
      )}
      {outcome.value && <LongTextField {...bind('/note')} label={text.note} optional rows={2} />}
      {approved !== undefined && (
        <p className="preview" aria-live="polite">
          {text.preview} <strong className="figures">{money(approved)}</strong>{' '}
          <span className="quiet">{text.previewHint}</span>
        </p>
      )}
    </Form>
  );
}

/** What deductions are computed from: the fee behind the voucher, and the plan's shares. */
function useFacts(item: ClaimItem) {
  const order = useRead(ordersRoutes.readOrder, { params: { orderId: item.orderId } });
  const plan = useRead(planRoutes.readPublishedPlan, { params: { year: String(item.year) } });
  const fee = order.data?.deliveredFee ?? order.data?.contract?.fee;
  const deductions = plan.data?.parameters.qualityDeductions;
  return fee && deductions ? { fee, deductions } : undefined;
}

/** The word that was given before, to be changed. */
function fieldsOf({ audit, status }: ClaimItem): Fields {
  if (!audit || status === 'filed') return {};
  return {
    '/outcome': audit.outcome,
    ...(audit.outcome === 'reduce' ? { 'reduced for': audit.reasonCode ?? '' } : {}),
    ...(audit.outcome === 'reject' ? { 'rejected for': audit.reasonCode ?? '' } : {}),
    '/severity': audit.severity ?? '',
    '/recognisedFee': audit.recognisedFee ?? '',
    '/note': audit.note ?? '',
    ...sentBackFields(audit.reasons),
  };
}

/** What was filled in for this outcome; what belongs to another is not sent. */
function bodyOf(fields: Fields, { outcome, severity, recognisedFee, note }: Readonly<Record<string, unknown>>): object {
  const given = { outcome, note };
  switch (outcome) {
    case 'reduce': {
      const reasonCode = fields['reduced for'] || undefined;
      return { ...given, reasonCode, ...(reasonCode === 'quality-problem' ? { severity } : { recognisedFee }) };
    }
    case 'reject':
      return { ...given, reasonCode: fields['rejected for'] || undefined };
    case 'return':
      return { ...given, reasons: sentBack(fields, correctableFields) };
    default:
      return given;
  }
}
