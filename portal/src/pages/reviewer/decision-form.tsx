import { useRef } from 'react';
import { inboxRoutes } from '../../../../contracts/inbox.ts';
import { correctionErrors, decisionErrors } from '../../../../contracts/judgement.ts';
import { reviewReasonCodes } from '../../../../contracts/names.ts';
import { Form } from '../../components/command-form.tsx';
import { AmountField, LongTextField, SelectField } from '../../components/field.tsx';
import { useForm } from '../../components/form.ts';
import { HeldByAnother } from '../../components/holding.tsx';
import { useShortcuts } from '../../components/shortcuts.tsx';
import { useLanguage } from '../../language/language.tsx';
import { OutcomeChoice } from './outcome-choice.tsx';
import { SendKeys } from './send-keys.tsx';
import { choicesOf, SentBack, sentBack } from './sent-back.tsx';
import type { Task } from './task-order.ts';

interface DecisionFormProps {
  readonly task: Task;
  /** Fields that may be sent back, by pointer. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Of an objection: the amounts of the item it is about, as the API writes them and as people read them. */
  readonly item?: { readonly asked: string; readonly shown: readonly [asked: string, approved: string] };
  readonly decided: (task: Task) => void;
}

/** The decision on a case: outcome, reasons in general or per field, and what follows from it, said before it is sent. */
export function DecisionForm({ task, fields = {}, item, decided }: DecisionFormProps) {
  const { strings, pick } = useLanguage();
  const text = strings.reviewer.decide;
  const element = useRef<HTMLFormElement>(null);
  const form = useForm(inboxRoutes.decideTask, {
    draft: `decision.${task.id}`,
    call: { params: { taskId: task.id }, version: task.version },
    // What was filled in for another outcome is not sent.
    body: (typed, { outcome, reasonCode, note, corrected }): object => ({
      outcome,
      note,
      ...(chosen?.reasonRequired ? { reasonCode } : {}),
      ...(item && outcome === 'uphold' ? { corrected } : {}),
      reasons: chosen?.fieldReasonsRequired ? sentBack(typed, Object.keys(fields)) : [],
    }),
    check: (decision) => {
      const lacking = decisionErrors(task, decision);
      if (lacking.length > 0 || !item || decision.corrected === undefined) return lacking;
      return correctionErrors(item, decision.corrected);
    },
    done: decided,
  });
  const { bind } = form;
  const outcome = { ...bind('/outcome'), change: (one: string) => form.set({ '/outcome': one }, '') };
  const chosen = task.outcomes.find((one) => one.outcome === outcome.value);
  const locked = !task.mayDecide;
  useShortcuts([
    ...task.outcomes.map((one, i) => ({
      key: String(i + 1),
      does: strings.reviewer.shortcuts.outcome(pick(one)),
      act: () => {
        if (!locked) outcome.change(one.outcome);
      },
    })),
    {
      key: 'Ctrl+Enter',
      does: strings.reviewer.shortcuts.submit,
      act: () => element.current?.requestSubmit(),
    },
  ]);
  return (
    <Form
      of={form}
      element={element}
      closed={locked}
      title={text.title}
      submit={text.submit}
      className="decision"
      aside={<SendKeys />}
      confirm={
        chosen && {
          title: text.confirm(pick(chosen)),
          consequences: [...(text.consequences[task.kind]?.[chosen.outcome] ?? []), text.final],
          confirm: text.confirm(pick(chosen)),
          children: <p>{text.asks(task.subject.label)}</p>,
        }
      }
    >
      {locked && <HeldByAnother task={task} />}
      <fieldset className="decision-fields" disabled={locked}>
        <OutcomeChoice
          {...outcome}
          legend={text.outcome}
          outcomes={task.outcomes.map((one) => [one.outcome, pick(one)])}
        />
        {chosen?.reasonRequired && (
          <SelectField
            {...bind('/reasonCode')}
            label={text.reason}
            none={strings.states.choose}
            groups={choicesOf(reviewReasonCodes, pick)}
          />
        )}
        {chosen?.fieldReasonsRequired && (
          <SentBack
            legend={text.fields}
            hint={text.fieldsHint}
            of={fields}
            reasons={reviewReasonCodes}
            filling={form}
          />
        )}
        {item && chosen?.outcome === 'uphold' && (
          <AmountField
            {...bind('/corrected')}
            label={text.corrected}
            hint={text.correctedHint(...item.shown)}
            optional
          />
        )}
        {chosen && (
          <LongTextField
            {...bind('/note')}
            label={chosen.reasonRequired ? text.noteRequired : text.note}
            hint={text.noteHint}
            optional={!chosen.reasonRequired}
            rows={3}
          />
        )}
      </fieldset>
    </Form>
  );
}
