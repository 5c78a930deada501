import type * as z from 'zod';
import type { noticeAnswer } from '../../../contracts/publicity.ts';
import { money, shortDay, today } from '../format/format.ts';
import { useLanguage } from '../language/language.tsx';
import { Badge } from './badge.tsx';
import { PageLink } from './page-link.tsx';

export type Notice = z.output<typeof noticeAnswer>;

/** A notice in a list. */
export function NoticeLine({ notice }: { readonly notice: Notice }) {
  const { strings, language } = useLanguage();
  const text = strings.notices;
  return (
    <li className="notice-line">
      <div>
        <PageLink to="/notices/$noticeId" params={{ noticeId: notice.id }} className="notice-title">
          {text.title(notice.providerName)}
        </PageLink>
        <p className="quiet">
          {text.window(shortDay(notice.publishedOn, language), shortDay(notice.lastDay, language))}
          {notice.edition > 1 && ` · ${text.edition(notice.edition)}`}
        </p>
      </div>
      <p className="notice-sum">
        <span className="quiet">
          {text.lines(notice.lineCount)} · {text.approved}
        </span>
        <strong className="figures">{money(notice.approvedTotal)}</strong>
      </p>
      <NoticeState notice={notice} />
    </li>
  );
}

/** Whether objections are still taken, and for how long. */
export function NoticeState({ notice }: { readonly notice: Notice }) {
  const { strings } = useLanguage();
  if (notice.status === 'closed') return <Badge>{strings.notices.closed}</Badge>;
  const left = notice.days.filter((date) => date >= today()).length;
  return (
    <span className="badges">
      <Badge tone="warm">
        {left === 1 && notice.lastDay === today() ? strings.notices.lastDay : strings.notices.daysLeft(left)}
      </Badge>
      {notice.provisional && <Badge>{strings.notices.provisional}</Badge>}
    </span>
  );
}
