import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { inboxRoutes } from '../../../../contracts/inbox.ts';
import { reviewReasonCodes } from '../../../../contracts/names.ts';
import { registryRoutes } from '../../../../contracts/registry.ts';
import { useList, useRead } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { showNextDocument } from '../../components/document-view.tsx';
import { InHands } from '../../components/holding.tsx';
import { More } from '../../components/more.tsx';
import { Facts } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { ShortcutHelp, useShortcuts } from '../../components/shortcuts.tsx';
import { Read } from '../../components/states.tsx';
import { TimeLeft } from '../../components/time-left.tsx';
import { minute } from '../../format/format.ts';
import { type Bilingual, useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useReasons } from '../../language/reasons.ts';
import { useAddress, useQuestion } from '../../routing.ts';
import { useSession } from '../../session/use-session.ts';
import { CertificationCase } from './cases/certification.tsx';
import { ObjectionCase } from './cases/objection.tsx';
import { OfferingCase } from './cases/offering.tsx';
import { DecisionForm } from './decision-form.tsx';
import { FieldReasons } from './field-reasons.tsx';
import { tellDecided, useJustDecided } from './just-decided.ts';
import { benchOf, carried, placeOf, useTasks } from './task-list.ts';
import type { Task } from './task-order.ts';
import '../../styles/reviewer.css';

/** A task: the case beside its documents, what is noticed of it, and the decision; after it the next case opens. */
export default function TaskPage() {
  const { taskId = '' } = useAddress();
  const task = useRead(inboxRoutes.readTask, { params: { taskId } });
  return <Read of={task}>{(data) => <TaskInFull key={data.id} task={data} />}</Read>;
}

function TaskInFull({ task }: { readonly task: Task }) {
  const { strings, pick } = useLanguage();
  const names = useNames();
  const text = strings.reviewer.task;
  const [question] = useQuestion();
  const { wanted } = useTasks(question);
  const navigate = useNavigate();
  const decided = useJustDecided();
  const at = wanted.findIndex(({ id }) => id === task.id);
  useReadAhead(at >= 0 ? wanted[at + 1] : undefined);
  const open = (other: Task | undefined) => {
    const place = other ? placeOf(other) : { to: '/inbox' };
    navigate({ search: carried(question), ...place } as never);
  };
  const move = (by: number) => {
    const other = wanted[at + by];
    if (at >= 0 && other) {
      tellDecided(undefined);
      open(other);
    }
  };
  const finish = (done: Task) => {
    const outcome = done.outcomes.find((one) => one.outcome === done.decision?.outcome);
    if (outcome) tellDecided({ label: done.subject.label, outcome });
    open(wanted[at + 1] ?? (at > 0 ? wanted[0] : undefined));
  };
  const keys = strings.reviewer.shortcuts;
  useShortcuts([
    { key: 'j', does: keys.next, act: () => move(1) },
    { key: 'k', does: keys.previous, act: () => move(-1) },
    { key: 'd', does: keys.document, act: showNextDocument },
    { key: 'u', does: keys.back, act: () => open(undefined) },
  ]);
  return (
    <article className="page bench-page">
      <nav className="bench-way" aria-label={strings.pages.inbox}>
        <PageLink to="/inbox" search={carried(question)}>
          ‹ {text.back}
        </PageLink>
        {at >= 0 && (
          <span className="bench-moves">
            <Button look="quiet" disabled={at === 0} onClick={() => move(-1)}>
              {text.previous}
            </Button>
            <span className="quiet">{text.position(at + 1, wanted.length)}</span>
            <Button look="quiet" disabled={at + 1 >= wanted.length} onClick={() => move(1)}>
              {text.next}
            </Button>
          </span>
        )}
        <ShortcutHelp />
      </nav>
      {decided && (
        <p className="note note-good" role="status">
          {text.decidedBefore(decided.label, pick(decided.outcome))}
        </p>
      )}
      <header className="page-head">
        <div>
          <p className="quiet">
            {strings.reviewer.kinds[task.kind]}
            {task.jurisdiction && ` · ${names.jurisdictionOr(task.jurisdiction)}`}
          </p>
          <h1>{task.subject.label}</h1>
        </div>
        <div className="page-aside">
          {task.status === 'open' ? (
            <TimeLeft task={task} full />
          ) : (
            <Badge>{strings.reviewer.statuses[task.status]}</Badge>
          )}
        </div>
      </header>
      <InHands task={task} />
      <Case task={task} decided={finish} />
    </article>
  );
}

/** The next case is read while this one is, so that it is there at once. */
function useReadAhead(next: Task | undefined): void {
  const isApplication = next?.subject.entity === 'certification';
  useRead(inboxRoutes.readTask, { params: { taskId: next?.id ?? '' } }, next !== undefined);
  useRead(registryRoutes.readCertification, { params: { certificationId: next?.subject.id ?? '' } }, isApplication);
}

interface CaseProps {
  readonly task: Task;
  readonly decided: (task: Task) => void;
}

/** What a task is about, by what its subject is; each knows which of its fields can be sent back. */
function Case({ task, decided }: CaseProps) {
  const { strings } = useLanguage();
  const text = strings.reviewer;
  const end = (fields: Readonly<Record<string, string>>, item?: Parameters<typeof DecisionForm>[0]['item']) => (
    <Ending task={task} fields={fields}>
      <DecisionForm task={task} fields={fields} {...(item ? { item } : {})} decided={decided} />
    </Ending>
  );
  switch (task.subject.entity) {
    case 'certification':
      return <CertificationCase task={task}>{end(text.certification.fields)}</CertificationCase>;
    case 'offering':
      return <OfferingCase task={task}>{end(text.offering.fields)}</OfferingCase>;
    case 'objection':
      return <ObjectionCase task={task}>{(item) => end({}, item)}</ObjectionCase>;
    default: {
      const bench = benchOf(task.subject);
      return (
        <div className="bench bench-alone">
          <div className="bench-case">
            <Elsewhere bench={bench} task={task} />
            {bench && task.status === 'open' ? <Trail task={task} /> : end({})}
          </div>
        </div>
      );
    }
  }
}

/** Where payment orders and year-ends are looked at, with their control totals. */
function Elsewhere({ bench, task }: { readonly bench: ReturnType<typeof benchOf>; readonly task: Task }) {
  const { strings } = useLanguage();
  const text = strings.reviewer.task;
  if (!bench) return null;
  return (
    <p className="note">
      {text.elsewhere}{' '}
      <PageLink {...bench}>{task.subject.entity === 'payout' ? text.toPayout : text.toYearEnd}</PageLink>
    </p>
  );
}

interface EndingProps {
  readonly task: Task;
  readonly fields: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

/** The decision that may be made, or the one that was, or why it is not this person's. */
function Ending({ task, fields, children }: EndingProps) {
  const { strings } = useLanguage();
  const session = useSession();
  const text = strings.reviewer.task;
  const reads = session.status !== 'anonymous' && session.person.roles.includes('inspector');
  return (
    <>
      {task.status !== 'open' ? (
        <Decided task={task} fields={fields} />
      ) : task.outcomes.length === 0 ? (
        <p className="note">{text.elsewhere}</p>
      ) : task.mayDecide || (task.mayTake && task.holder) ? (
        // What a colleague has in hand is shown and locked: what was filled in stays for whoever takes it over.
        children
      ) : (
        <p className="note">{reads ? text.readOnly : text.notYou}</p>
      )}
      <Trail task={task} />
    </>
  );
}

const reasonNames: Readonly<Record<string, Bilingual>> = reviewReasonCodes;

function Decided({ task, fields }: Pick<EndingProps, 'task' | 'fields'>) {
  const { strings, language, pick } = useLanguage();
  const text = strings.reviewer.task;
  const { decision } = task;
  const named = task.outcomes.find(({ outcome }) => outcome === decision?.outcome);
  const reason = decision?.reasonCode && reasonNames[decision.reasonCode];
  return (
    <section className="bench-part">
      <h2>{task.status === 'open' ? text.decision : text.closed[task.status]}</h2>
      {decision && (
        <Facts
          of={[
            [text.decision, named ? pick(named) : strings.reviewer.statuses.decided],
            [text.at, minute(decision.decidedAt, language)],
            ...(reason ? [[strings.reviewer.decide.reason, pick(reason)] as const] : []),
            ...(decision.note ? [[strings.reviewer.decide.note, decision.note] as const] : []),
            ...(task.holder ? [[strings.desk.heldThen, task.holder.name] as const] : []),
          ]}
        />
      )}
      {decision && <p className="quiet">{text.decisionBy(decision.byMe)}</p>}
      {decision && decision.reasons.length > 0 && <FieldReasons of={decision.reasons} fields={fields} />}
    </section>
  );
}

function Trail({ task }: { readonly task: Task }) {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.task;
  const trail = useList(inboxRoutes.readTaskTrail, { params: { taskId: task.id }, query: { limit: 20 } });
  const actions: Readonly<Record<string, string>> = { ...text.actions, ...strings.desk.actions };
  const reason = useReasons();
  return (
    <details className="bench-part">
      <summary>{text.trail}</summary>
      <p className="quiet">{text.trailLead}</p>
      <ol className="trail">
        {trail.items.map(({ at, action, by, version, reasonCode, note }) => (
          <li key={`${version} ${action}`}>
            <span className="figures">{minute(at, language)}</span> {actions[action] ?? action}{' '}
            <span className="quiet">
              {roleName(by.role, strings.mine.staffRoles)} {[by.name, by.sub].filter(Boolean).join(' ')}
            </span>
            {(reasonCode || note) && (
              <p className="trail-note">
                {[reasonCode && reason(reasonCode), note].filter(Boolean).join(language === 'zh' ? '：' : ': ')}
              </p>
            )}
          </li>
        ))}
      </ol>
      <More list={trail} />
    </details>
  );
}

const roleName = (role: string, names: Readonly<Record<string, string>>): string => names[role] ?? '';
