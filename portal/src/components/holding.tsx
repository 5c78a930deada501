import { type ReactNode, useEffect, useState } from 'react';
import { inboxRoutes } from '../../../contracts/inbox.ts';
import { heldError, takeOverErrors } from '../../../contracts/judgement.ts';
import { takeOverReasonCodes } from '../../../contracts/names.ts';
import type { Answer } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { ApiProblem } from '../api/failures.ts';
import { refresh } from '../api/refresh.ts';
import { minute } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { CommandDialog } from './command-dialog.tsx';
import { LongTextField, SelectField } from './field.tsx';
import { useShortcuts } from './shortcuts.tsx';
import { Failure } from './states.tsx';
import '../styles/desk.css';

type Task = Answer<typeof inboxRoutes.readTask>;

/** Taking, handing over and taking over: what a page calls, and what it shows of that. */
export function useHolding() {
  const command = useCommand(inboxRoutes.takeTask);
  const [asking, setAsking] = useState<'hand-over' | 'take-over'>();
  const [of, setOf] = useState<Task>();
  const close = () => setAsking(undefined);
  /** Takes what is free; what a colleague has is taken over, once the reason was given. */
  const take = async (task: Task) => {
    if (!task.mayTake) return;
    setOf(task);
    if (task.holder) setAsking('take-over');
    else if (await command.submit({ params: { taskId: task.id }, version: task.version, body: {} })) {
      // Nothing was typed that could be lost: what it is now is shown at once, beside what refused it.
      await refresh(inboxRoutes.readTask, inboxRoutes.listTasks);
    }
  };
  const handOver = (task: Task) => {
    if (!task.holder?.isMe || task.status !== 'open') return;
    setOf(task);
    setAsking('hand-over');
  };
  const { answer } = command;
  useEffect(() => {
    if (answer) refresh(inboxRoutes.readTask, inboxRoutes.readTaskTrail, inboxRoutes.listTasks);
  }, [answer]);
  /** `now`: the tasks as they are known now. What is no longer in the hands it was in is neither handed nor taken over. */
  const shown = (now: readonly Task[]): ReactNode => {
    const task = of && (now.find(({ id }) => id === of.id) ?? of);
    const cause = command.refusal?.cause;
    // Whoever had it may have given it back since.
    const isOver = cause instanceof ApiProblem && cause.problem.code === 'task-held' && !task?.holder;
    return (
      <>
        {cause !== undefined && task?.mayTake && !asking && !isOver && <Failure error={cause} />}
        {asking === 'hand-over' && task?.holder?.isMe && <HandOver task={task} close={close} />}
        {asking === 'take-over' && task?.mayTake && task.holder && <TakeOver task={task} close={close} />}
      </>
    );
  };
  return { take, handOver, shown, pending: command.pending };
}

interface AskingProps {
  readonly task: Task;
  readonly close: () => void;
}

function HandOver({ task, close }: AskingProps) {
  const { strings } = useLanguage();
  const text = strings.desk;
  return (
    <CommandDialog
      title={text.handOverTitle(task.subject.label)}
      consequences={[text.handOverLead]}
      contract={inboxRoutes.handOverTask}
      name={`hand-over.${task.id}`}
      call={{ params: { taskId: task.id }, version: task.version }}
      submit={text.handOverSubmit}
      close={close}
    >
      {({ bind }) => (
        <LongTextField
          {...bind('/note')}
          label={text.handOverNote}
          hint={text.handOverHint}
          rows={4}
          maxLength={1000}
        />
      )}
    </CommandDialog>
  );
}

function TakeOver({ task, close }: AskingProps) {
  const { strings, pick } = useLanguage();
  const text = strings.desk;
  const name = task.holder?.name ?? '';
  const reasons = Object.entries(takeOverReasonCodes).map(([code, reason]): [string, string] => [code, pick(reason)]);
  return (
    <CommandDialog
      title={text.takeOverTitle(task.subject.label, name)}
      consequences={[text.takeOverLead(name)]}
      contract={inboxRoutes.takeOverTask}
      name={`take-over.${task.id}`}
      call={{ params: { taskId: task.id }, version: task.version }}
      check={takeOverErrors}
      submit={text.takeOverSubmit}
      close={close}
    >
      {({ bind }) => (
        <>
          <SelectField
            {...bind('/reasonCode')}
            label={text.takeOverReason}
            none={strings.states.choose}
            groups={[{ choices: reasons }]}
          />
          <LongTextField
            {...bind('/note')}
            label={text.takeOverNote}
            hint={text.takeOverHint}
            optional
            rows={3}
            maxLength={1000}
          />
        </>
      )}
    </CommandDialog>
  );
}

/** Whose hands an open task is in and what the reader may do about that, with what its last holder left for the next. */
export function InHands({ task }: { readonly task: Task }) {
  const { strings, language } = useLanguage();
  const text = strings.desk;
  const holding = useHolding();
  useShortcuts([
    { key: 't', does: text.keys.take, act: () => holding.take(task) },
    { key: 'h', does: text.keys.handOver, act: () => holding.handOver(task) },
  ]);
  if (task.status !== 'open' || (!task.holder && !task.handOver && !task.mayTake)) return null;
  const { holder } = task;
  return (
    <section className="in-hands" aria-label={text.hands}>
      <div className="in-hands-line">
        <div>
          <p>
            <Badge tone={holder ? (holder.isMe ? 'good' : 'warm') : 'calm'}>
              {holder ? (holder.isMe ? text.mine : text.others(holder.name)) : text.free}
            </Badge>{' '}
            {holder && <span className="quiet figures">{text.since(minute(holder.since, language))}</span>}
          </p>
          {(!holder || holder.isMe) && <p className="quiet">{holder ? text.mineText : text.freeText}</p>}
        </div>
        {holder?.isMe && (
          <Button look="quiet" onClick={() => holding.handOver(task)}>
            {text.handOver} <Key name="h" />
          </Button>
        )}
        {task.mayTake && (
          <Button look="quiet" disabled={holding.pending} onClick={() => holding.take(task)}>
            {holder ? text.takeOver : text.take} <Key name="t" />
          </Button>
        )}
      </div>
      {task.handOver && <HandedOver of={task.handOver} />}
      {holding.shown([task])}
    </section>
  );
}

const Key = ({ name }: { readonly name: string }) => (
  <span className="key" aria-hidden="true">
    {name}
  </span>
);

function HandedOver({ of }: { readonly of: NonNullable<Task['handOver']> }) {
  const { strings, language } = useLanguage();
  return (
    <div className="handed-over">
      <p className="quiet">{strings.desk.handedOver(of.name, minute(of.at, language))}</p>
      <blockquote className="handed-over-note">{of.note}</blockquote>
    </div>
  );
}

/** Why nothing can be decided now, as the API would say it. */
export function HeldByAnother({ task: { holder } }: { readonly task: Task }) {
  const { language } = useLanguage();
  if (!holder || holder.isMe) return null;
  const { detail, detailEn } = heldError(holder.name);
  return <p className="note">{language === 'zh' ? detail : detailEn}</p>;
}
