import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type FieldError, readFields } from '../../../../contracts/field-errors.ts';
import { inboxRoutes } from '../../../../contracts/inbox.ts';
import { correctionErrors, decisionErrors } from '../../../../contracts/judgement.ts';
import { type ReviewReasonCode, reviewReasonCodes } from '../../../../contracts/names.ts';
import { useCommand } from '../../api/command.ts';
import { ApiProblem } from '../../api/failures.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { PartRefused } from '../../components/command-form.tsx';
import { Confirm } from '../../components/dialog.tsx';
import {
  AmountField,
  focusFirstRefused,
  LongTextField,
  Refused,
  SelectField,
  TextField,
} from '../../components/field.tsx';
import { HeldByAnother } from '../../components/holding.tsx';
import { useShortcuts } from '../../components/shortcuts.tsx';
import { useLanguage } from '../../language/language.tsx';
import { useDraft } from '../../session/draft.ts';
import type { Task } from './task-order.ts';

interface DecisionFormProps {
  readonly task: Task;
  /** Fields that may be sent back, by pointer. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Of an objection: the amounts of the item it is about, as the API writes them and as people read them. */
  readonly item?: { readonly asked: string; readonly shown: readonly [asked: string, approved: string] };
  readonly decided: (task: Task) => void;
}

/** What somebody else did meanwhile, or what was seen no longer is. */
const SINCE_CHANGED: readonly number[] = [404, 409, 412];

/**
 * The decision on a case: outcome, reasons in general or per field, and what follows from it, said before it is sent. What is
 * filled in stays, whatever refuses it.
 */
export function DecisionForm({ task, fields = {}, item, decided }: DecisionFormProps) {
  const { strings, pick } = useLanguage();
  const text = strings.reviewer.decide;
  const command = useCommand(inboxRoutes.decideTask);
  const [draft, keep, forget] = useDraft<Readonly<Record<string, string>>>(`decision.${task.id}`, {});
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [confirming, setConfirming] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const chosen = task.outcomes.find(({ outcome }) => outcome === draft.outcome);
  const body = bodyOf(draft, chosen, Object.keys(fields), item !== undefined);

  const set = (name: string, value: string) => {
    keep({ ...draft, [name]: value });
    setErrors([]);
  };
  const check = () => {
    const found = refusedBefore(task, body, item);
    setErrors(found);
    if (found.length > 0 && form.current) focusFirstRefused(form.current);
    setConfirming(found.length === 0);
  };
  const send = async () => {
    const refusal = await command.submit({ params: { taskId: task.id }, version: task.version, body });
    if (refusal && refusal.errors.length > 0) {
      setErrors(refusal.errors);
      setConfirming(false);
    }
  };
  // A second press is no acceptance: only the answer is.
  const { answer } = command;
  const told = useRef(false);
  useEffect(() => {
    if (!answer || told.current) return;
    told.current = true;
    forget();
    decided(answer);
  });
  const locked = !task.mayDecide;
  const whenMine = (act: () => void) => () => {
    if (!locked) act();
  };
  useShortcuts([
    ...task.outcomes.map((outcome, i) => ({
      key: String(i + 1),
      does: strings.reviewer.shortcuts.outcome(pick(outcome)),
      act: whenMine(() => set('outcome', outcome.outcome)),
    })),
    { key: 'Ctrl+Enter', does: strings.reviewer.shortcuts.submit, act: whenMine(check) },
  ]);

  const cause = command.refusal?.cause;
  const changed = cause instanceof ApiProblem && SINCE_CHANGED.includes(cause.problem.status);
  const reread = () => {
    setConfirming(false);
    queryClient.invalidateQueries();
  };
  const bound = (name: string, pointer = `/${name}`) => ({
    pointer,
    errors,
    value: draft[name] ?? '',
    change: (value: string) => set(name, value),
  });
  return (
    <form
      ref={form}
      className="form decision"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        whenMine(check)();
      }}
    >
      <h2>{text.title}</h2>
      {locked && <HeldByAnother task={task} />}
      <Refused errors={errors} />
      <fieldset className="decision-fields" disabled={locked}>
        <fieldset className="outcomes">
          <legend className="visually-hidden">{text.outcome}</legend>
          {task.outcomes.map((outcome, i) => (
            <label key={outcome.outcome} className={`outcome-choice outcome-${outcome.outcome}`}>
              <input
                type="radio"
                name="outcome"
                value={outcome.outcome}
                checked={draft.outcome === outcome.outcome}
                onChange={() => set('outcome', outcome.outcome)}
              />
              {pick(outcome)}{' '}
              <span className="key" aria-hidden="true">
                {i + 1}
              </span>
            </label>
          ))}
        </fieldset>
        <PartRefused of="/outcome" errors={errors} />
        {chosen?.reasonRequired && (
          <SelectField
            {...bound('reasonCode')}
            label={text.reason}
            none={strings.states.choose}
            groups={reasons(pick)}
          />
        )}
        {chosen?.fieldReasonsRequired && (
          <fieldset className="field-reasons">
            <legend>{text.fields}</legend>
            <p className="hint">{text.fieldsHint}</p>
            <PartRefused of="/reasons" errors={errors} />
            {Object.entries(fields).map(([pointer, name]) => (
              <FieldReason
                key={pointer}
                name={name}
                marked={draft[`mark ${pointer}`] === 'yes'}
                mark={(on) => set(`mark ${pointer}`, on ? 'yes' : '')}
                reason={bound(`reason ${pointer}`, `/reasons/${markedOf(draft, fields).indexOf(pointer)}/reasonCode`)}
                note={bound(`note ${pointer}`, `/reasons/${markedOf(draft, fields).indexOf(pointer)}/note`)}
              />
            ))}
          </fieldset>
        )}
        {item && draft.outcome === 'uphold' && (
          <AmountField
            {...bound('corrected')}
            label={text.corrected}
            hint={text.correctedHint(...item.shown)}
            optional
          />
        )}
        {chosen && (
          <LongTextField
            {...bound('note')}
            label={chosen.reasonRequired ? text.noteRequired : text.note}
            hint={text.noteHint}
            optional={!chosen.reasonRequired}
            rows={3}
          />
        )}
        <div className="decision-submit">
          <Button type="submit">{text.submit}</Button> <kbd>Ctrl</kbd> <kbd>Enter</kbd>
        </div>
      </fieldset>
      {confirming && chosen && (
        <Confirm
          title={text.confirm(pick(chosen))}
          consequences={[...(text.consequences[task.kind]?.[chosen.outcome] ?? []), text.final]}
          confirm={text.confirm(pick(chosen))}
          pending={command.pending}
          refusal={command.refusal}
          act={send}
          close={() => setConfirming(false)}
        >
          <p>{text.asks(task.subject.label)}</p>
          {changed && (
            <div className="note">
              <p>
                <strong>{text.stale}</strong>
              </p>
              <p>{text.staleHint}</p>
              <Button look="quiet" onClick={reread}>
                {text.reread}
              </Button>
            </div>
          )}
        </Confirm>
      )}
    </form>
  );
}

type Draft = Readonly<Record<string, string>>;
type Outcome = Task['outcomes'][number];
type Body = NonNullable<Parameters<ReturnType<typeof useCommand<typeof inboxRoutes.decideTask>>['submit']>[0]['body']>;

const markedOf = (draft: Draft, fields: Readonly<Record<string, string>>): string[] =>
  Object.keys(fields).filter((pointer) => draft[`mark ${pointer}`] === 'yes');

/** What was filled in for this outcome; what belongs to another is not sent. */
function bodyOf(draft: Draft, chosen: Outcome | undefined, pointers: readonly string[], correctable: boolean): Body {
  const given = (name: string) => draft[name]?.trim() || undefined;
  const optional = <K extends string>(name: K, value: string | undefined) => (value ? { [name]: value } : {});
  const corrected = correctable && chosen?.outcome === 'uphold' ? given('corrected') : undefined;
  return {
    // Without one the contract refuses it, with its sentence.
    outcome: chosen?.outcome as string,
    ...(chosen?.reasonRequired ? optional('reasonCode', given('reasonCode')) : {}),
    ...optional('note', given('note')),
    ...optional('corrected', corrected),
    reasons: chosen?.fieldReasonsRequired
      ? pointers
          .filter((pointer) => draft[`mark ${pointer}`] === 'yes')
          .map((pointer) => ({
            pointer,
            reasonCode: given(`reason ${pointer}`) as ReviewReasonCode,
            ...optional('note', given(`note ${pointer}`)),
          }))
      : [],
  };
}

/** What the contract and the rules of the inbox refuse, with their sentences, before anything is sent. */
function refusedBefore(task: Task, body: Body, item: DecisionFormProps['item']): readonly FieldError[] {
  const read = readFields(inboxRoutes.decideTask.body ?? never(), body);
  if (read.errors) return read.errors;
  const lacking = decisionErrors(task, read.value);
  if (lacking.length > 0) return lacking;
  return item && read.value.corrected !== undefined ? correctionErrors(item, read.value.corrected) : [];
}

function never(): never {
  throw new Error('a command has a body');
}

const reasons = (pick: (text: { zh: string; en: string }) => string) => [
  { choices: Object.entries(reviewReasonCodes).map(([code, name]): [string, string] => [code, pick(name)]) },
];

interface FieldReasonProps {
  readonly name: string;
  readonly marked: boolean;
  readonly mark: (on: boolean) => void;
  readonly reason: BoundField;
  readonly note: BoundField;
}
interface BoundField {
  readonly pointer: string;
  readonly errors: readonly FieldError[];
  readonly value: string;
  readonly change: (value: string) => void;
}

/** A field that is sent back, and why. */
function FieldReason({ name, marked, mark, reason, note }: FieldReasonProps) {
  const { strings, pick } = useLanguage();
  const text = strings.reviewer.decide;
  return (
    <div className={marked ? 'field-reason field-reason-marked' : 'field-reason'}>
      <label className="check">
        <input type="checkbox" checked={marked} onChange={(event) => mark(event.target.checked)} />
        {name}
      </label>
      {marked && (
        <>
          <SelectField {...reason} label={text.fieldReason(name)} none={strings.states.choose} groups={reasons(pick)} />
          <TextField {...note} label={text.fieldNote(name)} optional maxLength={500} />
        </>
      )}
    </div>
  );
}
