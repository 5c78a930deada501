import { publicityRoutes } from '../../../../contracts/publicity.ts';
import type { Answer } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { More } from '../../components/more.tsx';
import { type Notice, NoticeLine, NoticeState } from '../../components/notice-line.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { Empty, Failure, ListStates } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { YearChoice } from '../../components/year-choice.tsx';
import { day, money, shortDay, today } from '../../format/format.ts';
import { useLanguage } from '../../language/language.tsx';
import { useQuestion } from '../../routing.ts';
import { placeOf, useTasks } from './task-list.ts';
import '../../styles/reviewer.css';

type Objection = Answer<typeof publicityRoutes.readObjection>;

const EARLIER_YEARS = 3;

/** Notices under way with their windows drawn, and the objections to each (clause 七-(一)). */
export default function Publicity() {
  const { strings } = useLanguage();
  const text = strings.reviewer.publicity;
  const [question, ask] = useQuestion();
  const thisYear = Number(today().slice(0, 4));
  const year = Number(question.year) || thisYear;
  const notices = useList(publicityRoutes.listNotices, { query: { year: String(year), limit: 100 } });
  const open = notices.items.filter(({ status }) => status === 'open');
  const closed = notices.items.filter(({ status }) => status === 'closed');
  return (
    <Page
      title={strings.pages.publicityDesk}
      lead={text.lead}
      aside={
        <YearChoice
          years={Array.from({ length: EARLIER_YEARS }, (_, i) => thisYear - i)}
          chosen={year}
          choose={(next) => ask({ year: String(next) })}
        />
      }
    >
      <ListStates of={notices}>
        <Empty title={text.none} />
      </ListStates>
      {notices.items.length > 0 && (
        <Section title={text.underWay}>
          {open.length === 0 && <p className="quiet">{text.noneUnderWay}</p>}
          {open.map((notice) => (
            <NoticeCard key={notice.id} notice={notice} />
          ))}
        </Section>
      )}
      {closed.length > 0 && (
        <Section title={text.closed}>
          {closed.map((notice) => (
            <div key={notice.id} className="closed-notice">
              <ul className="notice-list">
                <NoticeLine notice={notice} />
              </ul>
              <Objections notice={notice} quiet />
            </div>
          ))}
        </Section>
      )}
      <More list={notices} />
    </Page>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { strings } = useLanguage();
  return (
    <article className="card notice-card">
      <header>
        <h3>
          <PageLink to="/notices/$noticeId" params={{ noticeId: notice.id }}>
            {strings.notices.title(notice.providerName)}
          </PageLink>
        </h3>
        <NoticeState notice={notice} />
      </header>
      <p className="quiet">
        {strings.notices.lines(notice.lineCount)} · {strings.notices.approved} {money(notice.approvedTotal)}
        {notice.edition > 1 && ` · ${strings.notices.edition(notice.edition)}`}
      </p>
      <Window notice={notice} />
      <Objections notice={notice} />
    </article>
  );
}

/** The window as it passes: the day of publication does not count, each working day does. */
function Window({ notice }: { readonly notice: Notice }) {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.publicity;
  const now = today();
  const passed = notice.days.filter((date) => date < now).length;
  return (
    <div className="window">
      <p className="window-text">
        <strong>{text.window}</strong>{' '}
        <span className="quiet">
          {text.passed(passed, notice.days.length)} · {text.ends} {day(notice.lastDay, language)} 24:00
        </span>
      </p>
      <ol className="window-days" aria-label={text.window}>
        <li className="window-published">
          <small>{text.published}</small>
          {shortDay(notice.publishedOn, language)}
        </li>
        {notice.days.map((date, i) => (
          <li
            key={date}
            className={date < now ? 'window-passed' : date === now ? 'window-now' : ''}
            aria-current={date === now ? 'date' : undefined}
          >
            <small>{i + 1}</small>
            {shortDay(date, language)}
          </li>
        ))}
      </ol>
      {notice.provisional && <p className="note">{text.provisional}</p>}
    </div>
  );
}

const tones = { open: 'warm', upheld: 'bad', dismissed: 'good' } as const;

function Objections({ notice, quiet = false }: { readonly notice: Notice; readonly quiet?: boolean }) {
  const { strings, language } = useLanguage();
  const text = strings.reviewer.publicity;
  const list = useList(publicityRoutes.listObjections, { query: { noticeId: notice.id, limit: 50 } });
  const { all } = useTasks({ status: 'open', kind: 'objection' });
  const taskOf = ({ id, joinedTo }: Objection) =>
    all.find(({ kind, subject }) => kind === 'objection' && subject.id === (joinedTo ?? id));
  if (list.error) return <Failure error={list.error} retry={list.refetch} />;
  if (!list.data) return null;
  if (list.items.length === 0) return quiet ? null : <p className="quiet">{text.objectionsNone}</p>;
  const open = list.items.filter(({ status }) => status === 'open').length;
  return (
    <section className="objections">
      <h4>
        {text.objections} {open > 0 && <Badge tone="bad">{text.objectionsOpen(open)}</Badge>}
      </h4>
      <Table
        caption={text.objections}
        rows={list.items}
        keyOf={({ id }) => id}
        columns={[
          { title: text.grounds, cell: ({ grounds }) => <span className="grounds">{grounds}</span> },
          { title: text.lodged, cell: ({ lodgedAt }) => shortDay(lodgedAt, language) },
          { title: text.dueOn, cell: ({ dueOn }) => shortDay(dueOn, language) },
          {
            title: text.state,
            cell: (objection) => {
              const task = objection.status === 'open' ? taskOf(objection) : undefined;
              return (
                <>
                  <Badge tone={tones[objection.status]}>{strings.reviewer.objection.statuses[objection.status]}</Badge>{' '}
                  {objection.joinedTo && <span className="quiet">{text.joined}</span>}{' '}
                  {task && (
                    <PageLink search={{ kind: 'objection' }} {...placeOf(task)}>
                      {text.decide}
                    </PageLink>
                  )}
                </>
              );
            },
          },
        ]}
      />
      <More list={list} />
    </section>
  );
}
