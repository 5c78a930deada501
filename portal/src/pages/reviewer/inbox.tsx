import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { decidingRoles, taskStatuses } from '../../../../contracts/names.ts';
import { queryClient } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { useHolding } from '../../components/holding.tsx';
import { More } from '../../components/more.tsx';
import { Page } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { ShortcutHelp, useShortcuts } from '../../components/shortcuts.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { TimeLeft } from '../../components/time-left.tsx';
import { limitOf, limits } from '../../components/time-limit.ts';
import { minute, shortDay, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useNames } from '../../language/names.ts';
import { useQuestion } from '../../routing.ts';
import { useSession } from '../../session/use-session.ts';
import { useJustDecided } from './just-decided.ts';
import { carried, kindsOf, placeOf, useTasks } from './task-list.ts';
import { hands, sortOf, sorts, type Task } from './task-order.ts';
import '../../styles/reviewer.css';

const ROWS = 50;

/** The inbox of a role: everything that waits for a decision, the most urgent first, gone through by the keyboard. */
export default function Inbox() {
  const { strings, pick } = useLanguage();
  const text = strings.reviewer.inbox;
  const [question, ask] = useQuestion();
  const tasks = useTasks(question);
  const navigate = useNavigate();
  const decided = useJustDecided();
  const rows = useRef<HTMLDivElement>(null);
  const { list, wanted, all, placeMissing } = tasks;

  const pages = Math.max(1, Math.ceil(wanted.length / ROWS));
  const page = Math.min(pages, Math.max(1, Number(question.page) || 1));
  const shown = wanted.slice((page - 1) * ROWS, page * ROWS);
  const first = shown[0];
  const move = (by: number) => {
    const links = [...(rows.current?.querySelectorAll<HTMLElement>('.case-link') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  const open = (task: Task | undefined) => {
    if (task) navigate({ search: carried(question), ...placeOf(task) } as never);
  };
  const refresh = () => {
    queryClient.invalidateQueries({ queryKey: ['list-tasks'] });
  };
  const holding = useHolding();
  const keys = strings.reviewer.shortcuts;
  const inFocus = (act: (task: Task) => void) => () => {
    const task = taskInFocus(shown);
    if (task) act(task);
  };
  useShortcuts([
    { key: 'j', does: keys.next, act: () => move(1) },
    { key: 'k', does: keys.previous, act: () => move(-1) },
    { key: 'o', does: keys.open, act: () => open(taskInFocus(shown) ?? first) },
    { key: 't', does: strings.desk.keys.take, act: inFocus(holding.take) },
    { key: 'h', does: strings.desk.keys.handOver, act: inFocus(holding.handOver) },
    { key: '/', does: keys.search, act: () => document.querySelector<HTMLElement>('.inbox-filters input')?.focus() },
    { key: 'r', does: keys.refresh, act: refresh },
  ]);
  const filtered = ['kind', 'limit', 'held', 'q'].some((name) => question[name]);
  return (
    <Page title={strings.pages.inbox} lead={text.lead} aside={<ShortcutHelp />}>
      {decided && (
        <p className="note note-good" role="status">
          {strings.reviewer.task.decidedBefore(decided.label, pick(decided.outcome))}
        </p>
      )}
      <Filters question={question} ask={ask} tasks={tasks} />
      {placeMissing ? (
        <Empty title={text.choosePlace} />
      ) : (
        <>
          {list.error && <Failure error={list.error} retry={list.refetch} />}
          {list.isPending && <Loading />}
          {list.data && (
            <div className="inbox-line">
              <Counts tasks={wanted} more={list.hasNextPage} />
              {first && tasks.status === 'open' && !tasks.inspects && (
                <Button look="quiet" onClick={() => open(first)}>
                  {text.first}
                </Button>
              )}
            </div>
          )}
          {list.data && wanted.length === 0 && (
            <Empty title={filtered ? text.nothing : text.empty} {...(filtered ? {} : { text: text.emptyText })}>
              {filtered && (
                <Button
                  look="quiet"
                  onClick={() =>
                    ask({ kind: undefined, limit: undefined, held: undefined, q: undefined, page: undefined })
                  }
                >
                  {text.clear}
                </Button>
              )}
            </Empty>
          )}
          {shown.length > 0 && (
            <div ref={rows} className="inbox">
              <Rows tasks={shown} question={question} />
              {holding.shown(all)}
            </div>
          )}
          {pages > 1 && (
            <p className="pager">
              <Button look="quiet" disabled={page <= 1} onClick={() => ask({ page: String(page - 1) })}>
                {text.before}
              </Button>
              {text.page(page, pages)}
              <Button look="quiet" disabled={page >= pages} onClick={() => ask({ page: String(page + 1) })}>
                {text.after}
              </Button>
            </p>
          )}
          {tasks.status === 'open' && list.hasNextPage && all.length > 0 && !list.isFetchingNextPage && (
            <p className="quiet">{text.incomplete(all.length)}</p>
          )}
          <More list={list} />
        </>
      )}
    </Page>
  );
}

/** The task whose link has the focus. */
function taskInFocus(tasks: readonly Task[]): Task | undefined {
  const id = document.activeElement?.getAttribute('data-task');
  return tasks.find((task) => task.id === id);
}

/** How many there are; at least so many, while there are `more` that were not read. */
function Counts({ tasks, more }: { readonly tasks: readonly Task[]; readonly more: boolean }) {
  const { strings } = useLanguage();
  const text = strings.reviewer.inbox;
  const overdue = tasks.filter((task) => limitOf(task, today()) === 'overdue').length;
  const soon = tasks.filter((task) => ['today', 'soon'].includes(limitOf(task, today()))).length;
  return (
    <p className="badges" role="status">
      <strong>{more ? text.atLeast(tasks.length) : text.count(tasks.length)}</strong>
      {overdue > 0 && <Badge tone="bad">{text.overdueCount(overdue)}</Badge>}
      {soon > 0 && <Badge tone="warm">{text.soonCount(soon)}</Badge>}
    </p>
  );
}

interface FiltersProps {
  readonly question: Readonly<Record<string, string | undefined>>;
  readonly ask: (changes: Readonly<Record<string, string | undefined>>) => void;
  readonly tasks: ReturnType<typeof useTasks>;
}

function Filters({ question, ask, tasks }: FiltersProps) {
  const { strings } = useLanguage();
  const { jurisdictionChoices } = useNames();
  const text = strings.reviewer.inbox;
  const change = (name: string) => (value: string) => ask({ [name]: value || undefined, page: undefined });
  const field = (name: string) => ({
    pointer: `/${name}`,
    errors: [],
    value: question[name] ?? '',
    change: change(name),
  });
  const choices = <T extends string>(values: readonly T[], names: Readonly<Record<T, string>>) => [
    { choices: values.map((value): [string, string] => [value, names[value]]) },
  ];
  const kinds = (tasks.role && kindsOf[tasks.role]) ?? [];
  return (
    <form className="filters inbox-filters card" onSubmit={(event) => event.preventDefault()}>
      {tasks.inspects && (
        <SelectField
          {...field('role')}
          label={text.role}
          value={tasks.role ?? ''}
          groups={choices(decidingRoles, strings.mine.staffRoles)}
        />
      )}
      {tasks.inspects && tasks.role === 'city-reviewer' && (
        <SelectField {...field('place')} label={text.place} none={strings.states.choose} groups={jurisdictionChoices} />
      )}
      <TextField {...field('q')} label={text.search} maxLength={100} autoComplete="off" />
      <SelectField
        {...field('status')}
        label={text.status}
        value={tasks.status}
        groups={choices(taskStatuses, strings.reviewer.statuses)}
      />
      {kinds.length > 1 && (
        <SelectField
          {...field('kind')}
          label={text.kind}
          none={strings.states.all}
          groups={choices(kinds, strings.reviewer.kinds)}
        />
      )}
      <SelectField
        {...field('limit')}
        label={text.limit}
        none={strings.states.all}
        groups={choices(limits, text.limits)}
      />
      {tasks.status === 'open' && (
        <SelectField
          {...field('held')}
          label={strings.desk.filter}
          none={strings.states.all}
          groups={choices(hands, strings.desk.held)}
        />
      )}
      <SelectField {...field('sort')} label={text.sort} value={sortOf(question)} groups={choices(sorts, text.sorts)} />
    </form>
  );
}

interface RowsProps {
  readonly tasks: readonly Task[];
  readonly question: Readonly<Record<string, string | undefined>>;
}

function Rows({ tasks, question }: RowsProps) {
  const { strings, language } = useLanguage();
  const names = useNames();
  const text = strings.reviewer.inbox;
  const placed = tasks.some(({ jurisdiction }) => jurisdiction);
  return (
    <Table
      caption={strings.pages.inbox}
      rows={tasks}
      keyOf={({ id }) => id}
      columns={[
        {
          title: text.columns.subject,
          cell: (task) => (
            <>
              <PageLink search={carried(question)} {...placeOf(task)} className="case-link" data-task={task.id}>
                {task.subject.label}
              </PageLink>
              <span className="case-kind">{strings.reviewer.kinds[task.kind]}</span>
            </>
          ),
        },
        ...(placed
          ? [
              {
                title: text.place,
                cell: ({ jurisdiction }: Task) => (jurisdiction ? names.jurisdictionOr(jurisdiction) : '—'),
              },
            ]
          : []),
        { title: text.columns.opened, cell: ({ openedAt }) => shortDay(openedAt, language) },
        { title: text.columns.limit, cell: (task) => <TimeLeft task={task} /> },
        ...(tasks.some(({ status, holder }) => status === 'open' && holder)
          ? [{ title: strings.desk.hands, cell: (task: Task) => <Holder of={task} /> }]
          : []),
        { title: text.columns.state, cell: (task) => <State task={task} /> },
      ]}
    />
  );
}

/** Who has taken a task. */
function Holder({ of: { holder } }: { readonly of: Task }) {
  const { strings, language } = useLanguage();
  if (!holder) return '—';
  return (
    <span title={strings.desk.since(minute(holder.since, language))}>
      {holder.isMe ? <Badge tone="good">{strings.desk.me}</Badge> : holder.name}
    </span>
  );
}

/** What came of a task, or whether it is the reader's to decide. */
function State({ task }: { readonly task: Task }) {
  const { strings, language, pick } = useLanguage();
  const session = useSession();
  const text = strings.reviewer;
  if (task.decision) {
    const { outcome, decidedAt, byMe } = task.decision;
    const named = task.outcomes.find((one) => one.outcome === outcome);
    return (
      <>
        <Badge tone={outcome === 'approve' || outcome === 'completed' ? 'good' : 'warm'}>
          {named ? pick(named) : text.statuses.decided}
        </Badge>{' '}
        <span className="quiet" title={minute(decidedAt, language)}>
          {shortDay(decidedAt, language)} {byMe && text.inbox.byMe}
        </span>
      </>
    );
  }
  const reads = session.status !== 'anonymous' && session.person.roles.includes('inspector');
  if (task.status === 'open' && !task.mayDecide && !task.mayTake && !reads) return <Badge>{text.inbox.notMine}</Badge>;
  return <Badge tone={task.status === 'overdue' ? 'bad' : 'calm'}>{text.statuses[task.status]}</Badge>;
}
