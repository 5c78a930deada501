import { type FormEvent, useEffect, useRef, useState } from 'react';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import type { FieldError } from '../../../../contracts/field-errors.ts';
import { previewVerdict, readVerdict } from '../../../../contracts/judgement.ts';
import {
  correctableFields,
  correctionReasons,
  reductionReasons,
  rejectionReasons,
} from '../../../../contracts/names.ts';
import { ordersRoutes } from '../../../../contracts/orders.ts';
import { planRoutes } from '../../../../contracts/plan.ts';
import { useCommand } from '../../api/command.ts';
import { ApiProblem } from '../../api/failures.ts';
import { queryClient, useRead } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { PartRefused } from '../../components/command-form.tsx';
import {
  AmountField,
  focusFirstRefused,
  LongTextField,
  Refused,
  SelectField,
  TextField,
} from '../../components/field.tsx';
import { useShortcuts } from '../../components/shortcuts.tsx';
import { Failure } from '../../components/states.tsx';
import { money, percent } from '../../format/format.ts';
import { type Bilingual, useLanguage } from '../../language/language.tsx';
import { useDraft } from '../../session/draft.ts';
import type { ClaimItem } from './evidence.tsx';

interface VerdictFormProps {
  readonly item: ClaimItem;
  readonly saved: (item: ClaimItem) => void;
}

const outcomes = ['approve', 'reduce', 'reject', 'return'] as const;
const severities = ['minor', 'serious', 'critical'] as const;
const SINCE_CHANGED: readonly number[] = [409, 412];

type Draft = Readonly<Record<string, string>>;

/** The auditor's word on an item. What is paid follows from it, shown as it is chosen and never typed in (clause 七-(二)). */
export function VerdictForm({ item, saved }: VerdictFormProps) {
  const { strings, pick } = useLanguage();
  const text = strings.reviewer.audit;
  const command = useCommand(claimsRoutes.auditItem);
  const [draft, keep, forget] = useDraft<Draft>(`verdict.${item.id}`, draftOf(item));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const facts = useFacts(item);
  const body = bodyOf(draft);
  const read = readVerdict(body);
  const preview = read.value && facts ? previewVerdict(item, read.value, facts) : undefined;

  const set = (name: string, value: string) => {
    keep({ ...draft, [name]: value });
    setErrors([]);
  };
  const submit = async () => {
    const found = read.errors ?? preview?.errors ?? [];
    const refusal =
      found.length > 0
        ? { errors: found }
        : await command.submit({
            params: { claimId: item.claimId, itemId: item.id },
            version: item.version,
            body: body as never,
          });
    setErrors(refusal?.errors ?? []);
    if (refusal && form.current) focusFirstRefused(form.current);
  };
  const { answer } = command;
  const told = useRef<ClaimItem>(undefined);
  useEffect(() => {
    if (!answer || told.current === answer) return;
    told.current = answer;
    forget();
    saved(answer);
  });
  useShortcuts([
    ...outcomes.map((outcome, i) => ({
      key: String(i + 1),
      does: strings.reviewer.shortcuts.outcome(text.outcomes[outcome]),
      act: () => set('outcome', outcome),
    })),
    { key: 'Ctrl+Enter', does: strings.reviewer.shortcuts.submit, act: submit },
  ]);
  const bound = (name: string, pointer = `/${name}`) => ({
    pointer,
    errors,
    value: draft[name] ?? '',
    change: (value: string) => set(name, value),
  });
  const marked = markedOf(draft);
  const cause = command.refusal?.cause;
  const changed = cause instanceof ApiProblem && SINCE_CHANGED.includes(cause.problem.status);
  return (
    <form
      ref={form}
      className="form decision"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>{text.verdict}</h2>
      <Refused errors={errors} />
      {cause !== undefined && <Failure error={cause} />}
      {changed && (
        <div className="note">
          <p>{strings.reviewer.decide.staleHint}</p>
          <Button look="quiet" onClick={() => queryClient.invalidateQueries()}>
            {strings.reviewer.decide.reread}
          </Button>
        </div>
      )}
      <fieldset className="outcomes">
        <legend className="visually-hidden">{text.verdict}</legend>
        {outcomes.map((outcome, i) => (
          <label key={outcome} className={`outcome-choice outcome-${outcome}`}>
            <input
              type="radio"
              name="outcome"
              value={outcome}
              checked={draft.outcome === outcome}
              onChange={() => set('outcome', outcome)}
            />
            {text.outcomes[outcome]}{' '}
            <span className="key" aria-hidden="true">
              {i + 1}
            </span>
          </label>
        ))}
      </fieldset>
      <PartRefused of="/outcome" errors={errors} />
      {draft.outcome === 'reduce' && (
        <>
          <SelectField
            {...bound('reduceReason', '/reasonCode')}
            label={text.reason}
            none={strings.states.choose}
            groups={choices(reductionReasons, pick)}
          />
          {draft.reduceReason === 'quality-problem' && (
            <SelectField
              {...bound('severity')}
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
          {draft.reduceReason && draft.reduceReason !== 'quality-problem' && (
            <AmountField
              {...bound('recognisedFee')}
              label={text.recognised}
              {...(facts ? { hint: text.recognisedHint(money(facts.fee)) } : {})}
            />
          )}
        </>
      )}
      {draft.outcome === 'reject' && (
        <SelectField
          {...bound('rejectReason', '/reasonCode')}
          label={text.reason}
          none={strings.states.choose}
          groups={choices(rejectionReasons, pick)}
        />
      )}
      {draft.outcome === 'return' && (
        <fieldset className="field-reasons">
          <legend>{text.fields}</legend>
          <PartRefused of="/reasons" errors={errors} />
          {correctableFields.map((field) => {
            const name = text.fieldNames[field] ?? field;
            const at = marked.indexOf(field);
            return (
              <div key={field} className={at >= 0 ? 'field-reason field-reason-marked' : 'field-reason'}>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={at >= 0}
                    onChange={(event) => set(`mark ${field}`, event.target.checked ? 'yes' : '')}
                  />
                  {name}
                </label>
                {at >= 0 && (
                  <>
                    <SelectField
                      {...bound(`reason ${field}`, `/reasons/${at}/reasonCode`)}
                      label={strings.reviewer.decide.fieldReason(name)}
                      none={strings.states.choose}
                      groups={choices(correctionReasons, pick)}
                    />
                    <TextField
                      {...bound(`note ${field}`, `/reasons/${at}/note`)}
                      label={strings.reviewer.decide.fieldNote(name)}
                      optional
                      maxLength={500}
                    />
                  </>
                )}
              </div>
            );
          })}
        </fieldset>
      )}
      {draft.outcome && <LongTextField {...bound('note')} label={text.note} optional rows={2} />}
      {preview?.approved !== undefined && (
        <p className="preview" aria-live="polite">
          {text.preview} <strong className="figures">{money(preview.approved)}</strong>{' '}
          <span className="quiet">{text.previewHint}</span>
        </p>
      )}
      <div className="decision-submit">
        <Button type="submit" disabled={command.pending}>
          {command.pending ? strings.states.loading : text.save}
        </Button>{' '}
        <kbd>Ctrl</kbd> <kbd>Enter</kbd>
      </div>
    </form>
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

const choices = (reasons: Readonly<Record<string, Bilingual>>, pick: (text: Bilingual) => string) => [
  { choices: Object.entries(reasons).map(([code, name]): [string, string] => [code, pick(name)]) },
];

const markedOf = (draft: Draft): string[] => correctableFields.filter((field) => draft[`mark ${field}`] === 'yes');

/** The word that was given before, to be changed. */
function draftOf({ audit, status }: ClaimItem): Draft {
  if (!audit || status === 'filed') return {};
  return {
    outcome: audit.outcome,
    ...(audit.outcome === 'reduce' ? { reduceReason: audit.reasonCode ?? '' } : {}),
    ...(audit.outcome === 'reject' ? { rejectReason: audit.reasonCode ?? '' } : {}),
    severity: audit.severity ?? '',
    recognisedFee: audit.recognisedFee ?? '',
    note: audit.note ?? '',
    ...Object.fromEntries(
      audit.reasons.flatMap(({ pointer, reasonCode, note }): [string, string][] => [
        [`mark ${pointer}`, 'yes'],
        [`reason ${pointer}`, reasonCode],
        [`note ${pointer}`, note ?? ''],
      ]),
    ),
  };
}

/** What was filled in for this outcome; what belongs to another is not sent. */
function bodyOf(draft: Draft): object {
  const given = (name: string) => draft[name]?.trim() || undefined;
  const { outcome } = draft;
  const quality = draft.reduceReason === 'quality-problem';
  const all = {
    outcome: outcome || undefined,
    reasonCode: outcome === 'reduce' ? given('reduceReason') : outcome === 'reject' ? given('rejectReason') : undefined,
    severity: outcome === 'reduce' && quality ? given('severity') : undefined,
    recognisedFee: outcome === 'reduce' && !quality ? given('recognisedFee') : undefined,
    reasons:
      outcome === 'return'
        ? markedOf(draft).map((pointer) => ({
            pointer,
            reasonCode: given(`reason ${pointer}`),
            ...(given(`note ${pointer}`) ? { note: given(`note ${pointer}`) } : {}),
          }))
        : undefined,
    note: given('note'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
