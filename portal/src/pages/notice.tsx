import { useRef, useState } from 'react';
import { reductionReasons, rejectionReasons, reviewReasonCodes } from '../../../contracts/names.ts';
import { publicityRoutes } from '../../../contracts/publicity.ts';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/queries.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { type Notice, NoticeState } from '../components/notice-line.tsx';
import { ObjectionForm } from '../components/objection-form.tsx';
import { Facts, Page, Section } from '../components/page.tsx';
import { PageLink } from '../components/page-link.tsx';
import { Failure, Read } from '../components/states.tsx';
import { Table } from '../components/table.tsx';
import { day, money, shortDay } from '../format/format.ts';
import { type Bilingual, useLanguage } from '../language/language.tsx';
import { useAddress, useQuestion } from '../routing.ts';
import '../styles/form-page.css';

type Line = Answer<typeof publicityRoutes.readNoticeLines>['items'][number];

/** A notice: its window, its lines, the proof of its content, and the form by which anybody objects to a line. */
export default function NoticePage() {
  const { noticeId = '' } = useAddress();
  const notice = useRead(publicityRoutes.readNotice, { params: { noticeId } });
  return <Read of={notice}>{(data) => <NoticeInFull notice={data} />}</Read>;
}

function NoticeInFull({ notice }: { readonly notice: Notice }) {
  const { strings, language } = useLanguage();
  const text = strings.notice;
  const form = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<Line>();
  const choose = (line: Line) => {
    setChosen(line);
    requestAnimationFrame(() => {
      form.current?.scrollIntoView({ block: 'start' });
      form.current?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true });
    });
  };
  const isOpen = notice.status === 'open';
  return (
    <Page title={strings.notices.title(notice.providerName)} aside={<NoticeState notice={notice} />}>
      <div className="card">
        <Facts
          of={[
            [text.published, day(notice.publishedOn, language)],
            [text.end, text.endValue(day(notice.lastDay, language))],
            [
              text.total,
              <strong key="total" className="figures">
                {money(notice.approvedTotal)}
              </strong>,
            ],
            [text.items, strings.notices.lines(notice.lineCount)],
          ]}
        />
        <h2 className="small-heading">{text.days}</h2>
        <ol className="days">
          {notice.days.map((date) => (
            <li key={date}>{shortDay(date, language)}</li>
          ))}
        </ol>
        {notice.note && <p className="note">{language === 'zh' ? notice.note.zh : notice.note.en}</p>}
        {notice.supersedes && (
          <p>
            <NoticeLink id={notice.supersedes}>{text.supersedes}</NoticeLink>
          </p>
        )}
      </div>
      <Section title={text.items}>
        <Lines notice={notice} choose={isOpen ? choose : undefined} />
      </Section>
      <div ref={form} className="objection">
        {isOpen ? <ObjectionForm noticeId={notice.id} line={chosen} /> : <p className="note">{text.closedHint}</p>}
      </div>
      <Integrity notice={notice} />
    </Page>
  );
}

interface LinesProps {
  readonly notice: Notice;
  /** Absent when objections are no longer taken. */
  readonly choose: ((line: Line) => void) | undefined;
}

function Lines({ notice, choose }: LinesProps) {
  const { strings, pick } = useLanguage();
  const text = strings.notice;
  const [{ page = '1' }, ask] = useQuestion();
  const lines = useRead(publicityRoutes.readNoticeLines, { params: { noticeId: notice.id }, query: { page } });
  const reasonOf = (code: string) => reasons[code] && pick(reasons[code]);
  const tone = { approved: 'good', reduced: 'warm', rejected: 'bad' } as const;
  return (
    <Read of={lines}>
      {(data) => (
        <>
          <Table
            caption={text.items}
            rows={data.items}
            keyOf={({ claimItemId }) => claimItemId}
            columns={[
              {
                title: text.enterprise,
                cell: (line) => (
                  <>
                    <strong>{line.enterpriseName}</strong>
                    <br />
                    <span className="code quiet">{line.enterpriseUscc}</span>
                  </>
                ),
              },
              { title: text.voucher, cell: ({ voucherNumber }) => <span className="code">{voucherNumber}</span> },
              { title: text.asked, figures: true, cell: ({ asked }) => money(asked) },
              { title: text.approved, figures: true, cell: ({ approved }) => <strong>{money(approved)}</strong> },
              {
                title: text.outcome,
                cell: ({ outcome, reasonCode, claimItemId }) => {
                  const replaced = notice.replaced.find((other) => other.claimItemId === claimItemId);
                  return (
                    <>
                      <Badge tone={tone[outcome]}>{text.outcomes[outcome]}</Badge>{' '}
                      {reasonCode && <span className="quiet">{reasonOf(reasonCode) ?? reasonCode}</span>}
                      {replaced && <NoticeLink id={replaced.noticeId}>{text.replaced}</NoticeLink>}
                    </>
                  );
                },
              },
              ...(choose
                ? [
                    {
                      title: text.object,
                      cell: (line: Line) => (
                        <button
                          type="button"
                          className="link-button"
                          aria-label={`${text.object} ${line.enterpriseName}`}
                          onClick={() => choose(line)}
                        >
                          {text.object}
                        </button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          {data.pageCount > 1 && (
            <p className="pager">
              <Button look="quiet" disabled={data.page <= 1} onClick={() => ask({ page: String(data.page - 1) })}>
                {text.previous}
              </Button>
              {text.page(data.page, data.pageCount)}
              <Button
                look="quiet"
                disabled={data.page >= data.pageCount}
                onClick={() => ask({ page: String(data.page + 1) })}
              >
                {text.next}
              </Button>
            </p>
          )}
        </>
      )}
    </Read>
  );
}

const reasons: Readonly<Record<string, Bilingual>> = { ...reviewReasonCodes, ...reductionReasons, ...rejectionReasons };

function NoticeLink({ id, children }: { readonly id: string; readonly children: string }) {
  return (
    <PageLink to="/notices/$noticeId" params={{ noticeId: id }}>
      {children}
    </PageLink>
  );
}

/** The hash of what was published, computed again by the system when asked. */
function Integrity({ notice }: { readonly notice: Notice }) {
  const { strings } = useLanguage();
  const text = strings.notice;
  const [asked, setAsked] = useState(false);
  const verification = useRead(publicityRoutes.verifyNotice, { params: { noticeId: notice.id } }, asked);
  return (
    <Section title={text.integrity} lead={text.integrityText}>
      <p className="hash code">{notice.sha256}</p>
      <Button
        look="quiet"
        disabled={verification.isFetching}
        onClick={() => (asked ? verification.refetch() : setAsked(true))}
      >
        {text.verify}
      </Button>
      <div role="status">
        {verification.error && <Failure error={verification.error} retry={verification.refetch} />}
        {verification.data && (
          <p className={verification.data.matches ? 'note note-good' : 'note note-bad'}>
            {verification.data.matches ? text.matches : text.differs}
          </p>
        )}
      </div>
    </Section>
  );
}
